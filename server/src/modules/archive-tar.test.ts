/** What only a tar can say: its header formats, its kinds of entries, and its lies. */
import { execFile } from 'node:child_process'
import { chmod, link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gnuLong, pax, type TarEntry, tarEntry, tarGzOf, tarHeader, tarOf, withChecksum } from '../../test/archives.ts'
import { listed, opened, verdictOn } from '../../test/open-archive.ts'
import { archiveLimits } from './archive.ts'

const main: TarEntry = { name: 'main.tf', content: 'locals {}\n' }
const hardLink = (name: string, target: string): TarEntry => ({ name, target, type: '1' })

test.each<[what: string, code: string, entries: TarEntry[]]>([
  ['a character device', 'archive-special-file', [main, { name: 'dev', type: '3' }]],
  ['a block device', 'archive-special-file', [main, { name: 'dev', type: '4' }]],
  ['a fifo', 'archive-special-file', [main, { name: 'pipe', type: '6' }]],
  ['a sparse file of GNU', 'archive-special-file', [main, { name: 'sparse', type: 'S', magic: 'ustar  \0' }]],
  ['a part of a file', 'archive-special-file', [main, { name: 'part', type: 'M' }]],
  ['a volume label', 'archive-special-file', [{ name: 'label', type: 'V' }, main]],
  ['an unknown type', 'archive-special-file', [main, { name: 'x', type: '!' }]],
  [
    'a sparse file of pax',
    'archive-special-file',
    [main, pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'x' }), { name: 'x' }],
  ],
  ['a hard link out', 'archive-link-outside', [main, hardLink('a', '../main.tf')]],
  ['a hard link to an absolute path', 'archive-link-outside', [main, hardLink('a', '/etc/passwd')]],
  ['a hard link to a drive', 'archive-path-absolute', [main, hardLink('a', 'C:/x')]],
  ['a hard link to nothing', 'archive-link-missing', [main, hardLink('a', 'b')]],
  ['a hard link without a target', 'archive-link-missing', [main, hardLink('a', '')]],
  ['a hard link before its target', 'archive-link-missing', [hardLink('a', 'main.tf'), main]],
  ['a hard link to itself', 'archive-link-missing', [main, hardLink('a', 'a')]],
  ['a hard link to a folder', 'archive-link-missing', [main, { name: 'd/', type: '5' }, hardLink('a', 'd')]],
  [
    'a hard link to a symlink, from where that leads out',
    'archive-link-outside',
    [main, { name: 'd/l', type: '2', target: '../main.tf' }, hardLink('l', 'd/l')],
  ],
  ['a file behind a hard link', 'archive-path-conflict', [main, hardLink('a', 'main.tf'), { name: 'a/b' }]],
  ['a folder with content', 'archive-contradictory', [main, { name: 'd/', type: '5', content: 'x' }]],
  ['a symlink with content', 'archive-contradictory', [main, { name: 'l', type: '2', target: 'x', content: 'x' }]],
  ['the root as a file', 'archive-broken', [main, { name: './', content: 'x' }]],
  ['no name', 'archive-broken', [main, { name: '' }]],
  ['".." in a GNU long name', 'archive-path-parent', [main, gnuLong(`../${'a'.repeat(120)}`), { name: 'a' }]],
  ['".." in a GNU long link', 'archive-link-outside', [main, gnuLong('../x', 'K'), { name: 'a', type: '2' }]],
  ['".." in a pax path', 'archive-path-parent', [main, pax({ path: '../evil.tf' }), { name: 'good.tf' }]],
  ['an absolute pax path', 'archive-path-absolute', [main, pax({ path: '/evil.tf' }), { name: 'good.tf' }]],
  ['".." in a ustar prefix', 'archive-path-parent', [main, { prefix: '..', name: 'evil.tf' }]],
  ['an absolute ustar prefix', 'archive-path-absolute', [main, { prefix: '/etc', name: 'evil' }]],
  [
    'a pax link out',
    'archive-link-outside',
    [main, pax({ linkpath: '../x' }), { name: 'a', type: '2', target: 'main.tf' }],
  ],
  ['a pax path with a NUL', 'archive-path-characters', [main, pax({ path: 'a\0b' }), { name: 'a' }]],
  ['a pax path in Latin-1', 'archive-path-encoding', [main, pax({ path: Buffer.from([0xe9]) }), { name: 'a' }]],
  ['an empty pax path', 'archive-broken', [main, pax({ path: '' }), { name: 'a' }]],
  ['a pax size below zero', 'archive-broken', [main, pax({ size: '-1' }), { name: 'a' }]],
  ['a pax size in words', 'archive-broken', [main, pax({ size: '1e9' }), { name: 'a' }]],
  ['a pax size beyond the file', 'archive-truncated', [main, pax({ size: '999999999999999' }), { name: 'a' }]],
  ['a pax header that cannot be read', 'archive-broken', [main, { name: 'x', type: 'x', content: '9 a=b\n' }, main]],
  ['a pax record of length 0', 'archive-broken', [main, { name: 'x', type: 'x', content: '0 a=b\n' }, main]],
  ['a pax record without "="', 'archive-broken', [main, { name: 'x', type: 'x', content: '6 abc\n' }, main]],
  ['a long name for nothing', 'archive-broken', [main, gnuLong('a'.repeat(120))]],
  ['a pax header for nothing', 'archive-broken', [main, pax({ path: 'a' })]],
  ['a long name of 2 MB', 'archive-broken', [main, gnuLong('a'.repeat(2_000_000)), { name: 'a' }]],
  ['a long name of 2 KB', 'archive-path-too-long', [main, gnuLong('a/'.repeat(1000)), { name: 'a' }]],
  ['a pax path of 2 KB', 'archive-path-too-long', [main, pax({ path: 'a/'.repeat(1000) }), { name: 'a' }]],
  ['a size beyond the file', 'archive-truncated', [main, { name: 'a', size: 10_000 }]],
  [
    'the largest size there is',
    'archive-truncated',
    [main, { name: 'a', size: Buffer.from('80000000001fffffffffffff', 'hex') }],
  ],
  ['a size below zero', 'archive-broken', [main, { name: 'a', size: '-0000000001' }]],
  ['a size that is no number', 'archive-broken', [main, { name: 'a', size: '12x' }]],
  ['a size of 2^95', 'archive-broken', [main, { name: 'a', size: Buffer.from('80ffffffffffffffffffffff', 'hex') }]],
  ['a size that hides the next header', 'archive-no-configuration', [{ name: 'a', size: 512 }, { name: 'main.tf' }]],
])('%s is refused', async (_what, code, entries) => {
  const verdict = await verdictOn(tarGzOf(entries))

  expect(verdict).toBe(code)
})

