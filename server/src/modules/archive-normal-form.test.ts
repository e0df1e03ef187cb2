/** The stored form: the same for equal content, whatever it came in, and readable by everybody. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Files, gnuLong, moduleFiles, pax, tar, tarGz, tarGzOf, tarOf, zip, zipOf } from '../../test/archives.ts'
import { listed, opened } from '../../test/open-archive.ts'

// Larger than any buffer on the way, and neither all alike nor without any pattern.
const large = Array.from({ length: 30_000 }, (_, index) => `resource "x" "${(index * 7919) % 10_007}" {}`).join('\n')

const files: Files = moduleFiles({
  'a.txt': 'a',
  'modules/b/größe.tf': '# ü\n',
  'modules/b/large.tf': large,
  'modules/empty': '',
  [`${'folder/'.repeat(20)}deep.txt`]: 'deep',
})
const entries = Object.entries(files).map(([name, content]) => ({ name, content }))
const reversed = Object.fromEntries(Object.entries(files).reverse())
const below = (folder: string) => Object.fromEntries(entries.map(({ name, content }) => [folder + name, content]))
const tarEntries = entries.flatMap((entry) => [pax({ path: entry.name }), { ...entry, name: entry.name.slice(0, 60) }])

test.each<[how: string, archive: Buffer]>([
  ['a plain tar', tarOf(tarEntries)],
  ['a zip', zip(files)],
  ['another order', zip(reversed)],
  ['another compression', gzipSync(tarOf(tarEntries), { level: 1 })],
  ['no compression', zipOf(entries.map((entry) => ({ ...entry, method: 0 })))],
  ['a wrapping folder', zip(below('vpc-1.2.0/'))],
  ['"./" in front', zip(below('./'))],
  ['other times and owners', tarGzOf(tarEntries.map((entry) => ({ ...entry, time: 1 })))],
  ['other modes', tarGzOf(tarEntries.map((entry) => ({ ...entry, mode: 0o600 })))],
  ['folders of their own', tarGzOf([{ name: 'modules/', type: '5' }, { name: 'nothing/', type: '5' }, ...tarEntries])],
  ['GNU long names', tarGzOf(entries.flatMap((entry) => [gnuLong(entry.name), { ...entry, name: 'x' }]))],
  ['several gzip members', Buffer.concat(halves(tarOf(tarEntries)).map((half) => gzipSync(half)))],
])('equal content in %s gives the same bytes', async (_how, archive) => {
  const [first, second] = [await opened(tarGzOf(tarEntries)), await opened(archive)]

  expect(second.sha256).toBe(first.sha256)
  expect(second.stored.equals(first.stored)).toBe(true)
})

test.each<[what: string, archive: Buffer]>([
  ['another content', tarGz(moduleFiles({ 'a.txt': 'b' }))],
  ['another name', tarGz(moduleFiles({ 'b.txt': 'a' }))],
  ['an executable bit', tarGzOf([{ name: 'a.txt', content: 'a', mode: 0o755 }, ...mainAlone()])],
  ['a link instead of a file', tarGzOf([{ name: 'a.txt', type: '2', target: 'a' }, ...mainAlone()])],
  ['one file more', tarGz(moduleFiles({ 'a.txt': 'a', b: '' }))],
])('%s gives other bytes', async (_what, archive) => {
  const [first, second] = [await opened(tarGz(moduleFiles({ 'a.txt': 'a' }))), await opened(archive)]

  expect(second.sha256).not.toBe(first.sha256)
})

test('the answer says what was stored', async () => {
  const answer = await opened(tarGz(moduleFiles({ 'b.txt': 'bb', 'a.txt': 'a' })))

  expect(answer.sha256).toBe(createHash('sha256').update(answer.stored).digest('hex'))
  expect(answer).toMatchObject({ sizeBytes: answer.stored.length, entries: 3, unpackedBytes: 27 + 3 })
  expect(answer.files).toEqual(['a.txt', 'b.txt', 'main.tf'])
})

test('the stored form, opened again, stays as it is', async () => {
  const first = await opened(zip(files))

  const second = await opened(first.stored)

  expect(second.stored.equals(first.stored)).toBe(true)
})

test('the unpacked stored form never changes between releases: stored archives would look like other content', async () => {
  const links = [
    { name: 'link', type: '2', target: 'main.tf' },
    gnuLong(`${'up/'.repeat(40)}main.tf`, 'K'),
    { name: 'long-link', type: '2' },
  ]
  const { stored } = await opened(tarGzOf([...tarEntries, { name: 'run.sh', content: 'x', mode: 0o755 }, ...links]))

  expect(createHash('sha256').update(gunzipSync(stored)).digest('hex')).toBe(
    '9e64d373507cc796de31f1c9e6ee92017c8a86faed3d23d330c36af778654191',
  )
})

test('the header of the gzip names neither time nor system', async () => {
  const { stored } = await opened(tar(moduleFiles()))

  expect(stored.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff')
})

test('files lie in the order of their bytes', async () => {
  const { files } = await opened(tarGz(moduleFiles({ Z: '', a: '', 'a.b': '', 'a-b': '', é: '', 𝒳: '', '～': '' })))

  expect(files).toEqual(['Z', 'a', 'a-b', 'a.b', 'main.tf', 'é', '～', '𝒳'])
})

test('the system’s own tar unpacks it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-normal-form-'))
  const link = { name: 'modules/link', type: '2', target: '../main.tf' }
  const longLink = [gnuLong('./'.repeat(60), 'K'), { name: 'long-link', type: '2' }]
  const { stored } = await opened(
    tarGzOf([...tarEntries, link, ...longLink, { name: 'run.sh', content: 'echo', mode: 0o700 }]),
  )
  await writeFile(join(folder, 'module.tar.gz'), stored)
  await promisify(execFile)('tar', ['-xzf', 'module.tar.gz'], { cwd: folder })

  for (const { name, content } of entries) expect(await readFile(join(folder, name), 'utf8')).toBe(content)
  expect(await readlink(join(folder, 'modules/link'))).toBe('../main.tf')
  expect(await readlink(join(folder, 'long-link'))).toBe('./'.repeat(60))
  expect((await stat(join(folder, 'run.sh'))).mode & 0o111).not.toBe(0)
  expect((await stat(join(folder, 'main.tf'))).mode & 0o111).toBe(0)
  expect(await readdir(folder)).toHaveLength(7)
  await rm(folder, { recursive: true })
})

test.each([99, 100, 101, 155, 156, 254, 255, 256, 257, 300, 600, 1023])(
  'a path of %i bytes is read back',
  async (length) => {
    const flat = 'x'.repeat(Math.min(length, 200))
    const deep = 'folder/'.repeat(150).slice(0, length - 1)
    const path = length <= 200 ? flat : `${deep.replace(/\/$/, 'x')}x`.slice(0, length)

    const found = await listed(await opened(zip(moduleFiles({ [path]: 'here' }))))

    expect(path).toHaveLength(length)
    expect(found).toContainEqual({ path, mode: '644', content: 'here' })
  },
)

function halves(bytes: Buffer): Buffer[] {
  return [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)]
}

function mainAlone() {
  return Object.entries(moduleFiles()).map(([name, content]) => ({ name, content }))
}
