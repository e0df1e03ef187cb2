/** Providers of other registries, merged set by set: what an import has staged becomes rows, and rows that say the same stay as they are. */
import { sql } from 'kysely'
import { changedRows, type Db, type Tx } from '../foundation/database/database.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import type { Changed, KnownItem, StagedProvider, StagedProviderVersion } from '../upstream/merged.ts'
import {
  type ListedPlatforms,
  listedColumns,
  listedPlatforms,
  listedRow,
  platformColumns,
  platformsOf,
  rowsOf,
} from './catalogued-platforms.ts'
import './tables.ts'

/** Temporary tables of the session, in the shape that the migration gave them. */
export async function prepareProviderStaging(db: Db): Promise<void> {
  for (const table of ['providers', 'provider_versions', 'provider_platforms']) {
    await sql`create temporary table if not exists ${sql.id(`staged_${table}`)} (like ${sql.id('staging', table)}) on commit delete rows`.execute(
      db,
    )
  }
}

/** What is known of these already, by `namespace/type`. */
export async function knownProviders(db: Db | Tx, hostname: string, addresses: string[]): Promise<KnownItem[]> {
  const found = await sql<KnownItem>`
    select asked.address, p.id, p.source_digest as digest, p.gone_at is not null as gone
    from unnest(${addresses}::text[]) as asked (address)
    join lateral (
      select id, source_digest, gone_at from providers
      where hostname = ${hostname} and namespace = split_part(asked.address, '/', 1)
        and type = split_part(asked.address, '/', 2) limit 1) p on true`.execute(db)
  return found.rows
}

/** Brings providers that are in the catalogue in line with these; in the transaction that is open on this connection. */
export async function mergeProviders(
  own: OwnConnection,
  tx: Tx,
  providers: StagedProvider[],
): Promise<{ versions: Changed; platforms: Changed }> {
  const staged = providers.flatMap((provider, item) => versionsOf(provider, item))
  await own.copy('staged_providers', providerColumns, providers.map(providerRow))
  await own.copy('staged_provider_versions', versionColumns, staged.map(versionRow))
  await own.copy('staged_provider_platforms', ['number', ...platformColumns], platformRows(staged))
  // What a temporary table holds nobody counts by itself, and joins of a guess take the wrong way.
  await sql`analyze staged_provider_versions, staged_provider_platforms`.execute(tx)
  await findStagedVersions(tx)
  const platforms = await comparePlatforms(tx)
  const versions = await mergeVersions(tx)
  await findStagedVersions(tx)
  await mergePlatforms(tx)
  await sql`update providers p set description = coalesce(s.description, p.description),
      source_url = coalesce(s.source_url, p.source_url), repository = s.repository, warnings = s.warnings,
      downloads = coalesce(s.downloads, p.downloads), popularity = coalesce(s.popularity, p.popularity),
      verified = coalesce(s.verified, p.verified), archived = coalesce(s.archived, p.archived),
      fork_of = coalesce(s.fork_of, p.fork_of), source_path = s.source_path, source_digest = s.source_digest,
      gone_at = null, updated_at = now()
    from staged_providers s where p.id = s.id`.execute(tx)
  return { versions, platforms }
}

async function mergeVersions(tx: Tx): Promise<Changed> {
  const gone = await changedRows(
    tx,
    sql`delete from provider_versions v using staged_providers p where v.provider_id = p.id
      and not exists (select from staged_provider_versions s where s.item = p.item and s.core = v.core)`,
  )
  const changed = await changedRows(
    tx,
    sql`update provider_versions v set version = s.version, tag = s.tag, listed = s.listed, position = s.position,
        protocols = s.protocols, shasums_url = s.shasums_url, shasums_signature_url = s.shasums_signature_url,
        discovered = s.discovered, published_at = coalesce(s.published_at, v.published_at),
        downloads = coalesce(s.downloads, v.downloads)
      from staged_providers p join staged_provider_versions s on s.item = p.item
      where v.provider_id = p.id and v.core = s.core
        and (v.version, v.tag, v.listed, v.position, v.protocols, v.shasums_url, v.shasums_signature_url, v.discovered,
             v.published_at, v.downloads) is distinct from
            (s.version, s.tag, s.listed, s.position, s.protocols, s.shasums_url, s.shasums_signature_url, s.discovered,
             coalesce(s.published_at, v.published_at), coalesce(s.downloads, v.downloads))`,
  )
  const added = await changedRows(
    tx,
    sql`insert into provider_versions (provider_id, version, tag, core, precedence, prerelease, listed, position,
                                       protocols, shasums_url, shasums_signature_url, discovered, origin, published_at,
                                       downloads, ${listed('')})
      select p.id, s.version, s.tag, s.core, s.precedence, s.prerelease, s.listed, s.position, s.protocols,
             s.shasums_url, s.shasums_signature_url, s.discovered, 'catalogued', s.published_at,
             coalesce(s.downloads, 0), ${listed('s.')}
      from staged_providers p join staged_provider_versions s on s.item = p.item
      where not exists (select from provider_versions v where v.provider_id = p.id and v.core = s.core)
      order by p.item, s.position desc`,
  )
  return { new: added, changed, gone }
}

