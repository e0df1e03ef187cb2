/** Providers of other registries that are not in the catalogue yet: copied to where they belong, without a detour. */
import type { Tx } from '../foundation/database/database.ts'
import { nextIds, type OwnConnection } from '../foundation/database/own-connection.ts'
import type { StagedProvider, StagedProviderVersion } from '../upstream/merged.ts'
import {
  type ListedPlatforms,
  listedColumns,
  listedPlatforms,
  listedRow,
  platformColumns,
  rowsOf,
} from './catalogued-platforms.ts'

/** In the transaction that is open on this connection. @returns their ids */
export async function insertCataloguedProviders(
  own: OwnConnection,
  tx: Tx,
  hostname: string,
  providers: StagedProvider[],
): Promise<string[]> {
  const ids = await nextIds(tx, 'providers', providers.length)
  const versions = providers.flatMap((provider, index) => versionsOf(ids[index]!, provider))
  await own.copy(
    'providers',
    providerColumns,
    providers.map((provider, index) => providerRow(ids[index]!, hostname, provider)),
  )
  // Few versions have platforms that need rows, and only those have to be known by their numbers.
  const [listed, others] = apart(versions)
  await own.copy('provider_versions', versionColumns, listed.map(versionRow))
  if (others.length > 0) await insertWithPlatforms(own, tx, others)
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

type PlacedVersion = {
  version: StagedProviderVersion
  providerId: string
  position: number
  listed: ListedPlatforms | undefined
}

const versionsOf = (providerId: string, { versions }: StagedProvider): PlacedVersion[] =>
  versions.map((version, index) => ({
    version,
    providerId,
    position: versions.length - 1 - index,
    listed: listedPlatforms(version),
  }))

const needRows = ({ version, listed }: PlacedVersion) => !listed && version.platforms.length > 0

const apart = (versions: PlacedVersion[]): [listed: PlacedVersion[], others: PlacedVersion[]] =>
  versions.some(needRows) ? [versions.filter((one) => !needRows(one)), versions.filter(needRows)] : [versions, []]

async function insertWithPlatforms(own: OwnConnection, tx: Tx, versions: PlacedVersion[]): Promise<void> {
  const ids = await nextIds(tx, 'provider_versions', versions.length)
  await own.copy(
    'provider_versions',
    ['id', ...versionColumns],
    versions.map((version, index) => [ids[index], ...versionRow(version)]),
  )
  await own.copy('provider_platforms', ['provider_version_id', ...platformColumns], platformRows(ids, versions))
}

const versionColumns = [
  ...['provider_id', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'protocols'],
  ...['shasums_url', 'shasums_signature_url', 'discovered', 'origin', 'published_at', 'downloads'],
  ...listedColumns,
]

const versionRow = ({ version, providerId, position, listed }: PlacedVersion): unknown[] => [
  ...[providerId, version.version, version.tag, version.core, version.precedence, version.prerelease, version.listed],
  ...[position, version.protocols, version.shasumsUrl, version.shasumsSignatureUrl, version.discovered, 'catalogued'],
  ...[version.publishedAt, version.downloads ?? 0],
  ...listedRow(listed),
]

function* platformRows(versionIds: string[], versions: PlacedVersion[]): Generator<unknown[]> {
  for (const [index, { version }] of versions.entries()) {
    for (const row of rowsOf(version)) yield [versionIds[index], ...row]
  }
}
