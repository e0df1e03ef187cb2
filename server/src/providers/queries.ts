/** All SQL of providers, but that of signing keys and of files that wait. */
import type { SourceFields } from '@cadastre/contract/version-source'
import { type ExpressionBuilder, sql } from 'kysely'
import type { NamespaceRights, ReadableNamespaces } from '../access/permit.ts'
import { type Db, namedStatement, type Tables, type Tx } from '../foundation/database/database.ts'
import { precedenceKey, type Version } from '../foundation/semver.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import { isReadable } from '../organizations/queries.ts'
import type { ProviderAddress } from './provider.ts'
import type { ProviderState } from './tables.ts'

const ownHostname = 'self'

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

const versionQuery = (db: Db | Tx, address: ProviderAddress, core: string) =>
  db
    .selectFrom('providers')
    .innerJoin('provider_versions', 'provider_versions.provider_id', 'providers.id')
    .leftJoin('signing_keys', 'signing_keys.id', 'provider_versions.signing_key_id')
    .where('providers.hostname', '=', ownHostname)
    .where('providers.namespace', '=', address.namespace)
    .where('providers.type', '=', address.type)
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

/** What a download answer needs, the namespace's rights included; null from where on nothing was found. */
export type DownloadTarget = {
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  version: string | null
  state: ProviderState | null
  shasumsFilename: string | null
  packageDocument: string | null
  platformId: string | null
  filename: string | null
  sha256: string | null
  backend: BackendName | null
  revision: string | null
}

const findDownloadTargets = namedStatement<DownloadTarget>(
  'findProviderDownloads',
  `select n.name, n.organization_id as "organizationId", n.visibility,
          v.version, v.state, v.shasums_filename as "shasumsFilename", v.package_document as "packageDocument",
          pp.id as "platformId", pp.filename, pp.sha256, o.backend, o.revision
   from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) with ordinality
     as asked (namespace, type, core, os, arch, position)
   left join namespaces n on n.name = asked.namespace
   left join providers p on p.hostname = 'self' and p.namespace = n.name and p.type = asked.type
   left join provider_versions v on v.provider_id = p.id and v.core = asked.core
   left join provider_platforms pp on pp.provider_version_id = v.id and pp.os = asked.os and pp.arch = asked.arch
   left join stored_objects o on o.id = pp.object_id
   order by asked.position`,
)

export type AskedDownload = ProviderAddress & { core: string; os: string; arch: string }

/** One query for all of them, in their order. */
export const findDownloads = (db: Db, asked: AskedDownload[]) =>
  findDownloadTargets(
    db,
    (['namespace', 'type', 'core', 'os', 'arch'] as const).map((part) => asked.map((each) => each[part])),
  )

/** The bytes that are not in the store: sums and their signature. */
export function findSums(db: Db | Tx, address: ProviderAddress, core: string) {
  return db
    .selectFrom('providers')
    .innerJoin('provider_versions', 'provider_versions.provider_id', 'providers.id')
    .where('providers.hostname', '=', ownHostname)
    .where('providers.namespace', '=', address.namespace)
    .where('providers.type', '=', address.type)
    .where('provider_versions.core', '=', core)
    .select(['provider_versions.shasums', 'provider_versions.shasums_signature as signature'])
    .executeTakeFirst()
}

export async function findProviderId(db: Db | Tx, address: ProviderAddress): Promise<string | undefined> {
  const found = await db
    .selectFrom('providers')
    .where('hostname', '=', ownHostname)
    .where('namespace', '=', address.namespace)
    .where('type', '=', address.type)
    .select('id')
    .executeTakeFirst()
  return found?.id
}

const latestVersion = sql<string | null>`(
  select version from provider_versions
  where provider_id = providers.id and state in ('active', 'deprecated') and not prerelease
  order by precedence desc limit 1)`

