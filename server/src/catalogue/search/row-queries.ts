/** What the search index is made of, read from the tables of modules and providers. */
import { type RawBuilder, sql } from 'kysely'
import type { Visibility } from '../../access/permit.ts'
import type { Db } from '../../foundation/database/database.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import { catalogueOrganization } from '../../upstream/catalogued-rights.ts'
import type { Kind, Rights, SearchRow } from './segment.ts'

/** All of them in the order of their ids, as they come. @param own connection */
export const allRows = (db: Db, own: OwnConnection, kind: Kind): AsyncIterable<Iterable<(string | null)[]>> =>
  own.rows(rowsQuery(kind, sql`true`).compile(db).sql)

export type OwnAddress = { namespace: string; name: string; system: string }

/** Of this registry's own. @param addresses `system` is empty for providers */
export function readOwnRows(db: Db, kind: Kind, addresses: OwnAddress[]): Promise<SearchRow[]> {
  if (addresses.length === 0) return Promise.resolve([])
  const parts = (['namespace', 'name', 'system'] as const).map((part) => addresses.map((address) => address[part]))
  const asked = sql`select * from unnest(${parts[0]}::text[], ${parts[1]}::text[], ${parts[2]}::text[])`
  return readRows(
    db,
    kind,
    sql`item.hostname = 'self' and (item.namespace, ${nameIn(kind)}, ${systemIn(kind)}) in (${asked})`,
  )
}

export const readRowsById = (db: Db, kind: Kind, ids: number[]): Promise<SearchRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : readRows(db, kind, sql`item.id = any(${ids}::bigint[])`)

/** Of other registries, that were written at this time or later. */
export const readForeignRowsSince = (db: Db, kind: Kind, since: Date, limit: number): Promise<SearchRow[]> =>
  readRows(db, kind, sql`item.updated_at >= ${since} and item.hostname <> 'self'`, limit)

const nameIn = (kind: Kind) => sql.ref(kind === 'module' ? 'item.name' : 'item.type')
const systemIn = (kind: Kind) => (kind === 'module' ? sql.ref('item.system') : sql`''`)

const readRows = async (db: Db, kind: Kind, where: RawBuilder<unknown>, limit?: number): Promise<SearchRow[]> =>
  (await rowsQuery(kind, where, limit).execute(db)).rows

/** Without parameters, but for those in `where`; its columns in the order of `rowOf`. */
function rowsQuery(kind: Kind, where: RawBuilder<unknown>, limit?: number): RawBuilder<SearchRow> {
  const deprecation = kind === 'provider' ? sql`item.deprecation <> ''` : sql`false`
  const versions = sql.table(kind === 'module' ? 'module_versions' : 'provider_versions')
  const itemId = sql.ref(kind === 'module' ? 'module_id' : 'provider_id')
  return sql<SearchRow>`
    select ${sql.lit(kind)} as kind, item.id::float8 as id, item.hostname, item.namespace, ${nameIn(kind)} as name,
           ${systemIn(kind)} as system, item.description, item.origin, item.popularity::float8 as popularity,
           item.downloads::float8 as downloads, (extract(epoch from version.newest) * 1000)::float8 as "updatedAt",
           item.verified, item.archived, item.fork_of <> '' as "isFork",
           coalesce(own.organization_id::text, ${sql.lit(catalogueOrganization)}) as "organizationId",
           coalesce(own.visibility, catalogued.visibility, source.visibility, 'internal') as visibility,
           case when item.gone_at is not null then 'hidden'
                when version.active then case when ${deprecation} then 'deprecated' else 'active' end
                when version.deprecated then 'deprecated'
                when version.revoked then 'revoked'
                when version.count = 0 and item.origin = 'catalogued' then 'active'
                else 'hidden' end as state,
           learnt.terms
    from ${sql.table(`${kind}s`)} as item
    left join namespaces as own on own.id = item.namespace_id
    left join catalogue_sources as source on source.hostname = item.hostname
    left join catalogue_namespaces as catalogued
      on catalogued.hostname = item.hostname and catalogued.namespace = lower(item.namespace)
    cross join lateral (
      select count(*) as count, max(published_at) filter (where state in ('active', 'deprecated')) as newest,
             bool_or(state = 'active') as active, bool_or(state = 'deprecated') as deprecated,
             bool_or(state = 'revoked') as revoked
      from ${versions} where ${itemId} = item.id
    ) as version
    cross join lateral (
      select jsonb_object_agg(field, terms) as terms from search_terms where kind = ${sql.lit(kind)} and item_id = item.id
    ) as learnt
    where ${where}
    order by item.id
    ${limit === undefined ? sql`` : sql`limit ${limit}`}`
}

/** A row of `allRows`. */
export const rowOf = (values: (string | null)[]): SearchRow =>
  ({
    kind: values[0],
    id: Number(values[1]),
    hostname: values[2],
    namespace: values[3],
    name: values[4],
    system: values[5],
    description: values[6],
    origin: values[7],
    popularity: values[8] && Number(values[8]),
    downloads: Number(values[9]),
    updatedAt: values[10] && Number(values[10]),
    verified: values[11] === 't',
    archived: values[12] === 't',
    isFork: values[13] === 't',
    organizationId: values[14],
    visibility: values[15],
    state: values[16],
    terms: values[17] && JSON.parse(values[17]),
  }) as SearchRow

export async function databaseTime(db: Db): Promise<Date> {
  return (await sql<{ now: Date }>`select now() as now`.execute(db)).rows[0]!.now
}

/** Of this registry's own namespaces; absent is what is not there. */
export async function readNamespaceRights(db: Db, names: string[]): Promise<Map<string, Rights>> {
  if (names.length === 0) return new Map()
  const { rows } = await sql<Rights & { name: string }>`
    select name, organization_id::text as "organizationId", visibility from namespaces where name = any(${names}::text[])`.execute(
    db,
  )
  return new Map(rows.map(({ name, ...rights }) => [name, rights]))
}

/** Of a host: what holds for all its namespaces, and for which it is another. */
export async function readHostVisibility(db: Db, hostname: string) {
  const { rows } = await sql<{ namespace: string | null; visibility: Visibility }>`
    select null as namespace, visibility from catalogue_sources where hostname = ${hostname}
    union all select namespace, visibility from catalogue_namespaces where hostname = ${hostname}`.execute(db)
  const ofHost = rows.find(({ namespace }) => namespace === null)?.visibility ?? 'internal'
  const ofNamespace = new Map(rows.map(({ namespace, visibility }) => [namespace ?? '', visibility]))
  return (namespace: string): Rights => ({
    organizationId: catalogueOrganization,
    visibility: ofNamespace.get(namespace) ?? ofHost,
  })
}
