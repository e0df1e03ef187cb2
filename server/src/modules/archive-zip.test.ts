/** What only a zip can say: its two descriptions of an entry, its compression, and its lies. */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { constants, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { type ZipEntry, zipOf } from '../../test/archives.ts'
import { listed, opened, verdictOn } from '../../test/open-archive.ts'

const text = 'locals {}\n'
const main: ZipEntry = { name: 'main.tf', content: text }
const other: ZipEntry = { name: 'other.txt', content: 'some more text, some more text' }

test.each<[what: string, code: string, entries: ZipEntry[]]>([
  ['an encrypted entry', 'archive-encrypted', [main, { ...other, flags: 1 }]],
  ['a strongly encrypted entry', 'archive-encrypted', [main, { ...other, flags: 0x41 }]],
  ['encryption that the directory denies', 'archive-contradictory', [main, { ...other, local: { flags: 1 } }]],
  ['bzip2 within', 'archive-format-unsupported', [main, { ...other, method: 12 }]],
  ['deflate64 within', 'archive-format-unsupported', [main, { ...other, method: 9 }]],
  ['another name inside', 'archive-contradictory', [main, { ...other, local: { name: '../evil' } }]],
  ['another name of the same length', 'archive-contradictory', [main, { ...other, local: { name: 'other.tf!' } }]],
  ['another method inside', 'archive-contradictory', [main, { ...other, local: { method: 0 } }]],
  ['another checksum inside', 'archive-contradictory', [main, { ...other, local: { crc: 1 } }]],
  ['another size inside', 'archive-contradictory', [main, { ...other, local: { size: 1 } }]],
  ['another packed size inside', 'archive-contradictory', [main, { ...other, local: { packed: 1 } }]],
  ['a wrong checksum', 'archive-contradictory', [main, { ...other, says: { crc: 1 } }]],
  ['more content than said', 'archive-contradictory', [main, { ...other, says: { size: 3 } }]],
  ['less content than said', 'archive-contradictory', [main, { ...other, says: { size: 300 } }]],
  ['a stored size that differs', 'archive-broken', [main, { ...other, method: 0, says: { size: 3 } }]],
  ['a size of 2 GB', 'archive-unpacked-too-large', [main, { ...other, says: { size: 2 ** 31 } }]],
  ['a packed size beyond the file', 'archive-truncated', [main, { ...other, says: { packed: 2 ** 31 } }]],
  ['a body that is no deflate', 'archive-broken', [main, { ...other, body: Buffer.alloc(40, 0xff) }]],
  [
    'a body that is cut',
    'archive-broken',
    [main, { ...other, body: deflateRawSync('a text that is cut').subarray(0, 9) }],
  ],
  [
    'bytes behind a body',
    'archive-contradictory',
    [main, { ...other, body: Buffer.concat([deflateRawSync(other.content!), Buffer.from('hidden')]) }],
  ],
  ['two entries of one body', 'archive-contradictory', [main, { ...main, name: 'main.tf', offset: 0 }]],
  ['an entry that is elsewhere', 'archive-broken', [main, { ...other, offset: 5 }]],
  ['an entry behind the end', 'archive-truncated', [main, { ...other, offset: 10_000 }]],
  ['a device', 'archive-special-file', [main, { name: 'dev', mode: 0o20644 }]],
  ['a fifo', 'archive-special-file', [main, { name: 'pipe', mode: 0o10644 }]],
  ['a socket', 'archive-special-file', [main, { name: 'socket', mode: 0o140644 }]],
  ['a folder with content', 'archive-contradictory', [main, { name: 'd/', content: 'x' }]],
  ['a link of 5,000 bytes', 'archive-path-too-long', [main, { name: 'l', content: 'x'.repeat(5000), mode: 0o120777 }]],
  [
    'a link that is a bomb',
    'archive-contradictory',
    [main, { name: 'l', content: '\0'.repeat(9_000_000), mode: 0o120777, says: { size: 9 } }],
  ],
  ['the root as a file', 'archive-broken', [main, { name: '.', content: 'x' }]],
  ['no name', 'archive-broken', [main, { name: '' }]],
])('%s is refused', async (_what, code, entries) => {
  const verdict = await verdictOn(zipOf(entries))

  expect(verdict).toBe(code)
})

test('entries that overlap are refused', async () => {
  // The second entry lies in the stored body of the first, whole.
  const hidden = zipOf([main])
  const outer: ZipEntry = { name: 'outer.txt', content: hidden, method: 0 }
  const bodyOfOuter = 30 + 'outer.txt'.length

  expect(await verdictOn(zipOf([outer, { ...main, offset: bodyOfOuter }]))).toBe('archive-contradictory')
})

test('a body that goes on and on is left where it is longer than promised', async () => {
  // A megabyte of zeros that ends where another can begin; 20 GB of it would take longer than a test may.
  const megabyte = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: constants.Z_FULL_FLUSH })
  const endless = Buffer.concat(Array.from({ length: 20_000 }, () => megabyte))

  expect(await verdictOn(zipOf([main, { name: 'zeros', body: endless, says: { size: 1000 } }]))).toBe(
    'archive-contradictory',
  )
})

