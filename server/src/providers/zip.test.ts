/** What the zip of a provider must hold, what it must not, and its hashes. */
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { type ZipEntry, zip, zipOf } from '../../test/archives.ts'
import { inspected, verdictOnZip } from '../../test/inspect-zip.ts'
import { processorMs } from '../../test/processor-time.ts'
import { Refusal } from '../foundation/refusal.ts'

const binary: ZipEntry = { name: 'terraform-provider-fake_v1.0.0', content: 'binary', mode: 0o100755 }
const license: ZipEntry = { name: 'LICENSE', content: 'Mozilla Public License\n' }

describe('hashes', () => {
  const entries: ZipEntry[] = [
    { name: 'größe.txt', content: 'é\n' },
    { name: 'docs/', mode: 0o40755 },
    binary,
    license,
    { name: 'docs/README.md', content: 'read me\n', method: 0 },
  ]
  // In an unpacked copy: sha256sum of every file, sorted with LC_ALL=C, sha256sum of that, as base64.
  const unpacked = 'h1:G2b7D353CC57uS8/48qbxnnHlLKk3HqgyxZLGwewxyI='
  // The same with the line "e3b0c442…b855  docs/", the hash of nothing.
  const withFolders = 'h1:OLGrpdGknGzjvVa4n5IT/H53SrcGPtpvKivHGt3WIEQ='

  test('are those that sha256sum gives, with folders and without', async () => {
    const { h1, h1Unpacked } = await inspected(zipOf(entries))

    expect({ h1, h1Unpacked }).toEqual({ h1: withFolders, h1Unpacked: unpacked })
  })

  test('do not depend on the order of entries or on how they are packed', async () => {
    const other = entries.toReversed().map((entry) => ({ ...entry, method: 0, described: true, mode: 0, madeOn: 0 }))

    expect(await inspected(zipOf(other))).toMatchObject({ h1: withFolders, h1Unpacked: unpacked })
  })

  test('are one where there are no folders', async () => {
    const { h1, h1Unpacked } = await inspected(zipOf(entries.filter(({ name }) => name !== 'docs/')))

    expect([h1, h1Unpacked]).toEqual([unpacked, unpacked])
  })

  test('names are sorted as bytes, which differs from the order of UTF-16', async () => {
    const names = ['😀', '\ufb01', 'é', 'Z', 'a', binary.name as string]
    const sha256 = (text: string) => createHash('sha256').update(text)
    const inOrder = ['Z', 'a', binary.name, 'é', '\ufb01', '😀'].map(
      (name) => `${sha256('x').digest('hex')}  ${name}\n`,
    )
    const expected = `h1:${sha256(inOrder.join('')).digest('base64')}`

    expect(await inspected(zip(Object.fromEntries(names.map((name) => [name, 'x']))))).toMatchObject({ h1: expected })
  })

  test('are taken over contents of many pieces', async () => {
    const content = Buffer.from(
      Uint32Array.from({ length: 1_500_000 }, (_, index) => Math.imul(index, 2654435761)).buffer,
    )
    const sha256 = createHash('sha256').update(content).digest('hex')
    const expected = createHash('sha256').update(`${sha256}  terraform-provider-fake\n`).digest('base64')

    const { h1, unpackedBytes } = await inspected(zip({ 'terraform-provider-fake': content }))

    expect({ h1, unpackedBytes }).toEqual({ h1: `h1:${expected}`, unpackedBytes: content.length })
  })

  test('a name with "./" counts as written in the zip, and as it is when it is unpacked', async () => {
    const plain = await inspected(zipOf([{ ...binary, name: 'terraform-provider-fake' }]))
    const dotted = await inspected(
      zipOf([
        { name: './', mode: 0o40755 },
        { ...binary, name: './terraform-provider-fake' },
      ]),
    )

    expect(dotted.h1).not.toBe(plain.h1)
    expect(dotted.h1Unpacked).toBe(plain.h1Unpacked)
  })
})

test('says what it found', async () => {
  const found = await inspected(zipOf([license, { name: 'docs/', mode: 0o40755 }, binary]))

  expect(found).toMatchObject({ binary: 'terraform-provider-fake_v1.0.0', entries: 3, unpackedBytes: 29 })
})

test.each([{ forceZip64Format: false }, { forceZip64Format: true }])(
  'what yazl writes is read: %o',
  async (options) => {
    const file = new ZipFile()
    file.addBuffer(Buffer.from('binary'), 'terraform-provider-fake_v1.0.0', { ...options, mode: 0o100755 })
    file.end({ ...options, comment: '' })

    const { binary } = await inspected(await buffer(file.outputStream))

    expect(binary).toBe('terraform-provider-fake_v1.0.0')
  },
)

