/** What a search feed adds to modules of other registries that are in the catalogue already. Versions stay as they are. */
import { sql } from 'kysely'
import { changedRows, type Tx } from '../foundation/database/database.ts'
import type { StagedModule } from '../upstream/merged.ts'
import './tables.ts'

/** @returns how many are not as they were */
export function describeModules(tx: Tx, hostname: string, modules: StagedModule[]): Promise<number> {
  const said = modules.map(({ namespace, name, system, description, popularity, forkOf, versions }) => ({
    ...{ namespace: namespace.toLowerCase(), name: name.toLowerCase(), system, description, popularity, forkOf },
    versions: versions.map(({ core, publishedAt }) => ({ core, publishedAt })),
  }))
  return changedRows(
    tx,
    sql`with said as (
      select m.id, s.* from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s
        (namespace text, name text, system text, description text, popularity bigint, "forkOf" text, versions jsonb)
      join modules m on m.hostname = ${hostname} and lower(m.namespace) = s.namespace and lower(m.name) = s.name
        and m.system = s.system and m.origin = 'catalogued' and m.gone_at is null),
    dated as (
      update module_versions v set published_at = d."publishedAt"
      from said, jsonb_to_recordset(said.versions) as d (core text, "publishedAt" timestamptz)
      where v.module_id = said.id and v.core = d.core and d."publishedAt" is not null
        and v.published_at is distinct from d."publishedAt"
      returning v.module_id)
    update modules m set description = coalesce(said.description, m.description),
      popularity = coalesce(said.popularity, m.popularity), fork_of = coalesce(said."forkOf", m.fork_of), updated_at = now()
    from said where m.id = said.id and (
      (m.description, m.popularity, m.fork_of) is distinct from
        (coalesce(said.description, m.description), coalesce(said.popularity, m.popularity), coalesce(said."forkOf", m.fork_of))
      or m.id in (select module_id from dated))`,
  )
}
