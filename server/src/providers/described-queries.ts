/** What a search feed adds to providers of other registries that are in the catalogue already. Versions stay as they are. */
import { sql } from 'kysely'
import { changedRows, type Tx } from '../foundation/database/database.ts'
import type { StagedProvider } from '../upstream/merged.ts'
import './tables.ts'

/** @returns how many are not as they were */
export function describeProviders(tx: Tx, hostname: string, providers: StagedProvider[]): Promise<number> {
  const said = providers.map(({ namespace, type, description, popularity, forkOf, versions }) => ({
    ...{ namespace, type, description, popularity, forkOf },
    versions: versions.map(({ core, publishedAt }) => ({ core, publishedAt })),
  }))
  return changedRows(
    tx,
    sql`with said as (
      select p.id, s.* from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as s
        (namespace text, type text, description text, popularity bigint, "forkOf" text, versions jsonb)
      join providers p on p.hostname = ${hostname} and p.namespace = s.namespace and p.type = s.type
        and p.origin = 'catalogued' and p.gone_at is null),
    dated as (
      update provider_versions v set published_at = d."publishedAt"
      from said, jsonb_to_recordset(said.versions) as d (core text, "publishedAt" timestamptz)
      where v.provider_id = said.id and v.core = d.core and d."publishedAt" is not null
        and v.published_at is distinct from d."publishedAt"
      returning v.provider_id)
    update providers p set description = coalesce(said.description, p.description),
      popularity = coalesce(said.popularity, p.popularity), fork_of = coalesce(said."forkOf", p.fork_of), updated_at = now()
    from said where p.id = said.id and (
      (p.description, p.popularity, p.fork_of) is distinct from
        (coalesce(said.description, p.description), coalesce(said.popularity, p.popularity), coalesce(said."forkOf", p.fork_of))
      or p.id in (select provider_id from dated))`,
  )
}
