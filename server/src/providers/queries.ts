/** What is asked of providers and their versions; what a download needs, and what a change writes, lies beside it. */
import type { ProviderListQuery } from '@cadastre/contract/providers'
import { type ExpressionBuilder, sql } from 'kysely'
import type { ReadableNamespaces } from '../access/permit.ts'
import type { Db, Tables, Tx } from '../foundation/database/database.ts'
import { following, rankOf, saying } from '../organizations/list-order.ts'
import { isReadable } from '../organizations/queries.ts'
import type { ProviderAddress } from './provider.ts'
import type { ProviderState } from './tables.ts'

/** In the rows of what is published here, where those of the catalogue have the host name of a registry. */
export const ownHostname = 'self'

export type PlatformRow = {
  os: string
  arch: string
  filename: string
  sha256: string
  h1: string
  h1Unpacked: string
  sizeBytes: number | null
  downloads: number
}

export type ProviderVersionRow = {
  id: string
  providerId: string
  version: string
  core: string
  precedence: string
  state: ProviderState
  deprecation: string
  protocols: string[]
  keyId: string
  fingerprint: string | null
  source: string
  commit: string
  folder: string
  keyExpiresAt: Date | null
  downloads: number
  publishedBy: string
  publishedAt: Date
  /** false once the zips of a deleted version are let go */
  hasZips: boolean
  platforms: PlatformRow[]
}

const platformsOfVersion = sql<PlatformRow[]>`(
  select coalesce(json_agg(json_build_object('os', os, 'arch', arch, 'filename', filename, 'sha256', sha256, 'h1', h1,
    'h1Unpacked', h1_unpacked, 'sizeBytes', size_bytes, 'downloads', downloads) order by os, arch), '[]')
  from provider_platforms where provider_version_id = provider_versions.id)`

const versionColumns = [
  'provider_versions.id',
  'provider_versions.provider_id as providerId',
  'provider_versions.version',
  'provider_versions.core',
  'provider_versions.precedence',
  'provider_versions.state',
  'provider_versions.deprecation',
  'provider_versions.protocols',
  'provider_versions.source_url as source',
  'provider_versions.source_commit as commit',
  'provider_versions.source_folder as folder',
  'provider_versions.gpg_key_id as keyId',
  'signing_keys.fingerprint',
  'signing_keys.expires_at as keyExpiresAt',
  sql<number>`provider_versions.downloads::float8`.as('downloads'),
  'provider_versions.published_by as publishedBy',
  'provider_versions.published_at as publishedAt',
  sql<boolean>`exists (select from provider_platforms where provider_version_id = provider_versions.id and object_id is not null)`.as(
    'hasZips',
  ),
  platformsOfVersion.as('platforms'),
] as const

/** The provider of this address that is published here. */
const ownProvider =
  ({ namespace, type }: ProviderAddress) =>
  ({ and, eb }: ExpressionBuilder<Tables, 'providers'>) =>
    and([
      eb('providers.hostname', '=', ownHostname),
      eb('providers.namespace', '=', namespace),
      eb('providers.type', '=', type),
    ])

const versionQuery = (db: Db | Tx, address: ProviderAddress, core: string) =>
  db
    .selectFrom('providers')
    .innerJoin('provider_versions', 'provider_versions.provider_id', 'providers.id')
    .leftJoin('signing_keys', 'signing_keys.id', 'provider_versions.signing_key_id')
    .where(ownProvider(address))
    .where('provider_versions.core', '=', core)
    .select(versionColumns)

export const findVersion = (
  db: Db | Tx,
  address: ProviderAddress,
  core: string,
): Promise<ProviderVersionRow | undefined> => versionQuery(db, address, core).executeTakeFirst()

/**
 * The same, held until the transaction ends with its provider: neither another change of them nor the sweep comes in
 * between. In the order in which downloads are counted, so that the two do not wait for each other in a circle.
 */
export const lockVersion = (tx: Tx, address: ProviderAddress, core: string): Promise<ProviderVersionRow | undefined> =>
  versionQuery(tx, address, core).forUpdate(['provider_versions', 'providers']).executeTakeFirst()

/** @param below precedence of the last version of the page before */
export function listVersions(
  db: Db,
  providerId: string,
  options: { below?: string; limit: number; deletedToo: boolean },
): Promise<ProviderVersionRow[]> {
  let query = db
    .selectFrom('provider_versions')
    .leftJoin('signing_keys', 'signing_keys.id', 'provider_versions.signing_key_id')
    .where('provider_versions.provider_id', '=', providerId)
    .select(versionColumns)
    .orderBy('provider_versions.precedence', 'desc')
    .limit(options.limit)
  if (options.below !== undefined) query = query.where('provider_versions.precedence', '<', options.below)
  if (!options.deletedToo) query = query.where('provider_versions.state', '<>', 'deleted')
  return query.execute()
}

