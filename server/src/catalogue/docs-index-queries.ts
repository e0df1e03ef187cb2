/** What the docs index lists of one host: items with their versions, in the order of their addresses. */
import { type RawBuilder, sql } from 'kysely'
import type { Visibility } from '../access/permit.ts'
import type { Db } from '../foundation/database/database.ts'
import { catalogueOrganization } from '../upstream/catalogued-rights.ts'
import type { Kind } from './search/segment.ts'

export type IndexedItem = {
  hostname: string
  namespace: string
  name: string
  /** empty for a provider */
  system: string
  organizationId: string
  visibility: Visibility
  description: string
  /** null: its source does not say */
  popularity: number | null
  forkOf: string
  warnings: string[]
  /** newest first; of a date that nobody knows, null */
  versions: { id: string; published: string | null }[]
}

/** Of a registry in the catalogue, with every visibility that one of its namespaces has. */
export type IndexedHost = { hostname: string; visibilities: Visibility[] }

/** OpenTofu's first, whose shapes these are, then the others by name. */
export async function listIndexedHosts(db: Db): Promise<IndexedHost[]> {
  const { rows } = await sql<IndexedHost>`select source.hostname,
      array_agg(distinct space.visibility) filter (where space.visibility is not null) || source.visibility as visibilities
    from catalogue_sources source left join catalogue_namespaces space on space.hostname = source.hostname
    group by source.hostname
    order by source.hostname <> 'registry.opentofu.org', source.hostname`.execute(db)
  return rows
}

/** @param after namespace, name and system of the last one of the page before */
export const listIndexed = (db: Db, kind: Kind, hostname: string, after: string[], limit: number) =>
  readItems(
    db,
    kind,
    sql`item.hostname = ${hostname} and ${addressOf(kind)} > (${sql.join(kind === 'module' ? after : after.slice(0, 2))})
      order by ${orderOf(kind)} limit ${limit}`,
  )

/** Of every host that has it; other registries may know upper case. */
export const findIndexed = (db: Db, kind: Kind, hostnames: string[], address: string[]) => {
  const same = sql`${addressOf(kind)} = (${sql.join(address)})`
  const sameInAnyCase =
    kind === 'module'
      ? sql`(lower(item.namespace), lower(item.name), item.system) = (${sql.join(address)}) and item.hostname <> 'self'`
      : same
  return readItems(
    db,
    kind,
    sql`(item.hostname = 'self' and ${same} or item.hostname = any(${hostnames}::text[]) and ${sameInAnyCase})`,
  )
}

const addressOf = (kind: Kind) => sql`(${orderOf(kind)})`
const orderOf = (kind: Kind) =>
  kind === 'module' ? sql.raw('item.namespace, item.name, item.system') : sql.raw('item.namespace, item.type')

async function readItems(db: Db, kind: Kind, where: RawBuilder<unknown>): Promise<IndexedItem[]> {
  const ofKind =
    kind === 'module' ? sql.raw("item.name, item.system, '{}'::text[]") : sql.raw("item.type, '', item.warnings")
  const { rows } =
    await sql<IndexedItem>`select item.hostname, item.namespace, item.name, item.system, item.description, item.popularity, item."forkOf",
           item.warnings, coalesce(own.organization_id::text, ${catalogueOrganization}) as "organizationId",
           coalesce(own.visibility, space.visibility, source.visibility, 'internal') as visibility,
           coalesce(version.list, '[]') as versions
    from (
      select item.id, item.namespace_id, item.hostname, item.namespace, item.description,
             item.popularity::float8 as popularity, item.fork_of as "forkOf", of_kind.*
      from ${sql.table(`${kind}s`)} as item
      cross join lateral (select ${ofKind}) as of_kind (name, system, warnings)
      where item.gone_at is null and ${where}
    ) as item
    left join lateral (
      -- Few of many: without the limit all of them would be read.
      select organization_id, visibility from namespaces where id = item.namespace_id limit 1
    ) as own on true
    left join catalogue_sources as source on source.hostname = item.hostname
    left join catalogue_namespaces as space on space.hostname = item.hostname and space.namespace = lower(item.namespace)
    cross join lateral (
      select json_agg(json_build_object('id', 'v' || version, 'published',
               to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by precedence desc) as list
      from ${sql.table(`${kind}_versions`)}
      where ${sql.ref(`${kind}_id`)} = item.id and state in ('active', 'deprecated') and listed
    ) as version
    order by item.namespace, item.name, item.system`.execute(db)
  return rows
}