const providerColumns = [
  'providers.namespace',
  'providers.type',
  'providers.description',
  'providers.source_url as sourceUrl',
  'providers.deprecation',
  latestVersion.as('latestVersion'),
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

/** By address. @param after address of the last provider of the page before @param namespace only in this one */
export function listProviders(
  db: Db,
  readable: ReadableNamespaces,
  options: { after: string[]; namespace: string | undefined; limit: number },
) {
  let query = db
    .selectFrom('providers')
    .innerJoin('namespaces', 'namespaces.id', 'providers.namespace_id')
    .where(isReadable(readable))
    .where('providers.hostname', '=', ownHostname)
    .where(hasVersions)
    .select(providerColumns)
    .orderBy('providers.namespace')
    .orderBy('providers.type')
    .limit(options.limit)
  const [namespace, type] = options.after
  if (options.namespace !== undefined) query = query.where('providers.namespace', '=', options.namespace)
  if (namespace && type)
    query = query.where(sql<boolean>`(providers.namespace, providers.type) > (${namespace}, ${type})`)
  return query.execute()
}

export async function findProvider(db: Db | Tx, address: ProviderAddress) {
  return db
    .selectFrom('providers')
    .where('hostname', '=', ownHostname)
    .where('namespace', '=', address.namespace)
    .where('type', '=', address.type)
    .where(hasVersions)
    .select([...providerColumns, 'providers.id'])
    .executeTakeFirst()
}

/** Makes the provider if it is new, and locks its row: changes of one provider come one after the other. */
export async function lockProvider(tx: Tx, address: ProviderAddress, namespaceId: string) {
  return tx
    .insertInto('providers')
    .values({ namespace_id: namespaceId, hostname: ownHostname, ...address })
    .onConflict((conflict) =>
      conflict.columns(['hostname', 'namespace', 'type']).doUpdateSet({ updated_at: new Date() }),
    )
    .returning(['id', 'deprecation'])
    .executeTakeFirstOrThrow()
}

/** @returns the id of the new version */
export async function insertVersion(
  tx: Tx,
  published: {
    providerId: string
    version: Version
    protocols: string[]
    shasums: Buffer
    shasumsFilename: string
    signature: Buffer
    key: { id: string; keyId: string; armored: string }
    packageDocument: string
    from: SourceFields
    publishedBy: string
  },
): Promise<string> {
  const { version, key } = published
  const row = await tx
    .insertInto('provider_versions')
    .values({
      provider_id: published.providerId,
      version: version.text,
      core: version.core,
      precedence: precedenceKey(version),
      prerelease: version.prerelease !== '',
      protocols: published.protocols,
      shasums: published.shasums,
      shasums_filename: published.shasumsFilename,
      shasums_signature: published.signature,
      gpg_key_id: key.keyId,
      gpg_public_key: key.armored,
      signing_key_id: key.id,
      package_document: published.packageDocument,
      source_url: published.from.source,
      source_commit: published.from.commit,
      source_folder: published.from.folder,
      published_by: published.publishedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

export async function insertPlatforms(
  tx: Tx,
  versionId: string,
  platforms: (Omit<PlatformRow, 'downloads'> & { objectId: string })[],
): Promise<void> {
  await tx
    .insertInto('provider_platforms')
    .values(
      platforms.map(({ os, arch, filename, sha256, h1, h1Unpacked, sizeBytes, objectId }) => ({
        provider_version_id: versionId,
        os,
        arch,
        filename,
        sha256,
        h1,
        h1_unpacked: h1Unpacked,
        size_bytes: sizeBytes,
        object_id: objectId,
      })),
    )
    .execute()
}

/** The newest stable version that says where it comes from says it of the provider. */
export async function refreshSource(tx: Tx, providerId: string): Promise<void> {
  await sql`update providers set source_url = coalesce(
      (select source_url from provider_versions
       where provider_id = ${providerId} and state in ('active', 'deprecated') and source_url <> ''
       order by prerelease, precedence desc limit 1), '') where id = ${providerId}`.execute(tx)
}

export async function setVersionState(
  tx: Tx,
  versionId: string,
  state: 'active' | 'deprecated' | 'deleted',
  deprecation: string,
): Promise<void> {
  await tx
    .updateTable('provider_versions')
    .set({ state, deprecation, deleted_at: state === 'deleted' ? new Date() : null })
    .where('id', '=', versionId)
    .execute()
}

export async function setProviderDeprecation(tx: Tx, providerId: string, deprecation: string): Promise<void> {
  await tx.updateTable('providers').set({ deprecation, updated_at: new Date() }).where('id', '=', providerId).execute()
}

export const findProviderState = (db: Db | Tx, providerId: string) =>
  db.selectFrom('providers').where('id', '=', providerId).select('deprecation').executeTakeFirstOrThrow()
