/** A search feed laid over a registry that is in the catalogue from elsewhere: descriptions, popularity and dates, and no more. */
import type { Asker } from '../../access/asker.ts'
import { record } from '../../audit/record.ts'
import { announce } from '../../foundation/database/changes.ts'
import { type Db, transaction } from '../../foundation/database/database.ts'
import { finishRun, insertProblems, startRun } from '../../foundation/job-runs.ts'
import { describeModules } from '../../modules/described-queries.ts'
import { describeProviders } from '../../providers/described-queries.ts'
import { foreignVersions } from '../../upstream/foreign-version.ts'
import type { StagedModule, StagedProvider } from '../../upstream/merged.ts'
import type { Only, Source, SourceEntry } from '../../upstream/source.ts'
import { catalogueTopic } from '../topic.ts'
import { batchesOf } from './batches.ts'
import { findSource } from './queries.ts'
import type { ImportProgress } from './report.ts'

export type Described = { modules: number; providers: number; problems: { path: string; reason: string }[] }

type Description = {
  source: Source
  hostname: string
  only?: Only
  asker: Asker
  watch?(progress: ImportProgress): void
}

const maxProblems = 1000

/** True of a feed when the registry came from a source that knows more of it: an import of the feed would take that away. */
export async function isDescription(db: Db, { kind }: Source, hostname: string): Promise<boolean> {
  const known = await findSource(db, hostname)
  return kind === 'search-feed' && known !== undefined && known.kind !== 'search-feed'
}

/** Twice is as good as once, so that one that was ended before its end is begun again. */
export async function describeCatalogue(db: Db, description: Description): Promise<Described> {
  const { source, hostname, only, asker, watch } = description
  const described: Described = { modules: 0, providers: 0, problems: [] }
  const totals = await source.totals(only)
  let done = 0
  for await (const batch of batchesOf(source.entries({ only }))) {
    await transaction(db, async (tx) => {
      const modules = await describeModules(tx, hostname, stagedOf<StagedModule>(batch, 'module'))
      const providers = await describeProviders(tx, hostname, stagedOf<StagedProvider>(batch, 'provider'))
      if (modules + providers > 0) await announce(tx, catalogueTopic(hostname))
      described.modules += modules
      described.providers += providers
    })
    const problems = batch.flatMap(({ path, problems }) => problems.map((reason) => ({ path, reason })))
    described.problems.push(...problems.slice(0, maxProblems - described.problems.length))
    done += batch.length
    watch?.({ done, total: totals ? totals.modules + totals.providers : null })
  }
  const { modules, providers } = described
  await transaction(db, (tx) =>
    record(tx, {
      kind: 'catalogue.described',
      by: asker,
      subject: hostname,
      details: { source: source.address, ...(only === undefined ? {} : { only }), modules, providers },
    }),
  )
  return described
}

/** The same, told as a run of an import. */
export async function describeInRun(db: Db, { runId, ...description }: Description & { runId: string }): Promise<void> {
  await startRun(db, runId)
  try {
    const { problems, ...report } = await describeCatalogue(db, description)
    await transaction(db, async (tx) => {
      await insertProblems(tx, runId, problems)
      await finishRun(tx, runId, { state: 'done', report: { described: report, problems: problems.length } })
    })
  } catch (error) {
    await finishRun(db, runId, { state: 'failed', error: (error as Error).message })
    throw error
  }
}

/** What is odd about versions is the business of the source that brought them. */
const stagedOf = <Staged>(batch: SourceEntry[], kind: 'module' | 'provider'): Staged[] =>
  batch.flatMap(({ item }) => {
    if (item?.kind !== kind) return []
    const { versions } = foreignVersions(kind, item.versions as { tag: string }[])
    return [{ ...item, versions } as Staged]
  })
