/** Counts downloads at the answered look-up, in memory, and writes them together: nothing is written per request. */
import { sql } from 'kysely'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import './tables.ts'

export type Downloads = {
  /** One download of a module version, by this caller with this client. */
  count(moduleVersionId: string, caller: Caller, userAgent: string | undefined): void
  /** Writes what has been counted; what cannot be written now is kept for the next time. */
  flush(): Promise<void>
}

type Counted = { moduleVersionId: string; apiKeyId: string | null; client: string; downloads: number }

// While PostgreSQL is away counts pile up; past this many different ones the newcomers are dropped, and said so.
const maxPending = 100_000

export function countDownloads(app: App): Downloads {
  let pending = new Map<string, Counted>()
  let dropped = 0

  function add(counted: Counted) {
    const key = `${counted.moduleVersionId} ${counted.apiKeyId} ${counted.client}`
    const known = pending.get(key)
    if (known) known.downloads += counted.downloads
    else if (pending.size < maxPending) pending.set(key, counted)
    else dropped += counted.downloads
  }

  return {
    count(moduleVersionId, caller, userAgent) {
      app.metrics.downloads.inc()
      add({
        moduleVersionId,
        apiKeyId: caller.kind === 'api-key' ? caller.id : null,
        client: clientName(userAgent),
        downloads: 1,
      })
    },
    async flush() {
      if (dropped > 0) {
        app.log.error({ dropped }, 'downloads went uncounted while the database was away')
        dropped = 0
      }
      if (pending.size === 0) return
      const batch = pending
      pending = new Map()
      try {
        await writeDownloads(app, [...batch.values()])
      } catch (error) {
        for (const counted of batch.values()) add(counted)
        throw error
      }
    },
  }
}

async function writeDownloads(app: App, batch: Counted[]): Promise<void> {
  const ids = batch.map((counted) => counted.moduleVersionId)
  const keys = batch.map((counted) => counted.apiKeyId)
  const clients = batch.map((counted) => counted.client)
  const counts = batch.map((counted) => counted.downloads)
  // Rows are locked in one order, so that two processes that flush together do not wait for each other in a circle.
  await sql`/*n:writeDownloads*/
    with counted as (
      select * from unnest(${ids}::bigint[], ${keys}::uuid[], ${clients}::text[], ${counts}::int[]) as c(version_id, key_id, client, downloads)
    ), event as (
      insert into download_events (module_version_id, api_key_id, client, downloads)
      select version_id, key_id, client, downloads from counted
    ), locked as (
      select id from module_versions where id = any(${ids}::bigint[]) order by id for no key update
    ), version as (
      update module_versions set downloads = module_versions.downloads + sums.downloads
      from (select version_id, sum(downloads) as downloads from counted group by 1) as sums
      where module_versions.id = sums.version_id and module_versions.id in (select id from locked)
      returning module_id, sums.downloads
    )
    update modules set downloads = modules.downloads + sums.downloads
    from (select module_id, sum(downloads) as downloads from version group by 1) as sums
    where modules.id = sums.module_id`.execute(app.db)
}

/** `terraform`, `opentofu` or `other`: enough to tell who asks, too little to tell people apart. */
function clientName(userAgent: string | undefined): string {
  if (userAgent === undefined) return 'other'
  if (userAgent.startsWith('Terraform/')) return 'terraform'
  return userAgent.startsWith('OpenTofu/') ? 'opentofu' : 'other'
}
