/** Registries that were imported over HTTP, taken again: what has not changed there is neither sent nor written again. */
import type { Asker } from '../access/asker.ts'
import { system } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { transaction } from '../foundation/database/database.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import { insertRun } from '../foundation/job-runs.ts'
import { Refusal } from '../foundation/refusal.ts'
import { cleanCache } from '../upstream/cache-queries.ts'
import { openRegistry, type Surroundings } from '../upstream/open-source.ts'
import type { Counts } from '../upstream/patient-fetch.ts'
import { importSource } from './import/import.ts'
import { enqueueImport } from './import/job.ts'
import { importKind } from './import/queries.ts'
import type { ImportProgress, ImportReport } from './import/report.ts'
import { listDue, listRefreshable, type RefreshableRegistry } from './refresh-queries.ts'

export type Refreshed = { hostname: string; report: ImportReport; asked: Counts }

export async function refreshRegistry(
  own: OwnConnection,
  around: Surroundings,
  { hostname, address }: RefreshableRegistry,
  { asker = { caller: system }, watch }: { asker?: Asker; watch?(progress: ImportProgress): void } = {},
): Promise<Refreshed> {
  const { source, upstream } = openRegistry(around, address)
  const { report } = await importSource(own, { source, hostname, asker, watch })
  return { hostname, report, asked: { ...upstream!.counts } }
}

/** @throws registry-not-refreshable: one of those that were named */
export async function registriesNamed(own: OwnConnection, hosts?: string[]): Promise<RefreshableRegistry[]> {
  const known = await listRefreshable(own.db)
  if (hosts === undefined) return known
  return hosts.map((host) => {
    const found = known.find(({ hostname }) => hostname === host.toLowerCase())
    if (!found) throw notRefreshable(host)
    return found
  })
}

/** Any server does what is due; one that dies is gone on for as with every import. */
export function refreshJobs(app: App): void {
  const { refresh, refresh_interval, cache_max_bytes } = app.config.upstream
  app.jobs.chore('forget old answers of registries', async () => void (await cleanCache(app.db, cache_max_bytes)))
  if (!refresh) return
  app.jobs.chore('refresh registries', async () => {
    for (const { hostname, address } of await listDue(app.db, importKind, refresh_interval)) {
      await transaction(app.db, async (tx) => {
        const options = { source: address, only: null }
        const runId = await insertRun(tx, { kind: importKind, subject: hostname, options, startedBy: system.name })
        await enqueueImport(app, tx, { runId, asker: { caller: system } })
      })
    }
  })
}

const notRefreshable = (host: string) =>
  new Refusal(
    'not-found',
    'registry-not-refreshable',
    `${JSON.stringify(host.slice(0, 200))} is no registry that was imported over HTTP.`,
    'Import it first: cadastre registry import HOSTNAME. What came from a folder is imported again from there.',
  )