const findStagedVersions = (tx: Tx) =>
  sql`update staged_provider_versions s set id = v.id from staged_providers p
    join provider_versions v on v.provider_id = p.id where s.id is null and s.item = p.item and v.core = s.core`.execute(
    tx,
  )

const listed = (from: string) => sql.raw(listedColumns.map((column) => from + column).join(', '))

const said = (from: string) =>
  sql.raw(
    ['filename', 'download_url', 'sha256', 'h1', 'size_bytes', 'position'].map((column) => from + column).join(', '),
  )

/** What there is of the versions that stay or come, against what is staged, whichever way each is kept. */
async function comparePlatforms(tx: Tx): Promise<Changed> {
  const compared = await sql<Changed>`
    select count(*) filter (where was.os is null)::integer as new,
           count(*) filter (where s.os is null)::integer as gone,
           count(*) filter (where was.os is not null and s.os is not null
             and (${said('was.')}) is distinct from (${said('s.')}))::integer as changed
    from (select s.number, x.* from staged_provider_versions s join provider_versions v on v.id = s.id
          cross join lateral ${sql.raw(platformsOf('v'))} as x) as was
    full join (select number, os, arch, ${said('')} from staged_provider_platforms
               union all
               select v.number, x.os, x.arch, ${said('x.')} from staged_provider_versions v
               cross join lateral listed_platforms(${listed('v.')}) as x) as s
      on s.number = was.number and s.os = was.os and s.arch = was.arch`.execute(tx)
  return compared.rows[0]!
}

async function mergePlatforms(tx: Tx): Promise<void> {
  await sql`update provider_versions v set (${listed('')}) = row(${listed('s.')}) from staged_provider_versions s
    where v.id = s.id and (${listed('v.')}) is distinct from (${listed('s.')})`.execute(tx)
  await sql`delete from provider_platforms x using staged_provider_versions v
    where x.provider_version_id = v.id and not exists (
      select from staged_provider_platforms s where s.number = v.number and s.os = x.os and s.arch = x.arch)`.execute(
    tx,
  )
  await sql`update provider_platforms x set (${said('')}) = row(${said('s.')})
    from staged_provider_versions v join staged_provider_platforms s on s.number = v.number
    where x.provider_version_id = v.id and x.os = s.os and x.arch = s.arch
      and (${said('x.')}) is distinct from (${said('s.')})`.execute(tx)
  await sql`insert into provider_platforms (provider_version_id, os, arch, ${said('')})
    select v.id, s.os, s.arch, ${said('s.')}
    from staged_provider_versions v join staged_provider_platforms s on s.number = v.number
    where not exists (
      select from provider_platforms x where x.provider_version_id = v.id and x.os = s.os and x.arch = s.arch)
    order by v.number, s.position`.execute(tx)
}

/** Marks what is not among those that a run has met. @returns their addresses */
export async function markProvidersGone(tx: Tx, hostname: string, runId: string): Promise<string[]> {
  // The planner has no numbers yet of rows that have just come; this takes the same way whatever they are.
  const gone = await sql<{ address: string }>`
    update providers set gone_at = now(), updated_at = now() where id in (
      select id from providers where hostname = ${hostname} and origin = 'catalogued' and gone_at is null
      except select item_id from catalogue_import_items where run_id = ${runId} and kind = 'provider')
    returning namespace || '/' || type as address`.execute(tx)
  return gone.rows.map(({ address }) => address)
}

const providerColumns = [
  ...['item', 'id', 'description', 'source_url', 'repository', 'warnings', 'downloads', 'popularity', 'verified'],
  ...['archived', 'fork_of', 'source_path', 'source_digest'],
]

const providerRow = (provider: StagedProvider, item: number) => [
  ...[item, provider.id, provider.description, provider.sourceUrl, provider.repository, provider.warnings],
  ...[provider.downloads, provider.popularity, provider.verified, provider.archived, provider.forkOf],
  ...[provider.sourcePath, provider.digest],
]

type NumberedVersion = {
  version: StagedProviderVersion
  item: number
  position: number
  listed: ListedPlatforms | undefined
}

const versionsOf = ({ versions }: StagedProvider, item: number): NumberedVersion[] =>
  versions.map((version, index) => ({
    version,
    item,
    position: versions.length - 1 - index,
    listed: listedPlatforms(version),
  }))

const versionColumns = [
  ...['item', 'number', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'protocols'],
  ...['shasums_url', 'shasums_signature_url', 'discovered', 'published_at', 'downloads'],
  ...listedColumns,
]

const versionRow = ({ version, item, position, listed }: NumberedVersion, number: number): unknown[] => [
  ...[item, number, version.version, version.tag, version.core, version.precedence, version.prerelease, version.listed],
  ...[position, version.protocols, version.shasumsUrl, version.shasumsSignatureUrl, version.discovered],
  ...[version.publishedAt, version.downloads],
  ...listedRow(listed),
]

function* platformRows(versions: NumberedVersion[]): Generator<unknown[]> {
  for (const [number, { version, listed }] of versions.entries()) {
    if (!listed) for (const row of rowsOf(version)) yield [number, ...row]
  }
}