test('a directory that holds more than it counts is refused', async () => {
  expect(await verdictOn(zipOf([main, other], { count: 1 }))).toBe('archive-contradictory')
})

test('a directory that counts more than it holds is refused', async () => {
  expect(await verdictOn(zipOf([main, other], { count: 3, comment: 'no third entry'.repeat(9) }))).toBe(
    'archive-broken',
  )
})

test('a comment is no reason to refuse', async () => {
  expect(await verdictOn(zipOf([main], { comment: 'made by hand' }))).toBe('accepted')
})

test.each<[how: string, entry: ZipEntry]>([
  ['stored', { ...other, method: 0 }],
  ['deflated', other],
  ['described behind its body', { ...other, described: true }],
  ['made elsewhere than on Unix', { ...other, madeOn: 0, mode: 0 }],
  ['made elsewhere, with bits that would be a link on Unix', { ...other, madeOn: 0, mode: 0o120755 }],
  ['without a mode', { ...other, mode: 0 }],
])('an entry that is %s is read', async (_how, entry) => {
  const found = await listed(await opened(zipOf([main, entry])))

  expect(found).toContainEqual({ path: 'other.txt', mode: '644', content: other.content })
})

test('the executable bit of Unix and of macOS is kept', async () => {
  const scripts = [3, 19].map((madeOn) => ({ name: `${madeOn}.sh`, content: 'echo', mode: 0o100755, madeOn }))

  const found = await listed(await opened(zipOf([main, ...scripts])))

  expect(found.map(({ path, mode }) => [path, mode])).toEqual([
    ['19.sh', '755'],
    ['3.sh', '755'],
    ['main.tf', '644'],
  ])
})

test.each([{ forceZip64Format: false }, { forceZip64Format: true }])(
  'what yazl writes is read: %o',
  async (options) => {
    const zip = new ZipFile()
    zip.addEmptyDirectory('modules')
    zip.addBuffer(Buffer.from(text), 'modules/größe.tf', { ...options, mode: 0o100755 })
    zip.addReadStreamLazy('main.tf', options, (done) => done(null, Readable.from([Buffer.from(text)])))
    zip.end({ ...options, comment: '' })

    const found = await listed(await opened(await buffer(zip.outputStream)))

    expect(found).toEqual([
      { path: 'main.tf', mode: '644', content: text },
      { path: 'modules/größe.tf', mode: '755', content: text },
    ])
  },
)

test('a zip of 64-bit offsets that lead nowhere is refused', async () => {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(text), 'main.tf')
  zip.end({ forceZip64Format: true, comment: '' })
  const bytes = await buffer(zip.outputStream)
  const record = bytes.indexOf('PK\x06\x06')

  for (const offset of ['ffffffffffffffff', 'ffffffffffffff7f', 'ffffffffffff1f00', '0000000000000080']) {
    const evil = Buffer.from(bytes)
    Buffer.from(offset, 'hex').copy(evil, record + 48)
    expect(await verdictOn(evil)).toBe('archive-truncated')
  }
})
