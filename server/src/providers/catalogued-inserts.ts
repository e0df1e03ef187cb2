/** Providers of other registries that are not in the catalogue yet: copied to where they belong, without a detour. */
import type { Tx } from '../foundation/database/database.ts'
import { nextIds, type OwnConnection } from '../foundation/database/own-connection.ts'
import type { StagedProvider, StagedProviderVersion } from '../upstream/merged.ts'

/** In the transaction that is open on this connection. @returns their ids */
export async function insertCataloguedProviders(
  own: OwnConnection,
  tx: Tx,
  hostname: string,
  providers: StagedProvider[],
): Promise<string[]> {
  const ids = await nextIds(tx, 'providers', providers.length)
  const versions = providers.flatMap((provider, index) => versionsOf(ids[index]!, provider))
  const versionIds = await nextIds(tx, 'provider_versions', versions.length)
  await own.copy(
    'providers',
    providerColumns,
    providers.map((provider, index) => providerRow(ids[index]!, hostname, provider)),
  )
  await own.copy(
    'provider_versions',
    versionColumns,
    versions.map((version, index) => versionRow(versionIds[index]!, version)),
  )
  await own.copy('provider_platforms', platformColumns, platformRows(versionIds, versions))
  return ids
}

const providerColumns = [
  ...['id', 'hostname', 'namespace', 'type', 'origin', 'description', 'source_url', 'repository', 'warnings'],
  ...['downloads', 'popularity', 'verified', 'archived', 'fork_of', 'source_path', 'source_digest'],
]

const providerRow = (id: string, hostname: string, provider: StagedProvider) => [
  ...[id, hostname, provider.namespace, provider.type, 'catalogued', provider.description ?? ''],
  ...[provider.sourceUrl ?? '', provider.repository, provider.warnings, provider.downloads ?? 0, provider.popularity],
  ...[provider.verified ?? false, provider.archived ?? false, provider.forkOf ?? ''],
  ...[provider.sourcePath, provider.digest],
]

type PlacedVersion = StagedProviderVersion & { providerId: string; position: number }

const versionsOf = (providerId: string, { versions }: StagedProvider): PlacedVersion[] =>
  versions.map((version, index) => ({ ...version, providerId, position: versions.length - 1 - index }))

const versionColumns = [
  ...['id', 'provider_id', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'protocols'],
  ...['shasums_url', 'shasums_signature_url', 'discovered', 'origin', 'published_at', 'downloads'],
]

const versionRow = (id: string, one: PlacedVersion) => [
  ...[id, one.providerId, one.version, one.tag, one.core, one.precedence, one.prerelease, one.listed, one.position],
  ...[one.protocols, one.shasumsUrl, one.shasumsSignatureUrl, one.discovered, 'catalogued', one.publishedAt],
  one.downloads ?? 0,
]

const platformColumns = [
  ...['provider_version_id', 'os', 'arch', 'filename', 'download_url', 'sha256', 'h1', 'size_bytes', 'position'],
]

function* platformRows(versionIds: string[], versions: PlacedVersion[]): Generator<unknown[]> {
  for (const [index, { platforms }] of versions.entries()) {
    for (const [position, { os, arch, filename, downloadUrl, sha256, h1, sizeBytes }] of platforms.entries()) {
      yield [versionIds[index], os, arch, filename, downloadUrl, sha256, h1, sizeBytes, position]
    }
  }
}
