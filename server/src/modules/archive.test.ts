/** What is refused whatever its format, as a tar.gz and as a zip, and what is no archive at all. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { gnuLong, moduleFiles, type TarEntry, tar, tarGz, tarGzOf, tarOf, zip, zipOf } from '../../test/archives.ts'
import { listed, opened, verdictOn } from '../../test/open-archive.ts'
import { archiveLimits } from './archive.ts'

type Entry = { name: string | Buffer; content?: string; kind?: 'folder' | 'link'; target?: string }

const main: Entry = { name: 'main.tf', content: 'locals {}\n' }

const tarEntriesOf = (entries: Entry[]): TarEntry[] =>
  entries.flatMap(({ kind, ...entry }) => [
    ...(Buffer.byteLength(entry.name) > 100 ? [gnuLong(entry.name)] : []),
    ...(Buffer.byteLength(entry.target ?? '') > 100 ? [gnuLong(entry.target!, 'K')] : []),
    { ...entry, type: kind === 'link' ? '2' : kind === 'folder' ? '5' : '0' },
  ])
const asTarGz = (entries: Entry[]) => tarGzOf(tarEntriesOf(entries))
const asZip = (entries: Entry[]) =>
  zipOf(
    entries.map(({ kind, target, name, content }) => ({
      name,
      content: target ?? content ?? '',
      mode: kind === 'link' ? 0o120777 : kind === 'folder' ? 0o40755 : 0o100644,
    })),
  )

const link = (name: string, target: string): Entry => ({ name, target, kind: 'link' })

const refused: [what: string, code: string, entries: Entry[]][] = [
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
    const verdict = await verdictOn(asTarGz(entries))

    expect(verdict).toBe(code)
  })
})

describe('in a zip', () => {
  test.each(refused)('%s is refused', async (_what, code, entries) => {
    const verdict = await verdictOn(asZip(entries))

    expect(verdict).toBe(code)
  })
})

test.each<[what: string, code: string, bytes: Buffer]>([
  ['an empty file', 'archive-empty', Buffer.alloc(0)],
  ['an empty gzip', 'archive-empty', gzipSync('')],
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
  ['tar.gz', asTarGz],
  ['zip', asZip],
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
    const folders = Array.from({ length: 10 }, (_, index): Entry => ({ name: `${index}/`, kind: 'folder' }))

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

describe.each([
  ['tar.gz', asTarGz],
  ['tar', (entries: Entry[]) => tarOf(tarEntriesOf(entries))],
  ['zip', asZip],
])('from a %s', (_format, pack) => {
  test.each(['main.tf', 'main.tf.json', 'main.tofu', 'main.tofu.json', 'a b.tf'])('%s makes a module', async (name) => {
    expect(await listed(await opened(pack([{ name, content: 'x' }])))).toEqual([
      { path: name, mode: '644', content: 'x' },
    ])
  })

  test.each([
    ['"./" in front', ['./main.tf', './modules/a/b.tf'], ['main.tf', 'modules/a/b.tf']],
    ['"." and empty parts', ['.//main.tf', 'modules/.//./a.tf'], ['main.tf', 'modules/a.tf']],
    ['a wrapping folder', ['vpc-1.2.0/main.tf', 'vpc-1.2.0/a/b.tf'], ['a/b.tf', 'main.tf']],
    ['a wrapping folder behind "./"', ['./vpc/main.tf', './vpc/a/b.tf'], ['a/b.tf', 'main.tf']],
    ['two folders, only one of which wraps', ['vpc/main.tf', 'vpc/vpc/main.tf'], ['main.tf', 'vpc/main.tf']],
    ['two dots in a name', ['main.tf', 'a..b/..c', '.../d..'], ['.../d..', 'a..b/..c', 'main.tf']],
    ['dotfiles', ['main.tf', '.terraform.lock.hcl'], ['.terraform.lock.hcl', 'main.tf']],
    ['names of any language', ['main.tf', 'modul/größe/ネットワーク.tf'], ['main.tf', 'modul/größe/ネットワーク.tf']],
    ['long paths', ['main.tf', `${'folder/'.repeat(30)}x.tf`], [`${'folder/'.repeat(30)}x.tf`, 'main.tf']],
    ['the longest name', ['main.tf', 'é'.repeat(127)], ['main.tf', 'é'.repeat(127)]],
    ['the longest path', ['main.tf', `${'ab/'.repeat(341)}x`], [`${'ab/'.repeat(341)}x`, 'main.tf']],
  ])('%s: paths are kept as they are meant', async (_what, names, expected) => {
    const found = await listed(await opened(pack(names.map((name) => ({ name, content: name })))))

    expect(found.map(({ path }) => path)).toEqual(expected)
  })

  test('empty folders are left out, and do not keep a wrapping folder from being stripped', async () => {
    const empty: Entry[] = [
      { name: 'vpc/', kind: 'folder' },
      { name: 'vpc/empty/', kind: 'folder' },
    ]

    const found = await opened(pack([...empty, { name: 'vpc/main.tf' }]))

    expect(found.files).toEqual(['main.tf'])
  })

  test.each([
    ['beside it', 'a/link', 'target.tf'],
    ['above it', 'a/b/link', '../../main.tf'],
    ['a folder', 'link', 'a'],
    ['the root itself', 'a/b/link', '../..'],
    ['nothing that is there', 'link', 'not/there'],
    ['by way of "."', 'link', './a/./target.tf'],
  ])('a symlink is kept as it is when it points %s', async (_where, name, target) => {
    const found = await listed(await opened(pack([main, { name: 'a/target.tf' }, link(name, target)])))

    expect(found).toContainEqual({ path: name, mode: '777', target })
  })

  test('a symlink through a second one is kept when both stay inside', async () => {
    const links = [link('a/root', '..'), link('b', 'a/root/main.tf')]

    expect(await verdictOn(pack([main, ...links]))).toBe('accepted')
  })

  test('a symlink in a wrapping folder is judged by the module within', async () => {
    const wrapped = (target: string) => pack([{ name: 'vpc/main.tf' }, link('vpc/a/link', target)])

    expect(await verdictOn(wrapped('../main.tf'))).toBe('accepted')
    expect(await verdictOn(wrapped('../../vpc/main.tf'))).toBe('archive-link-outside')
  })

  test('a chain of more links than a system follows is refused', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => link(`l${index}`, index + 1 < length ? `l${index + 1}` : 'main.tf'))

    expect(await verdictOn(pack([main, ...chain(40)]))).toBe('accepted')
    expect(await verdictOn(pack([main, ...chain(41)]))).toBe('archive-link-loop')
  })
})