export type ListedVersion = {
  version: string
  protocols: string[]
  state: ProviderState
  deprecation: string
  platforms: { os: string; arch: string }[]
}

/** What the protocol lists, newest first. Deprecated versions install; revoked and deleted ones are not named. */
export function listedVersions(db: Db | Tx, providerId: string): Promise<ListedVersion[]> {
  return db
    .selectFrom('provider_versions')
    .where('provider_id', '=', providerId)
    .where('state', 'in', ['active', 'deprecated'])
    .select([
      'version',
      'protocols',
      'state',
      'deprecation',
      sql<{ os: string; arch: string }[]>`(
        select coalesce(json_agg(json_build_object('os', os, 'arch', arch) order by os, arch), '[]')
        from provider_platforms where provider_version_id = provider_versions.id)`.as('platforms'),
    ])
    .orderBy('precedence', 'desc')
    .execute()
}

/** The bytes that are not in the store: sums and their signature. */
export function findSums(db: Db | Tx, address: ProviderAddress, core: string) {
  return db
    .selectFrom('providers')
    .innerJoin('provider_versions', 'provider_versions.provider_id', 'providers.id')
    .where(ownProvider(address))
    .where('provider_versions.core', '=', core)
    .select(['provider_versions.shasums', 'provider_versions.shasums_signature as signature'])
    .executeTakeFirst()
}

export async function findProviderId(db: Db | Tx, address: ProviderAddress): Promise<string | undefined> {
  const found = await db.selectFrom('providers').where(ownProvider(address)).select('providers.id').executeTakeFirst()
  return found?.id
}

/** A provider with what its latest version says, which is found by one step in an index. */
const providersWithLatest = (db: Db | Tx) =>
  db.selectFrom('providers').leftJoinLateral(
    ({ selectFrom }) =>
      selectFrom('provider_versions')
        .whereRef('provider_id', '=', 'providers.id')
        .where('state', 'in', ['active', 'deprecated'])
        .where('prerelease', '=', false)
        .select(['version', 'published_at'])
        .select(sql<'active' | 'deprecated'>`state`.as('state'))
        .orderBy('precedence', 'desc')
        .limit(1)
        .as('latest'),
    (join) => join.onTrue(),
  )

/** The version that speaks of where the code of a provider comes from, as `refreshSource` chooses it. */
const sourceVersion = sql<string | null>`(
  select version from provider_versions as said
  where said.provider_id = providers.id and said.state in ('active', 'deprecated') and said.source_url <> ''
  order by said.prerelease, said.precedence desc limit 1)`

const providerColumns = [
  'providers.namespace',
  'providers.type',
  'providers.description',
  'providers.source_url as sourceUrl',
  sourceVersion.as('sourceVersion'),
  'providers.deprecation',
  'latest.version as latestVersion',
  'latest.state as latestState',
  'latest.published_at as latestPublishedAt',
  sql<number>`providers.downloads::float8`.as('downloads'),
  'providers.created_at as createdAt',
] as const

/** A provider whose every version is deleted is not there. */
const hasVersions = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'providers'>) =>
  exists(
    selectFrom('provider_versions')
      .whereRef('provider_id', '=', 'providers.id')
      .where('state', '<>', 'deleted')
      .select('provider_versions.id'),
  )

/** @param after of the last provider of the page before: its address, behind its rank where the list has one */
export function listProviders(
  db: Db,
  readable: ReadableNamespaces,
  { after, limit, ...wanted }: Pick<ProviderListQuery, 'namespace' | 'q' | 'sort'> & { after: string[]; limit: number },
) {
  const { namespace, q, sort } = wanted
  const rank = rankOf('providers', sort)
  let query = providersWithLatest(db)
    .innerJoin('namespaces', 'namespaces.id', 'providers.namespace_id')
    .where(isReadable(readable))
    .where('providers.hostname', '=', ownHostname)
    .where(hasVersions)
    .where(following(rank, after, addressColumns))
    .select([...providerColumns, (rank?.number ?? sql<string>`0`).as('rank')])
    .limit(limit)
  if (namespace !== undefined) query = query.where('providers.namespace', '=', namespace)
  if (q !== undefined) query = query.where(saying(q, searchedText))
  if (rank) query = query.orderBy(rank.by, 'desc')
  for (const column of addressColumns) query = query.orderBy(column)
  return query.execute()
}

const addressColumns = ['providers.namespace', 'providers.type'] as const
const searchedText = sql`providers.namespace || '/' || providers.type || ' ' || providers.description`

export async function findProvider(db: Db | Tx, address: ProviderAddress) {
  return providersWithLatest(db)
    .where(ownProvider(address))
    .where(hasVersions)
    .select([...providerColumns, 'providers.id'])
    .executeTakeFirst()
}

export const findProviderState = (db: Db | Tx, providerId: string) =>
  db.selectFrom('providers').where('id', '=', providerId).select('deprecation').executeTakeFirstOrThrow()