test('a header whose checksum is wrong is refused', async () => {
  const header = tarHeader(main)
  header[0] = header[0]! ^ 1

  expect(await verdictOn(gzipSync(Buffer.concat([tarOf([main], Buffer.alloc(0)), header, Buffer.alloc(1024)])))).toBe(
    'archive-broken',
  )
})

test('a tar without its end is refused', async () => {
  expect(await verdictOn(tarGzOf([main], Buffer.alloc(0)))).toBe('archive-truncated')
})

test('entries behind the end are refused', async () => {
  expect(await verdictOn(tarGzOf([main], Buffer.concat([Buffer.alloc(512), tarEntry(main), Buffer.alloc(1024)])))).toBe(
    'archive-trailing-bytes',
  )
})

test('headers that describe nothing are counted too', async () => {
  const remarks = Array.from({ length: 50 }, () => pax({ comment: 'nothing' }, 'g'))

  expect(await verdictOn(tarGzOf([...remarks, main]), { ...archiveLimits, entries: 10 })).toBe(
    'archive-too-many-entries',
  )
})

test('headers that describe much are counted by their size, all together', async () => {
  const remark = { ...pax({}, 'g'), content: '6 a=b\n'.repeat(170_000) }

  expect(await verdictOn(tarGzOf([remark, remark, main], undefined))).toBe('accepted')
  expect(await verdictOn(tarGzOf([...Array(17).fill(remark), main], undefined))).toBe('archive-broken')
})

test('hard links to one large file count as what they unpack to', async () => {
  const large = { name: 'large', content: 'x'.repeat(1000) }
  const links = Array.from({ length: 100 }, (_, index) => hardLink(`${index}`, 'large'))

  expect(await verdictOn(tarGzOf([main, large, ...links]), { ...archiveLimits, unpackedBytes: 50_000 })).toBe(
    'archive-unpacked-too-large',
  )
})

