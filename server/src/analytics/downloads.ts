/** Counts downloads at the answered look-up, in memory, and writes them together: nothing is written per request. */
import { sql } from 'kysely'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import './tables.ts'

export type Downloads = {
  /** One download of a module version, by this caller with this client. */
  countModule(moduleVersionId: string, caller: Caller, userAgent: string | undefined): void
  /** The same of one platform of a provider version. */
  countProvider(providerPlatformId: string, caller: Caller, userAgent: string | undefined): void
  /** Writes what has been counted; what cannot be written now is kept for the next time. */
  flush(): Promise<void>
}

type Counted = { id: string; apiKeyId: string | null; client: string; downloads: number }

/**
 * Whoever writes many rows that carry counters takes this first: two that come in different orders would wait for each
 * other in a circle. Cheaper than locking each row before it is written.
 */
export async function lockCounters(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${countersLock})`.execute(tx)
}

const countersLock = 7_236_003

/** Client → what was downloaded → key → downloads: found without making a text of the three for each request. */
type Pending = Map<string, Map<string, Map<string | null, number>>>

// While PostgreSQL is away counts pile up; past this many different ones the newcomers are dropped, and said so.
const maxPending = 100_000

export function countDownloads(app: App): Downloads {
  const modules = gather(app, writeModuleDownloads)
  const providers = gather(app, writeProviderDownloads)
  return {
    countModule: modules.count,
    countProvider: providers.count,
    async flush() {
      await modules.flush()
      await providers.flush()
    },
  }
}

function gather(app: App, write: (tx: Tx, batch: Counted[]) => Promise<void>) {
  let pending: Pending = new Map()
  let size = 0
  let dropped = 0

  function add({ id, apiKeyId, client, downloads }: Counted) {
    const ofThis = mapIn(mapIn(pending, client), id)
    const known = ofThis.get(apiKeyId)
    if (known === undefined && size >= maxPending) {
      dropped += downloads
      return
    }
    if (known === undefined) size += 1
    ofThis.set(apiKeyId, (known ?? 0) + downloads)
  }

  return {
    count(id: string, caller: Caller, userAgent: string | undefined) {
      app.metrics.downloads.inc()
      add({
        id,
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
        await transaction(app.db, async (tx) => {
          await lockCounters(tx)
          await write(tx, batch)
        })
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
  [...pending].flatMap(([client, things]) =>
    [...things].flatMap(([id, keys]) =>
      [...keys].map(([apiKeyId, downloads]) => ({ id, apiKeyId, client, downloads })),
    ),
  )

// Numbers, ids and three words need no quotes, and the driver would look at each of them for some.
const arrayText = (values: (string | number)[]) => `{${values.join(',')}}`

const columnsOf = (batch: Counted[]) => ({
  ids: arrayText(batch.map((counted) => counted.id)),
  keys: arrayText(batch.map((counted) => counted.apiKeyId ?? 'null')),
  clients: arrayText(batch.map((counted) => counted.client)),
  counts: arrayText(batch.map((counted) => counted.downloads)),
})

// A column for each client rather than a row: a third of the rows to read back.
const clients = ['terraform', 'opentofu', 'other']
const byClient = sql.raw(
  clients.map((client) => `coalesce(sum(counted.downloads) filter (where counted.client = '${client}'), 0)`).join(', '),
)
const addedTo = (table: string) =>
  sql.raw(clients.map((client) => `${client} = ${table}.${client} + excluded.${client}`).join(', '))

async function writeModuleDownloads(tx: Tx, batch: Counted[]): Promise<void> {
  const { ids, keys, clients, counts } = columnsOf(batch)
  await sql`/*n:writeModuleDownloads*/
    with counted as (
      select * from unnest(${ids}::bigint[], ${keys}::uuid[], ${clients}::text[], ${counts}::int[]) as c(version_id, key_id, client, downloads)
    ), event as (
      insert into download_events (module_version_id, api_key_id, client, downloads)
      select version_id, key_id, client, downloads from counted
    ), version as (
      update module_versions set downloads = module_versions.downloads + sums.downloads
      from (select version_id, sum(downloads) as downloads from counted group by 1) as sums
      where module_versions.id = sums.version_id
      returning module_versions.id, module_id, sums.downloads
    ), day as (
      insert into module_downloads_by_day (module_id, version_id, day, terraform, opentofu, other)
      select version.module_id, version.id, (now() at time zone 'UTC')::date, ${byClient}
      from counted join version on version.id = counted.version_id
      group by 1, 2
      on conflict (module_id, day, version_id) do update set ${addedTo('module_downloads_by_day')}
    )
    update modules set downloads = modules.downloads + sums.downloads
    from (select module_id, sum(downloads) as downloads from version group by 1) as sums
    where modules.id = sums.module_id`.execute(tx)
}

async function writeProviderDownloads(tx: Tx, batch: Counted[]): Promise<void> {
  const { ids, keys, clients, counts } = columnsOf(batch)
  await sql`/*n:writeProviderDownloads*/
    with counted as (
      select * from unnest(${ids}::bigint[], ${keys}::uuid[], ${clients}::text[], ${counts}::int[]) as c(platform_id, key_id, client, downloads)
    ), event as (
      insert into download_events (provider_platform_id, api_key_id, client, downloads)
      select platform_id, key_id, client, downloads from counted
    ), platform as (
      update provider_platforms set downloads = provider_platforms.downloads + sums.downloads
      from (select platform_id, sum(downloads) as downloads from counted group by 1) as sums
      where provider_platforms.id = sums.platform_id
      returning provider_platforms.id, provider_version_id, sums.downloads
    ), version as (
      update provider_versions set downloads = provider_versions.downloads + sums.downloads
      from (select provider_version_id, sum(downloads) as downloads from platform group by 1) as sums
      where provider_versions.id = sums.provider_version_id
      returning provider_versions.id, provider_id, sums.downloads
    ), day as (
      insert into provider_downloads_by_day (provider_id, version_id, day, terraform, opentofu, other)
      select version.provider_id, version.id, (now() at time zone 'UTC')::date, ${byClient}
      from counted
      join platform on platform.id = counted.platform_id
      join version on version.id = platform.provider_version_id
      group by 1, 2
      on conflict (provider_id, day, version_id) do update set ${addedTo('provider_downloads_by_day')}
    )
    update providers set downloads = providers.downloads + sums.downloads
    from (select provider_id, sum(downloads) as downloads from version group by 1) as sums
    where providers.id = sums.provider_id`.execute(tx)
}

/** `terraform`, `opentofu` or `other`: enough to tell who asks, too little to tell people apart. */
function clientName(userAgent: string | undefined): string {
  if (userAgent === undefined) return 'other'
  if (userAgent.startsWith('Terraform/')) return 'terraform'
  return userAgent.startsWith('OpenTofu/') ? 'opentofu' : 'other'
}
