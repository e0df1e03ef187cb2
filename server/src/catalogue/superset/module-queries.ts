/** What the lists and details of modules say, by the newest version or by the one that is asked for. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { ReadableNamespaces } from '../../access/permit.ts'
import type { Db, Tables } from '../../foundation/database/database.ts'
import type { ModuleAddress } from '../../modules/module.ts'
import '../../modules/knowledge/tables.ts'
import { isReadable } from '../../organizations/queries.ts'

export type DescribedModule = Awaited<ReturnType<typeof listModules>>[number]

export type ModuleFilter = {
  namespace?: string | undefined
  name?: string | undefined
  system?: string | undefined
  verified: boolean
}

/** By address. One more than fits on the page tells that there are more. */
export function listModules(
  db: Db,
  readable: ReadableNamespaces,
  { namespace, name, system, verified }: ModuleFilter,
  { limit, offset }: { limit: number; offset: number },
) {
  let page = db
    .selectFrom('modules')
    .innerJoin('namespaces', 'namespaces.id', 'modules.namespace_id')
    .where(isReadable(readable))
    .where('modules.hostname', '=', 'self')
    .where((row) => row.exists(newestOf(row)))
    .select('modules.id')
    .orderBy('modules.namespace')
    .orderBy('modules.name')
    .orderBy('modules.system')
    .limit(limit + 1)
    .offset(offset)
  if (namespace !== undefined) page = page.where('modules.namespace', '=', namespace)
  if (name !== undefined) page = page.where('modules.name', '=', name)
  if (system !== undefined) page = page.where('modules.system', '=', system)
  if (verified) page = page.where('modules.verified', '=', true)
  return described(db)
    .where('modules.id', 'in', page)
    .orderBy('modules.namespace')
    .orderBy('modules.name')
    .orderBy('modules.system')
    .execute()
}

/** In any order. */
export const describeModules = async (db: Db, ids: number[]) =>
  ids.length === 0 ? [] : described(db).where('modules.id', '=', sql<string>`any(${ids}::bigint[])`).execute()

/** @param core of a version in any state; absent: the newest that can be installed, a stable one if there is any */
export const findDescribed = (db: Db, { namespace, name, system }: ModuleAddress, core?: string) =>
  described(db, core)
    .where('modules.hostname', '=', 'self')
    .where('modules.namespace', '=', namespace)
    .where('modules.name', '=', name)
    .where('modules.system', '=', system)
    .executeTakeFirst()

/** The versions that can be installed, oldest first, and the systems for which there is a module of this name. */
export async function findSiblings(db: Db, { id, namespace, name }: { id: string; namespace: string; name: string }) {
  const { rows } = await sql<{ versions: string[]; systems: string[] }>`
    select (
      select coalesce(array_agg(version order by precedence), '{}') from module_versions
      where module_id = ${id} and state in ('active', 'deprecated')
    ) as versions, (
      select array_agg(system order by system) from modules
      where hostname = 'self' and namespace = ${namespace} and name = ${name} and exists (
        select from module_versions where module_id = modules.id and state in ('active', 'deprecated'))
    ) as systems`.execute(db)
  return rows[0]!
}

/** What was read in a version, by folder; nothing while it waits to be read. */
export const listFolders = (db: Db, versionId: string) =>
  db
    .selectFrom('module_folders')
    .where('version_id', '=', versionId)
    .select(['kind', 'path', 'inputs', 'outputs', 'resources', 'requirements', 'readme_markdown as readme'])
    .orderBy('path')
    .execute()

const described = (db: Db, core?: string) =>
  db
    .selectFrom('modules')
    .innerJoin('namespaces', 'namespaces.id', 'modules.namespace_id')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    .innerJoinLateral(
      (row) => (core === undefined ? newestOf(row) : versionOf(row).where('core', '=', core)).as('version'),
      (join) => join.onTrue(),
    )
    .select([
      'modules.id',
      'modules.namespace',
      'modules.name',
      'modules.system',
      'modules.description',
      sql<string>`coalesce(nullif(version.source_url, ''), modules.source_url)`.as('source'),
      'modules.verified',
      sql<number>`modules.downloads::float8`.as('downloads'),
      'organizations.name as owner',
      'version.id as versionId',
      'version.version',
      'version.state',
      'version.published_at as publishedAt',
    ])

type Row = Pick<ExpressionBuilder<Tables, 'modules'>, 'selectFrom'>

const versionOf = ({ selectFrom }: Row) =>
  selectFrom('module_versions')
    .whereRef('module_id', '=', 'modules.id')
    .select(['module_versions.id', 'version', 'state', 'published_at', 'module_versions.source_url'])

const newestOf = (row: Row) =>
  versionOf(row)
    .where('state', 'in', ['active', 'deprecated'])
    .orderBy('prerelease')
    .orderBy('precedence', 'desc')
    .limit(1)