describe('the binary', () => {
  test.each([
    ['fake', 'terraform-provider-fake'],
    ['fake', 'terraform-provider-fake.exe'],
    ['fake', 'terraform-provider-fake_v1.0.0'],
    ['fake', 'terraform-provider-fake_v1.0.0_x5'],
    ['fake', 'terraform-provider-fake_v1.0.0.exe'],
    ['fake-two', 'terraform-provider-fake-two_v1'],
  ])('of %s may be called %s', async (type, name) => {
    expect((await inspected(zip({ [name]: 'x', 'README.md': 'x' }), { type })).binary).toBe(name)
  })

  test.each<[what: string, names: string[]]>([
    ['another type', ['terraform-provider-fakery_v1']],
    ['another type behind a hyphen', ['terraform-provider-fake-two_v1']],
    ['a shorter type', ['terraform-provider-fak']],
    ['other case', ['Terraform-Provider-Fake']],
    ['a folder around it', ['bin/terraform-provider-fake']],
    ['a folder of its name', ['terraform-provider-fake/main']],
    ['a text of its name', ['terraform-provider-fake.md']],
    ['a text that clients would start instead', ['terraform-provider-fake.md', 'terraform-provider-fake_v1']],
    ['something before its name', ['my-terraform-provider-fake']],
    ['nothing at all', []],
  ])('%s is refused', async (_what, names) => {
    expect(await verdictOnZip(zip(Object.fromEntries(names.map((name) => [name, 'x']))))).toBe('zip-without-provider')
  })

  test('is the first by name where several could be it, as for clients', async () => {
    const names = ['terraform-provider-fake_v2', 'terraform-provider-fake_v1', 'terraform-provider-fakery_v1']

    expect((await inspected(zip(Object.fromEntries(names.map((name) => [name, 'x']))))).binary).toBe(names[1])
  })

  test('a refusal names what is there instead', async () => {
    const refusal = await refusalOf(zip({ 'dist/terraform-provider-fake': 'x', 'dist/LICENSE': 'x', 'README.md': 'x' }))

    expect(refusal.message).toBe(
      'At the root of the zip no file is called terraform-provider-fake, terraform-provider-fake_… or terraform-provider-fake.exe. It holds "dist/", "README.md".',
    )
    expect(refusal.hint).toContain('without a folder around it')
  })

  test('a refusal names no more than five', async () => {
    const names = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`file${index}`, 'x']))

    expect((await refusalOf(zip(names))).message).toMatch(/ It holds "file0", .*"file4", and 4 more\.$/)
    expect((await refusalOf(zip({}))).message).toMatch(/ The zip is empty\.$/)
  })
})

test.each<[what: string, code: string, bytes: Buffer]>([
  ['an empty file', 'zip-not-recognised', Buffer.alloc(0)],
  ['one byte', 'zip-not-recognised', Buffer.from('P')],
  ['a text', 'zip-not-recognised', Buffer.from('not a zip at all, however long it may be')],
  ['the binary itself', 'zip-not-recognised', Buffer.from('\x7fELF')],
  ['a zip with other bytes in front', 'zip-not-recognised', Buffer.concat([Buffer.from('MZ'), zipOf([binary])])],
  ['a zip with other bytes behind', 'archive-trailing-bytes', Buffer.concat([zipOf([binary]), Buffer.from('more')])],
  ['a zip that is cut', 'archive-truncated', zipOf([binary, license]).subarray(0, -30)],
])('%s is refused', async (_what, code, bytes) => {
  expect(await verdictOnZip(bytes)).toBe(code)
})

