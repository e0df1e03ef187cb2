/** Zips that show one directory to whoever checks them and another one to whoever unpacks them. */
import { expect, test } from 'vitest'
import { zipOf } from './archives.ts'
import { verdictOnZip } from './inspect-zip.ts'

const binary = { name: 'terraform-provider-fake_v1.0.0', content: 'binary', mode: 0o100755 }
const [plain, other] = [zipOf([binary]), zipOf([binary, { name: '../../outside', content: 'escaped' }])]

type Directory = { bytes: Buffer; start: number; size: number; count: number }

const endBytes = 22
const directoryOf = (zip: Buffer): Directory => {
  const [count, size, start] = [zip.readUInt16LE(zip.length - 12), zip.readUInt32LE(zip.length - 10), startOf(zip)]
  return { bytes: zip.subarray(start, zip.length - endBytes), start, size, count }
}
const startOf = (zip: Buffer) => zip.readUInt32LE(zip.length - 6)

/** What stands before the directory of a zip. */
const bodiesOf = (zip: Buffer) => zip.subarray(0, startOf(zip))

function end({ count, size, start }: Omit<Directory, 'bytes'>): Buffer {
  const record = Buffer.alloc(endBytes)
  record.writeUInt32LE(0x06054b50)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(start, 16)
  return record
}

/** The record that large zips have, and the one that leads to it. */
function largeEnd({ count, size, start }: Omit<Directory, 'bytes'>, at: number): Buffer {
  const record = Buffer.alloc(76)
  record.writeUInt32LE(0x06064b50)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(BigInt(count), 24)
  record.writeBigUInt64LE(BigInt(count), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(start), 48)
  record.writeUInt32LE(0x07064b50, 56)
  record.writeBigUInt64LE(BigInt(at), 64)
  record.writeUInt32LE(1, 72)
  return record
}

const markers = { count: 0xffff, size: 0xffffffff, start: 0xffffffff }

test('one that writes large records for a small directory is taken, as they say the same', async () => {
  const { bytes, ...own } = directoryOf(plain)
  const upTo = Buffer.concat([bodiesOf(plain), bytes])

  expect(await verdictOnZip(Buffer.concat([upTo, largeEnd(own, upTo.length), end(markers)]))).toBe('accepted')
  expect(await verdictOnZip(Buffer.concat([upTo, largeEnd(own, upTo.length), end(own)]))).toBe('accepted')
})

// Go counts entries modulo 65536, and reads on as long as there are some.
test('large records that leave 65536 entries uncounted are refused', async () => {
  const { bytes, ...own } = directoryOf(plain)
  const upTo = Buffer.concat([bodiesOf(plain), bytes, ...Array.from({ length: 65_536 }, () => bytes)])
  const size = bytes.length * 65_537

  expect(await verdictOnZip(Buffer.concat([upTo, largeEnd({ ...own, size }, upTo.length), end(markers)]))).toBe(
    'archive-contradictory',
  )
})

// Go looks for large records when the size is 0xffff, too, which takes 16 bits for 32.
test('large records that lead to another directory than the small one are refused', async () => {
  const hidden = directoryOf(other)
  const { bytes, ...shown } = directoryOf(plain)
  const before = Buffer.concat([bodiesOf(other), hidden.bytes])
  const upTo = Buffer.concat([before, bytes])
  const small = { ...shown, start: before.length, size: 0xffff }

  expect(await verdictOnZip(Buffer.concat([upTo, largeEnd(hidden, upTo.length), end(small)]))).toBe(
    'archive-contradictory',
  )
})

// Some readers go back from the end by the size of the directory.
test.each([-1, 1, 100, 0xffff])('a directory whose size is wrong by %i is refused', async (difference) => {
  const { bytes, ...own } = directoryOf(plain)
  const size = own.size + difference

  expect(await verdictOnZip(Buffer.concat([bodiesOf(plain), bytes, end({ ...own, size })]))).toBe(
    'archive-contradictory',
  )
})

test('large records that stand elsewhere than where they are said to stand are refused', async () => {
  const { bytes, ...own } = directoryOf(plain)
  const upTo = Buffer.concat([bodiesOf(plain), bytes])

  expect(await verdictOnZip(Buffer.concat([upTo, largeEnd(own, upTo.length - 1), end(own)]))).toBe('archive-broken')
})
