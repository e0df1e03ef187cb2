/** Writes a catalogued registry back as a folder in the layout of the OpenTofu registry, file by file as it was read. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Db } from '../../foundation/database/database.ts'
import { besideSums, keyPathOf, moduleFileOf, pathOf, providerFileOf } from '../../upstream/opentofu-layout.ts'
import { findSource } from '../import/queries.ts'
import { type ExportedModule, type ExportedProvider, listKeysOf, listModulesOf, listProvidersOf } from './queries.ts'

const modulesAtOnce = 200
// A provider may have thousands of platforms.
const providersAtOnce = 10

export type Exported = { modules: number; providers: number; keys: number }

/** @param wrote told of every file */
export async function exportCatalogue(db: Db, hostname: string, folder: string, wrote = () => {}): Promise<Exported> {
  const counts = { modules: 0, providers: 0, keys: 0 }
  const write = async (path: string, text: string, kind?: keyof Exported) => {
    await writeBelow(folder, path, text)
    if (kind) counts[kind] += 1
    wrote()
  }
  for await (const module of pages((after: Partial<ExportedModule>) =>
    listModulesOf(db, hostname, after, modulesAtOnce),
  )) {
    await write(module.sourcePath || pathOf({ kind: 'module', ...module }), moduleTextOf(module), 'modules')
  }
  for await (const provider of pages((after: Partial<ExportedProvider>) =>
    listProvidersOf(db, hostname, after, providersAtOnce),
  )) {
    await write(provider.sourcePath || pathOf({ kind: 'provider', ...provider }), providerTextOf(provider), 'providers')
  }
  for (const key of await listKeysOf(db, hostname)) await write(keyPathOf(key), key.armored, 'keys')
  const source = await findSource(db, hostname)
  if (source?.blacklist) await write('versions_blacklist.json', source.blacklist)
  return counts
}

export const moduleTextOf = ({ tags }: Pick<ExportedModule, 'tags'>) => moduleFileOf(tags)

export const providerTextOf = (provider: Pick<ExportedProvider, 'repository' | 'warnings' | 'versions'>) =>
  providerFileOf({
    ...provider,
    versions: provider.versions.map((version) => ({
      ...version,
      platforms: version.platforms.map((platform) => ({
        ...platform,
        downloadUrl: platform.downloadUrl || besideSums(version.shasumsUrl, platform.filename),
      })),
    })),
  })

async function* pages<Item>(page: (after: Partial<Item>) => Promise<Item[]>): AsyncGenerator<Item> {
  let last: Partial<Item> = {}
  while (true) {
    const items = await page(last)
    if (items.length === 0) return
    yield* items
    last = items.at(-1)!
  }
}

/** Addresses come from elsewhere: none of them leads out of the folder. */
async function writeBelow(folder: string, path: string, text: string): Promise<void> {
  const target = resolve(folder, path)
  if (!target.startsWith(resolve(folder) + sep)) throw new Error(`${path} leads out of ${folder}`)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(join(target), text)
}
