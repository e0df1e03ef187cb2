/** What is asked of modules and their versions; what a download needs, and what a change writes, lies beside it. */
import type { ModuleListQuery, VersionStep } from '@cadastre/contract/modules'
import { type ExpressionBuilder, sql } from 'kysely'
import type { ReadableNamespaces } from '../access/permit.ts'
import type { Db, Tables, Tx } from '../foundation/database/database.ts'
import { following, rankOf, saying } from '../organizations/list-order.ts'
import { isReadable } from '../organizations/queries.ts'
import type { ModuleAddress } from './module.ts'
import type { VersionState } from './tables.ts'

/** In the rows of what is published here, where those of the catalogue have the host name of a registry. */
export const ownHostname = 'self'

export type ModuleVersionRow = {
  id: string
  version: string
  core: string
  state: VersionState
  description: string
  source: string
  commit: string
  folder: string
  sha256: string | null
  contentSha256: string | null
  objectId: string | null
  sizeBytes: number | null
  downloads: number
  publishedBy: string
  publishedAt: Date
  measuredStep: VersionStep | null
  measuredFrom: string | null
}

export const versionColumns = [
  'module_versions.id',
  'module_versions.version',
  'module_versions.core',
  'module_versions.state',
  'module_versions.description',
  'module_versions.source_url as source',
  'module_versions.source_commit as commit',
  'module_versions.source_folder as folder',
  'module_versions.sha256',
  'module_versions.content_sha256 as contentSha256',
  'module_versions.object_id as objectId',
  sql<number | null>`module_versions.size_bytes::float8`.as('sizeBytes'),
  sql<number>`module_versions.downloads::float8`.as('downloads'),
  'module_versions.published_by as publishedBy',
  'module_versions.published_at as publishedAt',
  'module_versions.measured_step as measuredStep',
  'module_versions.measured_from as measuredFrom',
] as const

/** What the protocol lists, newest first. Deprecated versions install; revoked and deleted ones are not named. */
export async function listedVersions(db: Db | Tx, moduleId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('module_versions')
    .where('module_id', '=', moduleId)
    .where('state', 'in', ['active', 'deprecated'])
    .select('version')
    .orderBy('precedence', 'desc')
    .execute()
  return rows.map((row) => row.version)
}

/** The module of this address that is published here. */
export const ownModule =
  ({ namespace, name, system }: ModuleAddress) =>
  ({ and, eb }: ExpressionBuilder<Tables, 'modules'>) =>
    and([
      eb('modules.hostname', '=', ownHostname),
      eb('modules.namespace', '=', namespace),
      eb('modules.name', '=', name),
      eb('modules.system', '=', system),
    ])

export async function findModuleId(db: Db | Tx, address: ModuleAddress): Promise<string | undefined> {
  const found = await db.selectFrom('modules').where(ownModule(address)).select('id').executeTakeFirst()
  return found?.id
}

export const findVersion = (db: Db | Tx, address: ModuleAddress, core: string): Promise<ModuleVersionRow | undefined> =>
  versionQuery(db, address, core).executeTakeFirst()

/** The same, held until the transaction ends: neither another change of it nor the sweep comes in between. */
export const lockVersion = (tx: Tx, address: ModuleAddress, core: string): Promise<ModuleVersionRow | undefined> =>
  versionQuery(tx, address, core).forUpdate('module_versions').executeTakeFirst()

const versionQuery = (db: Db | Tx, address: ModuleAddress, core: string) =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .where(ownModule(address))
    .where('module_versions.core', '=', core)
    .select(versionColumns)

/** @param below precedence of the last version of the page before */
export function listVersions(
  db: Db,
  moduleId: string,
  options: { below?: string; limit: number; deletedToo: boolean },
) {
  let query = db
    .selectFrom('module_versions')
    .where('module_id', '=', moduleId)
    .select([...versionColumns, 'precedence'])
    .orderBy('precedence', 'desc')
    .limit(options.limit)
  if (options.below !== undefined) query = query.where('precedence', '<', options.below)
  if (!options.deletedToo) query = query.where('state', '<>', 'deleted')
  return query.execute()
}

export const latestVersion = sql<string | null>`(
  select version from module_versions where module_id = modules.id and state in ('active', 'deprecated') and not prerelease
  order by precedence desc limit 1)`

/** The version that speaks of where the code of a module comes from, as `refreshDescription` chooses it. */
export const sourceVersion = sql<string | null>`(
  select version from module_versions as said
  where said.module_id = modules.id and said.state in ('active', 'deprecated') and said.source_url <> ''
  order by said.prerelease, said.precedence desc limit 1)`

/** A module with what its latest version says, which is found by one step in an index. */
const modulesWithLatest = (db: Db) =>
  db.selectFrom('modules').leftJoinLateral(
    ({ selectFrom }) =>
      selectFrom('module_versions')
        .whereRef('module_id', '=', 'modules.id')
        .where('state', 'in', ['active', 'deprecated'])
        .where('prerelease', '=', false)
        .select(['version', 'published_at'])
        .select(sql<'active' | 'deprecated'>`state`.as('state'))
        .orderBy('precedence', 'desc')
        .limit(1)
        .as('latest'),
    (join) => join.onTrue(),
  )

const moduleColumns = [
  'modules.namespace',
  'modules.name',
  'modules.system',
  'modules.description',
  'modules.source_url as sourceUrl',
  sourceVersion.as('sourceVersion'),
  'latest.version as latestVersion',
  'latest.state as latestState',
  'latest.published_at as latestPublishedAt',
  sql<number>`modules.downloads::float8`.as('downloads'),
  'modules.created_at as createdAt',
] as const

/** A module whose every version is deleted is not there. */
const hasVersions = ({ exists, selectFrom }: ExpressionBuilder<Tables, 'modules'>) =>
  exists(
    selectFrom('module_versions')
      .whereRef('module_id', '=', 'modules.id')
      .where('state', '<>', 'deleted')
      .select('module_versions.id'),
  )

/** @param after of the last module of the page before: its address, behind its rank where the list has one */
export function listModules(
  db: Db,
  readable: ReadableNamespaces,
  {
    after,
    limit,
    ...wanted
  }: Pick<ModuleListQuery, 'namespace' | 'system' | 'q' | 'sort'> & { after: string[]; limit: number },
) {
  const { namespace, system, q, sort } = wanted
  const rank = rankOf('modules', sort)
  let query = modulesWithLatest(db)
    .innerJoin('namespaces', 'namespaces.id', 'modules.namespace_id')
    .where(isReadable(readable))
    .where('modules.hostname', '=', ownHostname)
    .where(hasVersions)
    .where(following(rank, after, addressColumns))
    .select([...moduleColumns, (rank?.number ?? sql<string>`0`).as('rank')])
    .limit(limit)
  if (namespace !== undefined) query = query.where('modules.namespace', '=', namespace)
  if (system !== undefined) query = query.where('modules.system', '=', system)
  if (q !== undefined) query = query.where(saying(q, searchedText))
  if (rank) query = query.orderBy(rank.by, 'desc')
  for (const column of addressColumns) query = query.orderBy(column)
  return query.execute()
}

const addressColumns = ['modules.namespace', 'modules.name', 'modules.system'] as const
const searchedText = sql`modules.namespace || '/' || modules.name || '/' || modules.system || ' ' || modules.description`

export async function findModule(db: Db, address: ModuleAddress) {
  return modulesWithLatest(db)
    .where(ownModule(address))
    .where(hasVersions)
    .select([...moduleColumns, 'modules.id'])
    .executeTakeFirst()
}
