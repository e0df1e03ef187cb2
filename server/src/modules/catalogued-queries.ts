/** Modules of other registries, merged set by set: what an import has staged becomes rows, and rows that say the same stay as they are. */
import { sql } from 'kysely'
import { changedRows, type Db, type Tx } from '../foundation/database/database.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import type { Changed, KnownItem, StagedModule } from '../upstream/merged.ts'
import './tables.ts'

/** Temporary tables of the session, in the shape that the migration gave them. */
export async function prepareModuleStaging(db: Db): Promise<void> {
  await sql`create temporary table if not exists staged_modules (like staging.modules) on commit delete rows`.execute(
    db,
  )
  await sql`create temporary table if not exists staged_module_versions (like staging.module_versions) on commit delete rows`.execute(
    db,
  )
}

/** What is known of these already, by `namespace/name/system`. */
export async function knownModules(db: Db | Tx, hostname: string, addresses: string[]): Promise<KnownItem[]> {
  const found = await sql<KnownItem>`
    select asked.address, m.id, m.source_digest as digest, m.gone_at is not null as gone
    from unnest(${addresses}::text[]) as asked (address)
    join lateral (
      select id, source_digest, gone_at from modules
      where hostname = ${hostname} and namespace = split_part(asked.address, '/', 1)
        and name = split_part(asked.address, '/', 2) and system = split_part(asked.address, '/', 3)
      -- Of the indexes that would do, the one that leads straight there, also when the planner has no numbers yet.
      order by hostname, namespace, name, system limit 1) m on true`.execute(db)
  return found.rows
}

/** Brings modules that are in the catalogue in line with these; in the transaction that is open on this connection. */
export async function mergeModules(own: OwnConnection, tx: Tx, modules: StagedModule[]): Promise<Changed> {
  await own.copy('staged_modules', moduleColumns, modules.map(moduleRow))
  await own.copy('staged_module_versions', versionColumns, versionRows(modules))
  const gone = await changedRows(
    tx,
    sql`delete from module_versions v using staged_modules m where v.module_id = m.id
      and not exists (select from staged_module_versions s where s.item = m.item and s.core = v.core)`,
  )
  const changed = await changedRows(
    tx,
    sql`update module_versions v set version = s.version, tag = s.tag, listed = s.listed, position = s.position,
        published_at = coalesce(s.published_at, v.published_at), downloads = coalesce(s.downloads, v.downloads)
      from staged_modules m join staged_module_versions s on s.item = m.item
      where v.module_id = m.id and v.core = s.core
        and (v.version, v.tag, v.listed, v.position, v.published_at, v.downloads) is distinct from
            (s.version, s.tag, s.listed, s.position, coalesce(s.published_at, v.published_at), coalesce(s.downloads, v.downloads))`,
  )
  const added = await changedRows(
    tx,
    sql`insert into module_versions (module_id, version, tag, core, precedence, prerelease, listed, position, origin,
                                     published_at, downloads)
      select m.id, s.version, s.tag, s.core, s.precedence, s.prerelease, s.listed, s.position, 'catalogued',
             s.published_at, coalesce(s.downloads, 0)
      from staged_modules m join staged_module_versions s on s.item = m.item
      where not exists (select from module_versions v where v.module_id = m.id and v.core = s.core)
      order by m.item, s.position desc`,
  )
  await sql`update modules m set description = coalesce(s.description, m.description),
      source_url = coalesce(s.source_url, m.source_url), repository = s.repository,
      downloads = coalesce(s.downloads, m.downloads), popularity = coalesce(s.popularity, m.popularity),
      verified = coalesce(s.verified, m.verified), archived = coalesce(s.archived, m.archived),
      fork_of = coalesce(s.fork_of, m.fork_of), source_path = s.source_path, source_digest = s.source_digest,
      gone_at = null, updated_at = now()
    from staged_modules s where m.id = s.id`.execute(tx)
  return { new: added, changed, gone }
}

/** Marks what is not among those that a run has met. @returns their addresses */
export async function markModulesGone(tx: Tx, hostname: string, runId: string): Promise<string[]> {
  // The planner has no numbers yet of rows that have just come; this takes the same way whatever they are.
  const gone = await sql<{ address: string }>`
    update modules set gone_at = now(), updated_at = now() where id in (
      select id from modules where hostname = ${hostname} and origin = 'catalogued' and gone_at is null
      except select item_id from catalogue_import_items where run_id = ${runId} and kind = 'module')
    returning namespace || '/' || name || '/' || system as address`.execute(tx)
  return gone.rows.map(({ address }) => address)
}

const moduleColumns = [
  ...['item', 'id', 'description', 'source_url', 'repository', 'downloads', 'popularity', 'verified', 'archived'],
  ...['fork_of', 'source_path', 'source_digest'],
]

const moduleRow = (module: StagedModule, item: number) => [
  ...[item, module.id, module.description, module.sourceUrl, module.repository, module.downloads, module.popularity],
  ...[module.verified, module.archived, module.forkOf, module.sourcePath, module.digest],
]

const versionColumns = [
  ...['item', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'published_at', 'downloads'],
]

function* versionRows(modules: StagedModule[]): Generator<unknown[]> {
  for (const [item, { versions }] of modules.entries()) {
    for (const [index, one] of versions.entries()) {
      const position = versions.length - 1 - index
      yield [
        ...[item, one.version, one.tag, one.core, one.precedence, one.prerelease, one.listed, position],
        ...[one.publishedAt, one.downloads],
      ]
    }
  }
}
