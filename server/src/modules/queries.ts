/** All SQL of modules. */

import type { VersionStep } from '@cadastre/contract/modules'
import type { SourceFields } from '@cadastre/contract/version-source'
import { type ExpressionBuilder, sql } from 'kysely'
import type { NamespaceRights, ReadableNamespaces } from '../access/permit.ts'
import { type Db, namedStatement, type Tables, type Tx } from '../foundation/database/database.ts'
import { isUniqueViolation } from '../foundation/database/errors.ts'
import type { Version } from '../foundation/semver.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import { isReadable } from '../organizations/queries.ts'
import { type ModuleAddress, spellingTaken } from './module.ts'
import type { VersionState } from './tables.ts'

const ownHostname = 'self'

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

/** What a download answer needs, the namespace's rights included; null from where on nothing was found. */
export type DownloadTarget = {
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  versionId: string | null
  version: string | null
  state: VersionState | null
  sha256: string | null
  backend: BackendName | null
  revision: string | null
}

const findDownloadTargets = namedStatement<DownloadTarget>(
  'findDownloads',
  `select n.name, n.organization_id as "organizationId", n.visibility,
          v.id as "versionId", v.version, v.state, v.sha256, o.backend, o.revision
   from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality
     as asked (namespace, name, system, core, position)
   left join namespaces n on n.name = asked.namespace
   left join modules m on m.hostname = 'self' and m.namespace = n.name and m.name = asked.name and m.system = asked.system
   left join module_versions v on v.module_id = m.id and v.core = asked.core
   left join stored_objects o on o.id = v.object_id
   order by asked.position`,
)

/** One query for all of them, in their order. */
export const findDownloads = (db: Db, asked: (ModuleAddress & { core: string })[]) =>
  findDownloadTargets(
    db,
    (['namespace', 'name', 'system', 'core'] as const).map((part) => asked.map((each) => each[part])),
  )

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

const moduleColumns = [
  'modules.namespace',
  'modules.name',
  'modules.system',
  'modules.description',
  'modules.source_url as sourceUrl',
  latestVersion.as('latestVersion'),
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

/** By address. @param after address of the last module of the page before @param namespace only in this one */
export function listModules(
  db: Db,
  readable: ReadableNamespaces,
  options: { after: string[]; namespace: string | undefined; limit: number },
) {
  let query = db
    .selectFrom('modules')
    .innerJoin('namespaces', 'namespaces.id', 'modules.namespace_id')
    .where(isReadable(readable))
    .where('modules.hostname', '=', ownHostname)
    .where(hasVersions)
    .select(moduleColumns)
    .orderBy('modules.namespace')
    .orderBy('modules.name')
    .orderBy('modules.system')
    .limit(options.limit)
  const [namespace, name, system] = options.after
  if (options.namespace !== undefined) query = query.where('modules.namespace', '=', options.namespace)
  if (namespace && name && system) {
    query = query.where(
      sql<boolean>`(modules.namespace, modules.name, modules.system) > (${namespace}, ${name}, ${system})`,
    )
  }
  return query.execute()
}

export async function findModule(db: Db, address: ModuleAddress) {
  return db
    .selectFrom('modules')
    .where(ownModule(address))
    .where(hasVersions)
    .select([...moduleColumns, 'modules.id'])
    .executeTakeFirst()
}

/** Makes the module if it is new, and locks its row: publishes of one module come one after the other. */
export async function lockModule(tx: Tx, address: ModuleAddress, namespaceId: string): Promise<string> {
  try {
    const row = await tx
      .insertInto('modules')
      .values({ namespace_id: namespaceId, hostname: ownHostname, ...address })
      .onConflict((conflict) =>
        conflict.columns(['hostname', 'namespace', 'name', 'system']).doUpdateSet({ updated_at: new Date() }),
      )
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  } catch (error) {
    throw isUniqueViolation(error, 'modules_one_spelling') ? spellingTaken(address) : error
  }
}

/** @throws Refusal as `lockModule` does, without making the module */
export async function refuseOtherSpelling(db: Db, address: ModuleAddress): Promise<void> {
  const { namespace, name, system } = address
  const other = await db
    .selectFrom('modules')
    .where('hostname', '=', ownHostname)
    .where('namespace', '=', namespace)
    .where('system', '=', system)
    .where(sql<boolean>`folded_name = replace(lower(${name}), '_', '-')`)
    .where('name', '<>', name)
    .select('id')
    .executeTakeFirst()
  if (other) throw spellingTaken(address)
}

export async function insertVersion(
  tx: Tx,
  published: {
    moduleId: string
    version: Version
    precedence: string
    description: string
    from: SourceFields
    objectId: string
    sha256: string
    contentSha256: string
    sizeBytes: number
    publishedBy: string
    measuredStep: VersionStep | null
    measuredFrom: string | null
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('module_versions')
    .values({
      module_id: published.moduleId,
      version: published.version.text,
      core: published.version.core,
      precedence: published.precedence,
      prerelease: published.version.prerelease !== '',
      description: published.description,
      source_url: published.from.source,
      source_commit: published.from.commit,
      source_folder: published.from.folder,
      object_id: published.objectId,
      sha256: published.sha256,
      content_sha256: published.contentSha256,
      size_bytes: String(published.sizeBytes),
      published_by: published.publishedBy,
      measured_step: published.measuredStep,
      measured_from: published.measuredFrom,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * The newest stable version speaks for the module: in its publisher's words, else in the first of its README. Of its source
 * the newest one that says where it comes from.
 */
export async function refreshDescription(tx: Tx, moduleId: string): Promise<void> {
  const newest = sql`newest.module_id = ${moduleId} and newest.state in ('active', 'deprecated')`
  const first = sql`order by newest.prerelease, newest.precedence desc limit 1`
  await sql`update modules set description = coalesce(
      (select coalesce(nullif(newest.description, ''), root.description)
       from module_versions as newest
       left join module_folders as root on root.version_id = newest.id and root.path = ''
       where ${newest} ${first}), ''),
    source_url = coalesce(
      (select source_url from module_versions as newest where ${newest} and source_url <> '' ${first}), '')
    where id = ${moduleId}`.execute(tx)
}

export async function setVersionState(tx: Tx, versionId: string, state: 'active' | 'deleted'): Promise<void> {
  await tx
    .updateTable('module_versions')
    .set({ state, deleted_at: state === 'deleted' ? new Date() : null })
    .where('id', '=', versionId)
    .execute()
}
