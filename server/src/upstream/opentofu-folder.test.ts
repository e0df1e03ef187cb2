/** A folder of an OpenTofu registry: what is where, and what is where it should not be. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTofuFolder } from './opentofu-folder.ts'
import { addressText, type SourceEntry } from './source.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cadastre-source-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(path: string, text = '{"versions":[{"version":"1.0.0"}]}') {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

async function entries(after?: string): Promise<SourceEntry[]> {
  const found = []
  for await (const entry of openTofuFolder(folder).entries({ after })) found.push(entry)
  return found
}

const shown = ({ path, address, item, problems }: SourceEntry) =>
  `${path} ${address ? addressText(address) : '-'} ${item ? 'read' : 'not read'} ${problems.join()}`.trim()

test('modules and providers come in the order of their addresses, and go on after any of them', async () => {
  for (const path of ['providers/b/beta/x.json', 'modules/a/a-b/n/aws.json', 'modules/a/a/n/aws.json'])
    await write(path)

  const all = await entries()

  expect(all.map(({ path }) => path)).toEqual([
    'modules/a/a/n/aws.json',
    'modules/a/a-b/n/aws.json',
    'providers/b/beta/x.json',
  ])
  for (const [index, { position }] of all.entries()) {
    expect((await entries(position)).map(({ path }) => path)).toEqual(all.slice(index + 1).map(({ path }) => path))
  }
  expect(await openTofuFolder(folder).totals()).toEqual({ modules: 2, providers: 1 })
})

test('what lies where it should not is taken where its address is plain, and reported', async () => {
  await write('providers/k/kong/kong/kuma.json')
  await write('providers/k/kong/other/kuma.json')
  await write('providers/k/kong/konnect.json')
  await write('providers/k/kong/kong/konnect.json')
  await write('providers/x/hashicorp/aws.json')
  await write('providers/k/kong/README.md')
  await write('providers/k/kong/broken.json', '{')
  await symlink('/etc/passwd', join(folder, 'providers/k/kong/link.json'))

  expect((await entries()).map(shown).sort()).toEqual([
    'providers/k/kong/README.md - not read lies where no module or provider does: skipped',
    expect.stringContaining('providers/k/kong/broken.json kong/broken not read not JSON'),
    'providers/k/kong/kong/konnect.json kong/konnect not read is for the same address as providers/k/kong/konnect.json: skipped',
    'providers/k/kong/kong/kuma.json kong/kuma read lies one folder too deep: taken all the same',
    'providers/k/kong/konnect.json kong/konnect read',
    'providers/k/kong/link.json - not read is a link: not followed',
    'providers/k/kong/other/kuma.json - not read lies where no module or provider does: skipped',
    'providers/x/hashicorp/aws.json - not read lies where no module or provider does: skipped',
  ])
})

test('a version that must not be published carries the reason', async () => {
  await write('providers/a/acme/x.json')
  const [free] = await entries()
  await write(
    'versions_blacklist.json',
    '{"providers":[{"namespace":"acme","name":"x","version":"1.0.0","reason":"broken"}]}',
  )

  const [judged] = await entries()

  expect(judged!.item!.versions).toMatchObject([{ tag: '1.0.0', forbidden: 'broken' }])
  expect(judged!.item!.digest).not.toBe(free!.item!.digest)
})

test('a folder that is no registry is refused, and so is a list of forbidden versions that cannot be read', async () => {
  expect(() => openTofuFolder(folder)).toThrow(/neither a folder providers nor a folder modules/)

  await write('providers/a/acme/x.json')
  await write('versions_blacklist.json', '{')
  await expect(entries()).rejects.toThrow(/cannot be read/)
})
