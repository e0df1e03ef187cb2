/** Writes the modules or the providers of a batch: what is new goes straight to its tables, what was known is compared first. */
import type { Tx } from '../../foundation/database/database.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import { insertCataloguedModules } from '../../modules/catalogued-inserts.ts'
import { mergeModules } from '../../modules/catalogued-queries.ts'
import { deleteDocuments, refreshDocuments } from '../../organizations/documents.ts'
import { insertCataloguedProviders } from '../../providers/catalogued-inserts.ts'
import { mergeProviders } from '../../providers/catalogued-queries.ts'
import type { StagedModule, StagedProvider } from '../../upstream/merged.ts'
import { upstreamDocumentOf, upstreamKey } from '../upstream-documents.ts'
import { countChanged, countNew, type ImportReport } from './report.ts'

type Place = { own: OwnConnection; tx: Tx; hostname: string; report: ImportReport }

/** @returns the ids of those that were not there before */
export async function writeModules(place: Place, modules: StagedModule[]): Promise<string[]> {
  const { own, tx, hostname, report } = place
  const [known, fresh] = apart(modules)
  if (known.length > 0) {
    report.modules.changed += known.length
    countChanged(report.versions, await mergeModules(own, tx, known))
  }
  const ids = fresh.length > 0 ? await insertCataloguedModules(own, tx, hostname, fresh) : []
  countNew(report, fresh)
  await writeDocuments(place, modules)
  return ids
}

/** @returns the ids of those that were not there before */
export async function writeProviders(place: Place, providers: StagedProvider[]): Promise<string[]> {
  const { own, tx, hostname, report } = place
  const [known, fresh] = apart(providers)
  if (known.length > 0) {
    report.providers.changed += known.length
    const { versions, platforms } = await mergeProviders(own, tx, known)
    countChanged(report.versions, versions)
    countChanged(report.platforms, platforms)
  }
  const ids = fresh.length > 0 ? await insertCataloguedProviders(own, tx, hostname, fresh) : []
  countNew(report, fresh)
  await writeDocuments(place, providers)
  return ids
}

const apart = <Item extends { id?: string }>(items: Item[]): [known: Item[], fresh: Item[]] => [
  items.filter(({ id }) => id !== undefined),
  items.filter(({ id }) => id === undefined),
]

async function writeDocuments({ own, tx, hostname }: Place, items: (StagedModule | StagedProvider)[]): Promise<void> {
  const documents = items.map((item) => ({ key: upstreamKey(hostname, item), value: upstreamDocumentOf(item) }))
  await refreshDocuments(
    own,
    tx,
    documents.filter(({ value }) => value !== undefined),
  )
  const without = documents.filter(({ value }) => value === undefined).map(({ key }) => key)
  if (without.length > 0) await deleteDocuments(tx, without)
}
