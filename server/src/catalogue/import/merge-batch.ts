/** One batch of an import, in one transaction: readers see all of it or nothing, and a kill loses no more than it. */
import { announce } from '../../foundation/database/changes.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import { insertProblems, noteProgress } from '../../foundation/job-runs.ts'
import { knownModules } from '../../modules/catalogued-queries.ts'
import { knownProviders } from '../../providers/catalogued-queries.ts'
import { foreignVersions } from '../../upstream/foreign-version.ts'
import type { KnownItem, StagedModule, StagedProvider } from '../../upstream/merged.ts'
import { addressText, type SourceEntry, type SourceItem } from '../../upstream/source.ts'
import { jobCancelled } from '../job.ts'
import { catalogueTopic } from '../topic.ts'
import { metItems, noteMet } from './queries.ts'
import type { ImportProgress, ImportReport } from './report.ts'
import { writeModules, writeProviders } from './write-items.ts'

export type Run = { id: string; hostname: string; report: ImportReport; progress: ImportProgress }

type Problem = { path: string; reason: string }
type Kind = 'module' | 'provider'

/** @returns the run as it is when the transaction has committed */
export async function mergeBatch(own: OwnConnection, run: Run, entries: SourceEntry[]): Promise<Run> {
  const report = structuredClone(run.report)
  const progress = { ...run.progress, done: run.progress.done + entries.length }
  await transaction(own.db, async (tx) => {
    const problems: Problem[] = entries.flatMap(({ path, problems }) => problems.map((reason) => ({ path, reason })))
    const changed =
      (await mergeKind(own, tx, { run, report, problems }, 'module', entries)) +
      (await mergeKind(own, tx, { run, report, problems }, 'provider', entries))
    report.problems += problems.length
    report.incomplete = [...new Set([...report.incomplete, ...entries.flatMap(({ cut }) => cut ?? [])])]
    await insertProblems(tx, run.id, problems)
    if (changed > 0) await announce(tx, catalogueTopic(run.hostname))
    const position = entries.at(-1)!.position
    if (!(await noteProgress(tx, run.id, progress, { position, report }))) throw jobCancelled()
  })
  return { ...run, report, progress }
}

type Books = { run: Run; report: ImportReport; problems: Problem[] }

/** @returns how many items are not as they were */
async function mergeKind(
  own: OwnConnection,
  tx: Tx,
  { run, report, problems }: Books,
  kind: Kind,
  all: SourceEntry[],
): Promise<number> {
  const entries = all.filter(({ address }) => address?.kind === kind)
  if (entries.length === 0) return 0
  const known = await knownItems(tx, run, kind, entries)
  const changed = withoutTwins(entries, known.met, problems).filter(({ address, item }) => {
    const before = known.items.get(addressText(address!))
    const isSame = before !== undefined && (item === undefined || (before.digest === item.digest && !before.gone))
    if (isSame) report[`${kind}s`].unchanged += 1
    return item !== undefined && !isSame
  })
  const staged = changed.map(({ path, item }) => ({
    ...understood(path, item!, problems),
    id: known.items.get(addressText(item!))?.id,
  }))
  const kept = entries.flatMap(({ address }) => known.items.get(addressText(address!))?.id ?? [])
  const place = { own, tx, hostname: run.hostname, report }
  const added =
    kind === 'module'
      ? await writeModules(place, staged as StagedModule[])
      : await writeProviders(place, staged as StagedProvider[])
  await noteMet(tx, run.id, kind, [...kept, ...added])
  return staged.length
}

async function knownItems(tx: Tx, run: Run, kind: Kind, entries: SourceEntry[]) {
  const addresses = entries.map(({ address }) => addressText(address!))
  const found = await (kind === 'module' ? knownModules : knownProviders)(tx, run.hostname, addresses)
  const ids = await metItems(
    tx,
    run.id,
    kind,
    found.map(({ id }) => id),
  )
  const items = new Map<string, KnownItem>(found.map((item) => [item.address, item]))
  return { items, met: new Set(found.filter(({ id }) => ids.has(id)).map(({ address }) => address)) }
}

/** Sources that page may name an item twice: the first is taken. */
function withoutTwins(entries: SourceEntry[], met: Set<string>, problems: Problem[]): SourceEntry[] {
  const seen = new Set(met)
  return entries.filter(({ path, address, item }) => {
    const text = addressText(address!)
    if (item === undefined) return !seen.has(text)
    if (seen.has(text)) problems.push({ path, reason: `${text} was there before: skipped` })
    return !seen.has(text) && seen.add(text)
  })
}

function understood(path: string, item: SourceItem, problems: Problem[]): StagedModule | StagedProvider {
  const { versions, problems: odd } = foreignVersions(item.kind, item.versions as SourceItem['versions'][number][])
  problems.push(...odd.map((reason) => ({ path, reason })))
  return { ...item, versions } as StagedModule | StagedProvider
}
