/** What changes of a module and its versions write, in the transaction that makes them true. */
import type { VersionStep } from '@cadastre/contract/modules'
import type { SourceFields } from '@cadastre/contract/version-source'
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import { isUniqueViolation } from '../foundation/database/errors.ts'
import type { Version } from '../foundation/semver.ts'
import { type ModuleAddress, spellingTaken } from './module.ts'
import { ownHostname } from './queries.ts'

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
