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

/** Client → version → key → downloads: found without making a text of the three for each request. */
type Pending = Map<string, Map<string, Map<string | null, number>>>

// While PostgreSQL is away counts pile up; past this many different ones the newcomers are dropped, and said so.
const maxPending = 100_000

export function countDownloads(app: App): Downloads {
  let pending: Pending = new Map()
  let size = 0
  let dropped = 0

  function add({ moduleVersionId, apiKeyId, client, downloads }: Counted) {
    const ofVersion = mapIn(mapIn(pending, client), moduleVersionId)
    const known = ofVersion.get(apiKeyId)
    if (known === undefined && size >= maxPending) {
      dropped += downloads
      return
    }
    if (known === undefined) size += 1
    ofVersion.set(apiKeyId, (known ?? 0) + downloads)
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
      if (size === 0) return
      const batch = asList(pending)
      pending = new Map()
      size = 0
      try {
        await writeDownloads(app, batch)
      } catch (error) {
        for (const counted of batch) add(counted)
        throw error
      }
    },
  }
}

function mapIn<Key, Inner extends Map<unknown, unknown>>(map: Map<Key, Inner>, key: Key): Inner {
  const known = map.get(key)
  if (known) return known
  const made = new Map() as Inner
  map.set(key, made)
  return made
}

const asList = (pending: Pending): Counted[] =>
  [...pending].flatMap(([client, versions]) =>
    [...versions].flatMap(([moduleVersionId, keys]) =>
      [...keys].map(([apiKeyId, downloads]) => ({ moduleVersionId, apiKeyId, client, downloads })),
    ),
  )

// Numbers, ids and three words need no quotes, and the driver would look at each of them for some.
const arrayText = (values: (string | number)[]) => `{${values.join(',')}}`

async function writeDownloads(app: App, batch: Counted[]): Promise<void> {
  const ids = arrayText(batch.map((counted) => counted.moduleVersionId))
  const keys = arrayText(batch.map((counted) => counted.apiKeyId ?? 'null'))
  const clients = arrayText(batch.map((counted) => counted.client))
  const counts = arrayText(batch.map((counted) => counted.downloads))
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