test.each<[what: string, code: string, entries: ZipEntry[]]>([
  ['a path that climbs', 'archive-path-parent', [{ name: '../evil', content: 'x' }]],
  ['a path that climbs within', 'archive-path-parent', [{ name: 'docs/../../evil', content: 'x' }]],
  ['a folder that climbs', 'archive-path-parent', [{ name: '../', mode: 0o40755 }]],
  ['an absolute path', 'archive-path-absolute', [{ name: '/etc/passwd', content: 'x' }]],
  ['a drive', 'archive-path-absolute', [{ name: 'C:evil', content: 'x' }]],
  ['a backslash', 'archive-path-backslash', [{ name: '..\\evil', content: 'x' }]],
  ['a NUL', 'archive-path-characters', [{ name: 'a\0b', content: 'x' }]],
  ['a line break', 'archive-path-characters', [{ name: 'a\nb', content: 'x' }]],
  ['a name that is not UTF-8', 'archive-path-encoding', [{ name: Buffer.from([0xe9]), content: 'x' }]],
  ['no name', 'archive-broken', [{ name: '', content: 'x' }]],
  ['a name too long', 'archive-path-too-long', [{ name: 'x'.repeat(256), content: 'x' }]],
  ['a link', 'zip-link', [{ name: 'l', content: 'LICENSE', mode: 0o120777 }]],
  ['a link out of the zip', 'zip-link', [{ name: 'l', content: '../..', mode: 0o120777 }]],
  ['a device', 'archive-special-file', [{ name: 'd', mode: 0o20644 }]],
  ['a password', 'archive-encrypted', [{ ...license, flags: 1 }]],
  ['a method that is not read', 'archive-format-unsupported', [{ ...license, method: 14 }]],
  ['a name twice', 'archive-path-duplicate', [binary]],
  ['a name twice, with "./"', 'archive-path-duplicate', [{ ...binary, name: `./${binary.name}` }]],
  ['a folder twice', 'archive-path-duplicate', [{ name: 'd/' }, { name: 'd/' }]],
  ['a name in other case', 'archive-path-case', [license, { ...license, name: 'License' }]],
  ['a file that is a folder', 'archive-path-conflict', [license, { name: 'license/text', content: 'x' }]],
  ['a file and a folder of one name', 'archive-path-duplicate', [license, { name: 'LICENSE/' }]],
  ['another checksum', 'archive-contradictory', [{ ...license, says: { crc: 1 } }]],
  ['more content than said', 'archive-contradictory', [{ ...license, says: { size: 3 } }]],
  ['less content than said', 'archive-contradictory', [{ ...license, says: { size: 300 } }]],
  ['another name inside', 'archive-contradictory', [{ ...license, local: { name: '../evil' } }]],
  ['another size inside', 'archive-contradictory', [{ ...license, local: { size: 1 } }]],
  ['a body that is no deflate', 'archive-broken', [{ ...license, body: Buffer.alloc(40, 0xff) }]],
  ['a body shared by two', 'archive-contradictory', [{ ...binary, name: binary.name, offset: 0 }]],
  [
    'more than 4 GiB',
    'archive-unpacked-too-large',
    [1, 2].map((number) => ({ name: `${number}`, content: 'x', says: { size: 0xfffffffe } })),
  ],
  ['zeros to a thousand times its size', 'archive-ratio', [{ name: 'zeros', content: Buffer.alloc(4_000_000) }]],
])('%s is refused', async (_what, code, entries) => {
  expect(await verdictOnZip(zipOf([binary, ...entries]))).toBe(code)
})

test('a ratio says nothing of what is small', async () => {
  expect(await verdictOnZip(zipOf([binary, { name: 'zeros', content: Buffer.alloc(1_000_000) }]))).toBe('accepted')
})

test('a body that goes on and on is left where it is longer than promised', async () => {
  const body = deflateRawSync(Buffer.alloc(300_000_000), { level: 1 })

  expect(await verdictOnZip(zipOf([binary, { name: 'zeros', body, says: { size: 1000 } }]))).toBe(
    'archive-contradictory',
  )
})

describe('the number of entries', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index): ZipEntry => ({ name: `docs/${index}.md`, method: 0 }))

  test('may be 10,000', async () => {
    expect(await inspected(zipOf([binary, ...many(9_999)]))).toMatchObject({ entries: 10_000 })
  })

  test('may not be 10,001', async () => {
    expect(await verdictOnZip(zipOf([binary, ...many(10_000)]))).toBe('archive-too-many-entries')
  })

  test('is refused at once when it is 100,000, whatever the zip says of it', async () => {
    const entries = [binary, ...many(99_999)]
    const overflown = zipOf(entries, { count: 100_000 % 65_536 })
    const understated = zipOf(entries, { count: 5 })
    const started = processorMs()

    expect(await verdictOnZip(overflown)).toBe('archive-too-many-entries')
    expect(await verdictOnZip(understated)).toBe('archive-contradictory')
    expect(processorMs() - started).toBeLessThan(5000)
  })

  test('is refused in a zip with 64-bit numbers too', async () => {
    expect(await verdictOnZip(zip64Of([binary, ...many(69_999)]))).toBe('archive-too-many-entries')
  })
})

/** With the end of the directory in 64 bits, as it must be from 65,535 entries on. */
function zip64Of(entries: ZipEntry[]): Buffer {
  const bytes = zipOf(entries, { count: 0xffff })
  const end = bytes.length - 22
  const record = Buffer.alloc(56 + 20)
  record.write('PK\x06\x06', 0, 'latin1')
  record.writeBigUInt64LE(44n, 4)
  for (const at of [24, 32]) record.writeBigUInt64LE(BigInt(entries.length), at)
  for (const [from, to] of [12, 16].entries())
    record.writeBigUInt64LE(BigInt(bytes.readUInt32LE(end + to)), 40 + 8 * from)
  record.write('PK\x06\x07', 56, 'latin1')
  record.writeBigUInt64LE(BigInt(end), 64)
  record.writeUInt32LE(1, 72)
  const last = bytes.subarray(end)
  last.fill(0xff, 16, 20)
  return Buffer.concat([bytes.subarray(0, end), record, last])
}

async function refusalOf(bytes: Buffer): Promise<Refusal> {
  const error = await inspected(bytes).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Refusal)
  return error as Refusal
}
