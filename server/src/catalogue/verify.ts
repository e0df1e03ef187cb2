/** Holds the catalogue against its source: what each counts, what each says of every item, and samples in full. */
import type { Db } from '../foundation/database/database.ts'
import { knownModules } from '../modules/catalogued-queries.ts'
import { knownProviders } from '../providers/catalogued-queries.ts'
import {
  addressText,
  type Only,
  type Source,
  type SourceEntry,
  type SourceItem,
  type Totals,
} from '../upstream/source.ts'
import { moduleTextOf, providerTextOf } from './export/export.ts'
import { countCatalogue, findModuleOf, findProviderOf } from './export/queries.ts'
import { batchesOf } from './import/batches.ts'
import { saidDifferences } from './verify-said.ts'

export type Counts = { modules: number; providers: number; moduleVersions: number; providerVersions: number }

export type Verified = {
  source: Counts
  catalogue: Counts
  /** how many were compared in full */
  sampled: number
  differences: { path: string; reason: string }[]
}

const maxDifferences = 1000

export async function verifyCatalogue(
  db: Db,
  source: Source,
  hostname: string,
  {
    only,
    samples = 100,
    watch,
  }: { only?: Only; samples?: number; watch?(progress: { done: number; total: number }): void } = {},
): Promise<Verified> {
  const counts: Counts = { modules: 0, providers: 0, moduleVersions: 0, providerVersions: 0 }
  const differences: Verified['differences'] = []
  const catalogue = await countCatalogue(db, hostname)
  // As many as there are here is the best guess where the source does not say; samples lie evenly among all of them.
  const total = countOf((await source.totals(only)) ?? catalogue, only)
  const step = Math.max(1, Math.ceil(total / Math.max(1, samples)))
  let [met, sampled] = [0, 0]
  for await (const batch of batchesOf(source.entries({ only }))) {
    differences.push(...(await differencesOf(db, hostname, batch)))
    for (const { path, item, cut, problems } of batch) {
      if (cut) differences.push({ path, reason: problems.join(' ') })
      if (!item) continue
      counts[`${item.kind}s`] += 1
      counts[`${item.kind}Versions`] += item.versions.length
      met += 1
      if (met % step !== 0 || sampled >= samples) continue
      sampled += 1
      differences.push(...(await sampleDifferences(db, hostname, item)).map((reason) => ({ path, reason })))
    }
    watch?.({ done: met, total: Math.max(met, total) })
  }
  differences.push(...(await claimDifferences(source, counts, only)))
  differences.push(...countDifferences(counts, catalogue, only))
  return { source: counts, catalogue, sampled, differences: differences.slice(0, maxDifferences) }
}

const countOf = ({ modules, providers }: Totals, only?: Only) =>
  (only === 'providers' ? 0 : modules) + (only === 'modules' ? 0 : providers)

async function differencesOf(db: Db, hostname: string, batch: SourceEntry[]) {
  const found = new Map<string, { digest: string; gone: boolean }>()
  for (const kind of ['module', 'provider'] as const) {
    const addresses = batch.flatMap(({ address }) => (address?.kind === kind ? addressText(address) : []))
    const known = await (kind === 'module' ? knownModules : knownProviders)(db, hostname, addresses)
    for (const one of known) found.set(`${kind} ${one.address}`, one)
  }
  return batch.flatMap(({ path, item }) => {
    const here = item && found.get(`${item.kind} ${addressText(item)}`)
    if (!item || (here && !here.gone && here.digest === item.digest)) return []
    return [{ path, reason: here && !here.gone ? 'has changed since it was imported' : 'is not in the catalogue' }]
  })
}

function countDifferences(source: Counts, catalogue: Counts, only?: Only): Verified['differences'] {
  const kinds = (['modules', 'moduleVersions', 'providers', 'providerVersions'] as const).filter(
    (kind) => only === undefined || kind.startsWith(only.slice(0, -1)),
  )
  return kinds.flatMap((kind) =>
    source[kind] === catalogue[kind]
      ? []
      : [{ path: kind, reason: `${source[kind]} in the source, ${catalogue[kind]} in the catalogue` }],
  )
}

/** Registries say how many they have, and may then name others. Of a folder each file counts, also one that cannot be read. */
async function claimDifferences(source: Source, counts: Counts, only?: Only): Promise<Verified['differences']> {
  const differences: Verified['differences'] = []
  for (const kind of ['modules', 'providers'] as const) {
    if (source.kind === 'opentofu-folder' || (only !== undefined && only !== kind)) continue
    const claimed = (await source.totals(kind))?.[kind]
    if (claimed === undefined || claimed === counts[kind]) continue
    differences.push({ path: kind, reason: `${claimed} in the source as it says, ${counts[kind]} that can be read` })
  }
  return differences
}

async function sampleDifferences(db: Db, hostname: string, item: SourceItem): Promise<string[]> {
  const reasons =
    (await textHere(db, hostname, item)) === textOf(item) ? [] : ['says something else than the catalogue']
  return [...reasons, ...(await saidDifferences(db, hostname, item))]
}

async function textHere(db: Db, hostname: string, item: SourceItem): Promise<string | undefined> {
  if (item.kind === 'module') {
    const module = await findModuleOf(db, hostname, item)
    return module && moduleTextOf(module)
  }
  const provider = await findProviderOf(db, hostname, item)
  return provider && providerTextOf(provider)
}

const textOf = (item: SourceItem) =>
  item.kind === 'module' ? moduleTextOf({ tags: item.versions.map(({ tag }) => tag) }) : providerTextOf(item)
