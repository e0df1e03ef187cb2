/** What is refused whatever its format, what is no archive at all, and how much is too much. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type AnyEntry, link, main, packTarGz, packZip } from '../../test/any-archive.ts'
import { moduleFiles, tar, tarGz, zip } from '../../test/archives.ts'
import { opened, verdictOn } from '../../test/open-archive.ts'
import { archiveLimits } from './archive.ts'

const refused: [what: string, code: string, entries: AnyEntry[]][] = [
  ['a file one level above', 'archive-path-parent', [main, { name: '../evil.tf' }]],
  ['a file far above', 'archive-path-parent', [main, { name: '../../../../../../etc/cron.d/evil' }]],
  ['".." in the middle', 'archive-path-parent', [main, { name: 'a/../../evil.tf' }]],
  ['".." that stays inside', 'archive-path-parent', [main, { name: 'a/../b.tf' }]],
  ['".." at the end', 'archive-path-parent', [main, { name: 'a/..' }]],
  ['a folder above', 'archive-path-parent', [main, { name: '../', kind: 'folder' }]],
  ['".." behind "./"', 'archive-path-parent', [main, { name: './../evil.tf' }]],
  ['an absolute path', 'archive-path-absolute', [main, { name: '/etc/passwd' }]],
  ['an absolute path with two slashes', 'archive-path-absolute', [main, { name: '//host/share' }]],
  ['a drive letter', 'archive-path-absolute', [main, { name: 'C:/Windows/evil.dll' }]],
  ['a drive letter without a slash', 'archive-path-absolute', [main, { name: 'c:evil.tf' }]],
  ['a backslash', 'archive-path-backslash', [main, { name: 'a\\b.tf' }]],
  ['".." with backslashes', 'archive-path-backslash', [main, { name: '..\\..\\evil.tf' }]],
  ['a drive below the root', 'archive-path-absolute', [main, { name: './C:' }]],
  ['a drive in a folder that may be stripped', 'archive-path-absolute', [{ name: 'x/main.tf' }, { name: 'x/C:/evil' }]],
  ['a drive with a backslash', 'archive-path-backslash', [main, { name: 'C:\\evil.tf' }]],
  ['a line break in a name', 'archive-path-characters', [main, { name: 'a\nb.tf' }]],
  ['an escape in a name', 'archive-path-characters', [main, { name: 'a\u001b[2Jb.tf' }]],
  ['delete in a name', 'archive-path-characters', [main, { name: 'a\u007f.tf' }]],
  ['a C1 control in a name', 'archive-path-characters', [main, { name: 'a\u009b2J.tf' }]],
  ['Latin-1', 'archive-path-encoding', [main, { name: Buffer.from('caf\u00e9.tf', 'latin1') }]],
  ['half a character', 'archive-path-encoding', [main, { name: Buffer.from([0x61, 0xe2, 0x82]) }]],
  ['a slash in two bytes', 'archive-path-encoding', [main, { name: Buffer.from([0x2e, 0x2e, 0xc0, 0xaf, 0x61]) }]],
  ['a surrogate', 'archive-path-encoding', [main, { name: Buffer.from([0x61, 0xed, 0xa0, 0x80]) }]],
  ['a link up', 'archive-link-outside', [main, link('up', '..')]],
  ['a link out of the root', 'archive-link-outside', [main, link('passwd', '../../../etc/passwd')]],
  ['a link that leaves and comes back', 'archive-link-outside', [main, link('a', '../module/main.tf')]],
  ['an absolute link', 'archive-link-outside', [main, link('passwd', '/etc/passwd')]],
  ['a link to a drive', 'archive-link-outside', [main, link('a', 'C:/secret')]],
  ['a link with a backslash', 'archive-path-backslash', [main, link('a', '..\\secret')]],
  ['a link to nowhere', 'archive-link-outside', [main, link('a', '')]],
  ['a link with a line break', 'archive-path-characters', [main, link('a', 'b\nc')]],
  ['a link that leaves by a second', 'archive-link-outside', [main, link('d/up', '..'), link('out', 'd/up/../x')]],
  ['a link by a chain', 'archive-link-outside', [main, link('a/b/c', '../..'), link('z', 'a/b/c/a/b/c/../..')]],
  ['links in a circle', 'archive-link-loop', [main, link('a', 'b'), link('b', 'a')]],
  ['a link to itself', 'archive-link-loop', [main, link('a', 'a')]],
  ['a link into itself', 'archive-link-loop', [main, link('a', 'a/b/c')]],
  ['a file behind a link', 'archive-path-behind-link', [main, link('d', '.'), { name: 'd/evil.tf' }]],
  ['a file before its link', 'archive-path-behind-link', [main, { name: 'd/evil.tf' }, link('d', '.')]],
  ['a folder behind a link', 'archive-path-behind-link', [main, link('d', '.'), { name: 'd/e/', kind: 'folder' }]],
  ['a link behind a link', 'archive-path-behind-link', [main, link('d', '.'), link('d/e', 'x')]],
  ['a path twice', 'archive-path-duplicate', [main, main]],
  ['a path twice, written differently', 'archive-path-duplicate', [main, { name: './/main.tf' }]],
  ['a file and a link of one name', 'archive-path-duplicate', [main, link('main.tf', 'other.tf')]],
  ['a file that is a folder', 'archive-path-conflict', [main, { name: 'main.tf/x' }]],
  ['a folder that is a file', 'archive-path-conflict', [main, { name: 'main.tf/', kind: 'folder' }]],
  ['a folder below a file', 'archive-path-conflict', [main, { name: 'main.tf/x/', kind: 'folder' }]],
  ['no .tf at all', 'archive-no-configuration', [{ name: 'README.md' }, { name: 'tf' }]],
  ['no .tf at the root', 'archive-no-configuration', [{ name: 'a/main.tf' }, { name: 'b/main.tf' }]],
  ['.tf two folders down', 'archive-no-configuration', [{ name: 'a/b/main.tf' }]],
  ['only dotfiles', 'archive-no-configuration', [{ name: '.main.tf' }, { name: '.tf' }, { name: '.tofu' }]],
  ['a folder called main.tf', 'archive-no-configuration', [{ name: 'main.tf/a' }, { name: 'x' }]],
  ['.tf.yaml', 'archive-no-configuration', [{ name: 'main.tf.yaml' }, { name: 'main.TF' }]],
  ['only folders', 'archive-empty', [{ name: 'modules/', kind: 'folder' }]],
  ['nothing', 'archive-empty', []],
  ['a name of 256 bytes', 'archive-path-too-long', [main, { name: `d/${'x'.repeat(256)}` }]],
  ['a path of 1025 bytes', 'archive-path-too-long', [main, { name: `${'dir/'.repeat(256)}x` }]],
  ['a link of 1025 bytes', 'archive-path-too-long', [main, link('a', `${'dir/'.repeat(256)}x`)]],
]

describe('in a tar.gz', () => {
  test.each(refused)('%s is refused', async (_what, code, entries) => {
    const verdict = await verdictOn(packTarGz(entries))

    expect(verdict).toBe(code)
  })
})

describe('in a zip', () => {
  test.each(refused)('%s is refused', async (_what, code, entries) => {
    const verdict = await verdictOn(packZip(entries))

    expect(verdict).toBe(code)
  })
})

test.each<[what: string, code: string, bytes: Buffer]>([
  ['an empty file', 'archive-empty', Buffer.alloc(0)],
  ['an empty gzip', 'archive-empty', gzipSync('')],
  ['a gzip of nothing but zeros', 'archive-ratio', gzipSync(Buffer.alloc(40_000_000))],
  ['a gzip of other things', 'archive-not-recognised', gzipSync('locals {}\n'.repeat(100))],
  ['a gzip of a gzip', 'archive-not-recognised', gzipSync(tarGz(moduleFiles()))],
  ['a gzip of a zip', 'archive-not-recognised', gzipSync(zip(moduleFiles()))],
  ['one byte', 'archive-not-recognised', Buffer.from('x')],
  ['a .tf file', 'archive-not-recognised', Buffer.from('locals {}\n'.repeat(100))],
  ['a web page', 'archive-not-recognised', Buffer.from('<!doctype html><title>Sign in</title>'.padEnd(2000))],
  ['a tar.bz2', 'archive-format-unsupported', Buffer.from('BZh91AY&SY')],
  ['a tar.xz', 'archive-format-unsupported', Buffer.from('fd377a585a000004', 'hex')],
  ['a tar.zst', 'archive-format-unsupported', Buffer.from('28b52ffd0458', 'hex')],
  ['a tar.lz', 'archive-format-unsupported', Buffer.from('LZIP\x01')],
  ['a 7z', 'archive-format-unsupported', Buffer.from('377abcaf271c0004', 'hex')],
  ['a rar', 'archive-format-unsupported', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1')],
  ['the first bytes of a gzip', 'archive-truncated', Buffer.from('1f8b', 'hex')],
  ['the first bytes of a zip', 'archive-truncated', Buffer.from('PK\x03\x04')],
  ['bytes behind a tar.gz', 'archive-trailing-bytes', Buffer.concat([tarGz(moduleFiles()), Buffer.from('more')])],
  ['zeros behind a tar.gz', 'archive-trailing-bytes', Buffer.concat([tarGz(moduleFiles()), Buffer.alloc(512)])],
  ['a zip behind a tar.gz', 'archive-trailing-bytes', Buffer.concat([tarGz(moduleFiles()), zip(moduleFiles())])],
  ['a tar behind a tar', 'archive-trailing-bytes', Buffer.concat([tar(moduleFiles()), tar(moduleFiles())])],
  ['a second tar.gz', 'archive-trailing-bytes', Buffer.concat([tarGz(moduleFiles()), tarGz(moduleFiles())])],
  ['bytes behind a zip', 'archive-trailing-bytes', Buffer.concat([zip(moduleFiles()), Buffer.from('more')])],
  ['a zip behind a zip', 'archive-contradictory', Buffer.concat([zip(moduleFiles()), zip(moduleFiles())])],
])('%s is refused', async (_what, code, bytes) => {
  const verdict = await verdictOn(bytes)

  expect(verdict).toBe(code)
})

test('a format that is not read is named, and what to send instead', async () => {
  const opening = opened(Buffer.from('BZh91AY&SY'))

  await expect(opening).rejects.toThrow(/tar\.bz2/)
  await expect(opening).rejects.toMatchObject({ hint: 'Send tar.gz or zip.' })
})

describe.each([
  ['tar.gz', tarGz],
  ['tar', tar],
  ['zip', zip],
])('a %s that is cut', (_format, pack) => {
  const whole = pack(moduleFiles({ 'a.txt': 'a'.repeat(700), 'b/c.txt': 'some text that is not much smaller packed' }))
  // The zeros at the end of a tar are no part of what it holds.
  const end = whole.length - (pack === tar ? 1024 : 0)
  const offsets = Array.from({ length: 40 }, (_, index) => 20 + Math.floor((index * (end - 20)) / 40))

  test.each(offsets)('at byte %i is refused', async (offset) => {
    const verdict = await verdictOn(whole.subarray(0, offset))

    expect(verdict).toMatch(/^archive-(truncated|not-recognised)$/)
  })
})

describe.each([
  ['tar.gz', packTarGz],
  ['zip', packZip],
])('the limits of a %s', (_format, pack) => {
  const files = (count: number) => [main, ...Array.from({ length: count - 1 }, (_, index) => ({ name: `f/${index}` }))]

  test('10,000 entries are accepted', async () => {
    expect(await verdictOn(pack(files(10_000)))).toBe('accepted')
  })

  test('one more is refused as too large', async () => {
    const opening = opened(pack(files(10_001)))

    await expect(opening).rejects.toMatchObject({ code: 'archive-too-many-entries', reason: 'too-large' })
  })

  test('folders count as entries', async () => {
    const folders = Array.from({ length: 10 }, (_, index): AnyEntry => ({ name: `${index}/`, kind: 'folder' }))

    expect(await verdictOn(pack([main, ...folders]), { ...archiveLimits, entries: 10 })).toBe(
      'archive-too-many-entries',
    )
  })

  test('more unpacked bytes than allowed are refused', async () => {
    const limits = { ...archiveLimits, unpackedBytes: 1000 }
    const fits = { name: 'a.txt', content: 'x'.repeat(1000 - main.content!.length) }

    expect(await verdictOn(pack([main, fits]), limits)).toBe('accepted')
    expect(await verdictOn(pack([main, fits, { name: 'b', content: 'x' }]), limits)).toBe('archive-unpacked-too-large')
  })

  test('a bomb is refused by its ratio', async () => {
    const bomb = pack([main, { name: 'zeros', content: '\0'.repeat(40_000_000) }])

    expect(bomb.length).toBeLessThan(60_000)
    expect(await verdictOn(bomb)).toBe('archive-ratio')
  })

  test('a bomb of many files is refused by its ratio', async () => {
    const zeros = Array.from({ length: 40 }, (_, index) => ({ name: `${index}`, content: '\0'.repeat(100_000) }))

    expect(await verdictOn(pack([main, ...zeros]))).toBe('archive-ratio')
  })

  test('a small module may be mostly blanks', async () => {
    expect(await verdictOn(pack([main, { name: 'blanks', content: ' '.repeat(900_000) }]))).toBe('accepted')
  })
})
