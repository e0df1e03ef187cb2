/** What the lists and details of providers say, by the newest version or by the one that is asked for. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { ReadableNamespaces } from '../../access/permit.ts'
import type { Db, Tables } from '../../foundation/database/database.ts'
import { isReadable } from '../../organizations/queries.ts'
import type { ProviderAddress } from '../../providers/provider.ts'

export type DescribedProvider = Awaited<ReturnType<typeof listProviders>>[number]

export type ProviderFilter = { namespace?: string | undefined; verified?: boolean | undefined }

/** By address. One more than fits on the page tells that there are more. */
export function listProviders(
  db: Db,
  readable: ReadableNamespaces,
  filter: ProviderFilter,
  { limit, offset }: { limit: number; offset: number },
) {
  const page = readableProviders(db, readable, filter)
    .select('providers.id')
    .orderBy('providers.namespace')
    .orderBy('providers.type')
    .limit(limit + 1)
    .offset(offset)
  return described(db)
    .where('providers.id', 'in', page)
    .orderBy('providers.namespace')
    .orderBy('providers.type')
    .execute()
}

/** How many there are, counted no further than to `most`. */
export async function countProviders(
  db: Db,
  readable: ReadableNamespaces,
  filter: ProviderFilter,
  most: number,
): Promise<number> {
  const some = readableProviders(db, readable, filter)
    .select('providers.id')
    .orderBy('providers.namespace')
    .orderBy('providers.type')
    .limit(most)
  const counted = db.selectFrom(some.as('some')).select(sql<number>`count(*)::float8`.as('count'))
  return (await counted.executeTakeFirstOrThrow()).count
}

function readableProviders(db: Db, readable: ReadableNamespaces, { namespace, verified }: ProviderFilter) {
  let query = db
    .selectFrom('providers')
    .innerJoin('namespaces', 'namespaces.id', 'providers.namespace_id')
    .where(isReadable(readable))
    .where('providers.hostname', '=', 'self')
    .where((row) => row.exists(newestOf(row)))
  if (namespace !== undefined) query = query.where('providers.namespace', '=', namespace)
  if (verified !== undefined) query = query.where('providers.verified', '=', verified)
  return query
}

/** @param core of a version in any state; absent: the newest that can be installed, a stable one if there is any */
export const findDescribed = (db: Db, { namespace, type }: ProviderAddress, core?: string) =>
  described(db, { core })
    .where('providers.hostname', '=', 'self')
    .where('providers.namespace', '=', namespace)
    .where('providers.type', '=', type)
    .executeTakeFirst()

export const findDescribedById = (db: Db, id: string, core?: string) =>
  described(db, { core }).where('providers.hostname', '=', 'self').where('providers.id', '=', id).executeTakeFirst()

/** That version, in any state, and its provider. */
export const findByVersion = (db: Db, versionId: string) =>
  described(db, { id: versionId }).where('providers.hostname', '=', 'self').executeTakeFirst()

/** Those that can be installed, oldest first. */
export const listVersions = (db: Db, providerId: string) =>
  db
    .selectFrom('provider_versions')
    .where('provider_id', '=', providerId)
    .where('state', 'in', ['active', 'deprecated'])
    .select(['id', 'version', 'tag', 'published_at as publishedAt', sql<number>`downloads::float8`.as('downloads')])
    .orderBy('precedence')
    .execute()

export const listPlatforms = (db: Db, versionId: string) =>
  db
    .selectFrom('provider_platforms')
    .where('provider_version_id', '=', versionId)
    .select(['id', 'os', 'arch', sql<number>`downloads::float8`.as('downloads')])
    .orderBy('os')
    .orderBy('arch')
    .execute()

type Which = { core?: string | undefined; id?: string }

const described = (db: Db, which: Which = {}) =>
  db
    .selectFrom('providers')
    .innerJoin('namespaces', 'namespaces.id', 'providers.namespace_id')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    .innerJoinLateral(
      (row) => chosen(row, which).as('version'),
      (join) => join.onTrue(),
    )
    .select([
      'providers.id',
      'providers.namespace',
      'providers.type',
      'providers.description',
      sql<string>`coalesce(nullif(version.source_url, ''), providers.source_url)`.as('source'),
      'providers.verified',
      'providers.deprecation',
      sql<number>`providers.downloads::float8`.as('downloads'),
      'organizations.name as owner',
      'namespaces.organization_id as organizationId',
      'namespaces.visibility',
      'version.id as versionId',
      'version.version',
      'version.state',
      'version.tag',
      'version.published_at as publishedAt',
      sql<number>`version.downloads::float8`.as('versionDownloads'),
    ])

type Row = Pick<ExpressionBuilder<Tables, 'providers'>, 'selectFrom'>

function chosen(row: Row, { core, id }: Which) {
  if (id !== undefined) return versionOf(row).where('provider_versions.id', '=', id)
  return core === undefined ? newestOf(row) : versionOf(row).where('core', '=', core)
}

const versionOf = ({ selectFrom }: Row) =>
  selectFrom('provider_versions')
    .whereRef('provider_id', '=', 'providers.id')
    .select([
      'provider_versions.id',
      'version',
      'state',
      'tag',
      'published_at',
      'provider_versions.source_url',
      'provider_versions.downloads',
    ])

const newestOf = (row: Row) =>
  versionOf(row)
    .where('state', 'in', ['active', 'deprecated'])
    .orderBy('prerelease')
    .orderBy('precedence', 'desc')
    .limit(1)
