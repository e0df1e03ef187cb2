/** Providers of other registries, merged set by set: what an import has staged becomes rows, and rows that say the same stay as they are. */
import { sql } from 'kysely'
import { changedRows, type Db, type Tx } from '../foundation/database/database.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import type { Changed, KnownItem, StagedProvider, StagedProviderVersion } from '../upstream/merged.ts'
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
  await own.copy('staged_provider_platforms', platformColumns, platformRows(staged))
  // What a temporary table holds nobody counts by itself, and joins of a guess take the wrong way.
  await sql`analyze staged_provider_versions, staged_provider_platforms`.execute(tx)
  const versions = await mergeVersions(tx)
  const platforms = await mergePlatforms(tx)
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
                                       downloads)
      select p.id, s.version, s.tag, s.core, s.precedence, s.prerelease, s.listed, s.position, s.protocols,
             s.shasums_url, s.shasums_signature_url, s.discovered, 'catalogued', s.published_at,
             coalesce(s.downloads, 0)
      from staged_providers p join staged_provider_versions s on s.item = p.item
      where not exists (select from provider_versions v where v.provider_id = p.id and v.core = s.core)
      order by p.item, s.position desc`,
  )
  await sql`update staged_provider_versions s set id = v.id from staged_providers p
    join provider_versions v on v.provider_id = p.id where s.item = p.item and v.core = s.core`.execute(tx)
  return { new: added, changed, gone }
}

async function mergePlatforms(tx: Tx): Promise<Changed> {
  const gone = await changedRows(
    tx,
    sql`delete from provider_platforms x using staged_provider_versions v
      where x.provider_version_id = v.id and not exists (
        select from staged_provider_platforms s where s.number = v.number and s.os = x.os and s.arch = x.arch)`,
  )
  const changed = await changedRows(
    tx,
    sql`update provider_platforms x set filename = s.filename, download_url = s.download_url, sha256 = s.sha256,
        h1 = s.h1, size_bytes = s.size_bytes, position = s.position
      from staged_provider_versions v join staged_provider_platforms s on s.number = v.number
      where x.provider_version_id = v.id and x.os = s.os and x.arch = s.arch
        and (x.filename, x.download_url, x.sha256, x.h1, x.size_bytes, x.position) is distinct from
            (s.filename, s.download_url, s.sha256, s.h1, s.size_bytes, s.position)`,
  )
  const added = await changedRows(
    tx,
    sql`insert into provider_platforms (provider_version_id, os, arch, filename, download_url, sha256, h1, size_bytes,
                                        position)
      select v.id, s.os, s.arch, s.filename, s.download_url, s.sha256, s.h1, s.size_bytes, s.position
      from staged_provider_versions v join staged_provider_platforms s on s.number = v.number
      where not exists (
        select from provider_platforms x where x.provider_version_id = v.id and x.os = s.os and x.arch = s.arch)
      order by v.number, s.position`,
  )
  return { new: added, changed, gone }
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

type NumberedVersion = StagedProviderVersion & { item: number; position: number }

const versionsOf = ({ versions }: StagedProvider, item: number): NumberedVersion[] =>
  versions.map((version, index) => ({ ...version, item, position: versions.length - 1 - index }))

const versionColumns = [
  ...['item', 'number', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'protocols'],
  ...['shasums_url', 'shasums_signature_url', 'discovered', 'published_at', 'downloads'],
]

const versionRow = (one: NumberedVersion, number: number) => [
  ...[one.item, number, one.version, one.tag, one.core, one.precedence, one.prerelease, one.listed, one.position],
  ...[one.protocols, one.shasumsUrl, one.shasumsSignatureUrl, one.discovered, one.publishedAt, one.downloads],
]

const platformColumns = [
  ...['number', 'os', 'arch', 'filename', 'download_url', 'sha256', 'h1', 'size_bytes', 'position'],
]

function* platformRows(versions: NumberedVersion[]): Generator<unknown[]> {
  for (const [number, { platforms }] of versions.entries()) {
    for (const [position, { os, arch, filename, downloadUrl, sha256, h1, sizeBytes }] of platforms.entries()) {
      yield [number, os, arch, filename, downloadUrl, sha256, h1, sizeBytes, position]
    }
  }
}
