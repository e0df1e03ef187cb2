/** Imports that were asked for through the API: kept as runs, done by whichever server is free, gone on with when it dies. */
import { realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { CatalogueImport } from '@cadastre/contract/jobs'
import type { Asker } from '../../access/asker.ts'
import { type Caller, system } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import { findRun, finishRun, insertRun, listDeadRuns } from '../../foundation/job-runs.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { type OpenedSource, openRegistry, openSource } from '../../upstream/open-source.ts'
import type { Only } from '../../upstream/source.ts'
import { catalogueHostname } from '../hostname.ts'
import { describeInRun, isDescription } from './describe.ts'
import { Interrupted, importSource } from './import.ts'
import { importKind } from './queries.ts'

const queue = 'catalogue-import'
/** A run notes each of its batches, which takes it a second or two. */
const silentMs = 5 * 60 * 1000

type Wanted = { runId: string; asker: Asker }
type Options = { source: string; only: Only | null; visibility?: CatalogueImport['visibility'] }

export async function askForImport(app: App, asker: Asker, wanted: CatalogueImport): Promise<string> {
  const { source, hostname } = await sourceWanted(app, wanted)
  const options: Options = { source: source.address, only: wanted.only ?? null, visibility: wanted.visibility }
  const subject = catalogueHostname(wanted.hostname ?? hostname)
  return transaction(app.db, async (tx) => {
    const runId = await insertRun(tx, { kind: importKind, subject, options, startedBy: asker.caller.name })
    // What they may was decided when they asked.
    const caller: Caller = { ...asker.caller, grants: [] }
    await enqueueImport(app, tx, { runId, asker: { ...asker, caller } })
    return runId
  })
}

export const enqueueImport = (app: App, tx: Tx, wanted: Wanted) => app.jobs.enqueue(tx, queue, wanted)

export function importJobs(app: App): void {
  app.jobs.worker<Wanted>(queue, (wanted) => runImport(app, wanted))
  app.jobs.chore('go on with imports whose server died', async () => {
    for (const { id } of await listDeadRuns(app.db, importKind, silentMs)) {
      await transaction(app.db, (tx) => enqueueImport(app, tx, { runId: id, asker: { caller: system } }))
    }
  })
}

async function runImport(app: App, { runId, asker }: Wanted): Promise<void> {
  const run = await findRun(app.db, runId)
  if (!run || (run.state !== 'waiting' && run.state !== 'running')) return
  const { source, only, visibility } = run.options as Options
  const own = await app.ownConnection('import')
  try {
    const wanted = {
      source: openSource(app, source).source,
      hostname: run.subject,
      only: only ?? undefined,
      asker,
      runId,
    }
    if (await isDescription(own.db, wanted.source, wanted.hostname)) return await describeInRun(own.db, wanted)
    const { report } = await importSource(own, { ...wanted, visibility, interrupted: app.stopping })
    app.log.info({ hostname: run.subject, ...report }, `imported ${run.subject}`)
  } catch (error) {
    if (error instanceof Interrupted) return await transaction(app.db, (tx) => enqueueImport(app, tx, { runId, asker }))
    await finishRun(app.db, runId, { state: 'failed', error: (error as Error).message })
    app.log.warn({ hostname: run.subject, error: (error as Error).message }, `the import of ${run.subject} ended early`)
  } finally {
    await own.close().catch(() => {})
  }
}

/** A folder goes by what it is called on this server, a registry by its address: that is how a run finds it again. */
async function sourceWanted(app: App, { folder, registry }: CatalogueImport): Promise<OpenedSource> {
  if (registry !== undefined) return openRegistry(app, registry)
  return openSource(app, await allowedFolder(app, folder!))
}

/** Whoever may import need not be one who may look around on the server. */
async function allowedFolder(app: App, folder: string): Promise<string> {
  const { import_folder: allowed } = app.config.catalogue
  if (allowed === undefined) throw importFolderMissing()
  const base = await realpath(allowed).catch(() => undefined)
  const path = base && (await realpath(resolve(base, folder)).catch(() => undefined))
  if (!base || !path?.startsWith(base + sep)) throw notInFolder(folder)
  return path
}

const importFolderMissing = () =>
  new Refusal(
    'invalid',
    'import-folder-missing',
    'The settings of this registry name no folder whose folders may be imported through the API.',
    'Set catalogue.import_folder, or import where the server runs: cadastre registry import SOURCE',
  )

const notInFolder = (folder: string) =>
  new Refusal(
    'not-found',
    'source-missing',
    `There is no folder ${JSON.stringify(folder.slice(0, 200))} in the one that may be imported from.`,
    'Name it as it is called in catalogue.import_folder.',
  )