test('a hard link becomes a copy', async () => {
  const found = await listed(await opened(tarGzOf([main, { ...main, mode: 0o755, name: 'a' }, hardLink('b', './a')])))

  expect(found.map(({ path, mode, content }) => [path, mode, content])).toEqual([
    ['a', '755', main.content],
    ['b', '755', main.content],
    ['main.tf', '644', main.content],
  ])
})

test.each<[how: string, entries: TarEntry[]]>([
  ['a ustar prefix', [{ prefix: 'folder', name: 'x.txt', content: 'x' }]],
  ['a GNU long name', [gnuLong('folder/x.txt'), { name: 'other', content: 'x', magic: 'ustar  \0' }]],
  [
    'a GNU header that keeps times where others keep a prefix',
    [{ name: 'folder/x.txt', content: 'x', magic: 'ustar  \0', prefix: '14000000000' }],
  ],
  ['a pax path', [pax({ path: 'folder/x.txt', mtime: '1.5' }), { name: 'other', content: 'x' }]],
  [
    'a pax path behind a global header',
    [pax({ comment: 'of git' }, 'g'), pax({ path: 'folder/x.txt' }), { name: 'o', content: 'x' }],
  ],
  ['a pax size', [pax({ path: 'folder/x.txt', size: '1' }), { name: 'other', content: 'x', size: 0 }]],
  ['the type of before 1988', [{ name: 'folder/x.txt', content: 'x', type: '\0' }]],
  ['the type of contiguous files', [{ name: 'folder/x.txt', content: 'x', type: '7' }]],
  [
    'a folder of before 1988',
    [
      { name: 'folder/', type: '\0' },
      { name: 'folder/x.txt', content: 'x' },
    ],
  ],
  [
    'a folder of its own',
    [
      { name: 'folder/', type: '5', mode: 0 },
      { name: 'folder/x.txt', content: 'x' },
    ],
  ],
])('%s is understood', async (_how, entries) => {
  const found = await listed(await opened(tarGzOf([main, ...entries])))

  expect(found).toContainEqual({ path: 'folder/x.txt', mode: '644', content: 'x' })
})

test('a size in the binary form of GNU is understood', async () => {
  const header = tarHeader({ name: 'main.tf' })
  Buffer.from('800000000000000000000003', 'hex').copy(header, 124)
  const bytes = Buffer.concat([withChecksum(header), Buffer.from('abc'.padEnd(512, '\0')), Buffer.alloc(1024)])

  expect((await listed(await opened(bytes)))[0]).toMatchObject({ content: 'abc' })
})

test.each([
  [0o755, '755'],
  [0o700, '755'],
  [0o644, '644'],
  [0o600, '644'],
  [0o666, '644'],
  [0o4755, '755'],
  [0o611, '644'],
])('of the mode %o only the owner’s executable bit is kept', async (mode, kept) => {
  const found = await listed(await opened(tarGzOf([{ ...main, mode }])))

  expect(found[0]!.mode).toBe(kept)
})

test.each([['gnu'], ['pax'], ['ustar']])(
  'what the system’s own tar writes in its %s format is read',
  async (format) => {
    const folder = await mkdtemp(join(tmpdir(), 'cadastre-tar-'))
    const deep = 'a-folder-of-forty-characters-and-some-more/'.repeat(3).slice(0, -1)
    await mkdir(join(folder, 'module', deep), { recursive: true })
    await writeFile(join(folder, 'module/main.tf'), 'locals {}\n')
    await writeFile(join(folder, 'module', deep, 'a file.txt'), 'far down\n')
    await writeFile(join(folder, 'module/run.sh'), 'echo\n')
    await chmod(join(folder, 'module/run.sh'), 0o750)
    await symlink('run.sh', join(folder, 'module/link'))
    await link(join(folder, 'module/main.tf'), join(folder, 'module/same.tf'))
    await promisify(execFile)('tar', [`--format=${format}`, '-czf', 'out.tgz', '-C', 'module', '.'], { cwd: folder })

    const found = await listed(await opened(await readFile(join(folder, 'out.tgz'))))
    await rm(folder, { recursive: true })

    expect(found).toEqual([
      { path: `${deep}/a file.txt`, mode: '644', content: 'far down\n' },
      { path: 'link', mode: '777', target: 'run.sh' },
      { path: 'main.tf', mode: '644', content: 'locals {}\n' },
      { path: 'run.sh', mode: '755', content: 'echo\n' },
      { path: 'same.tf', mode: '644', content: 'locals {}\n' },
    ])
  },
)
