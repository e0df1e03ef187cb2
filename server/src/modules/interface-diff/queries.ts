/** What is known of versions, as far as it is compared. */
import type { ArchivedFile, Diagnostic } from '@cadastre/contract/module-knowledge'
import type { VersionStep } from '@cadastre/contract/modules'
import { sql } from 'kysely'
import type { Db, Tx } from '../../foundation/database/database.ts'
import { parseVersion } from '../../foundation/semver.ts'
import type { ModuleAddress } from '../module.ts'
import { ownModule } from '../queries.ts'
import type { VersionState } from '../tables.ts'
import type { Comparable } from './compare.ts'
import type { ComparableFolder } from './folders.ts'
import '../knowledge/tables.ts'

export type ComparableRow = {
  id: string
  version: string
  core: string
  state: VersionState
  publishedAt: Date
  inspection: 'waiting' | 'done' | 'failed'
  folders: ComparableFolder[]
  files: ArchivedFile[]
  diagnostics: Diagnostic[]
}

export const asComparable = (row: ComparableRow): Comparable => ({ ...row, version: parseVersion(row.version) })

/** Folders by themselves: to put all of them into one value costs PostgreSQL several times what it costs to read them. */
async function withFolders(db: Db | Tx, versions: Omit<ComparableRow, 'folders'>[]): Promise<ComparableRow[]> {
  if (versions.length === 0) return []
  const ids = versions.map(({ id }) => id)
  const folders = await db
    .selectFrom('module_folders')
    .where('version_id', 'in', ids)
    .where('kind', '<>', 'example')
    .select(['version_id', 'kind', 'path', 'inputs', 'outputs', 'resources', 'requirements', 'moves', 'diagnostics'])
    .execute()
  return versions.map((version) => ({
    ...version,
    folders: folders.filter(({ version_id }) => version_id === version.id),
  }))
}

const said = [
  'module_versions.id',
  'module_versions.version',
  'module_versions.core',
  'module_versions.state',
  'module_versions.published_at as publishedAt',
  sql<ComparableRow['inspection']>`coalesce(knowledge.state, 'waiting')`.as('inspection'),
] as const

const comparable = (db: Db | Tx) =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .leftJoin('module_knowledge as knowledge', 'knowledge.version_id', 'module_versions.id')
    .select([
      ...said,
      sql<ArchivedFile[]>`coalesce(knowledge.files, '[]')`.as('files'),
      sql<Diagnostic[]>`coalesce(knowledge.diagnostics, '[]')`.as('diagnostics'),
    ])

/** What is said of a compared version beside the difference; what was read of it is as new as `inspectedAt`. */
export type ComparedRow = Pick<ComparableRow, 'id' | 'version' | 'core' | 'state' | 'publishedAt' | 'inspection'> & {
  inspectedAt: Date | null
}

export const listCompared = (db: Db, address: ModuleAddress, cores: string[]): Promise<ComparedRow[]> =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .leftJoin('module_knowledge as knowledge', 'knowledge.version_id', 'module_versions.id')
    .where(ownModule(address))
    .where('module_versions.core', 'in', cores)
    .select([...said, 'knowledge.inspected_at as inspectedAt'])
    .execute()

export const listComparableById = async (db: Db | Tx, ids: string[]): Promise<ComparableRow[]> =>
  withFolders(db, await comparable(db).where('module_versions.id', 'in', ids).execute())

const installable = ['active', 'deprecated'] as const

/** The newest release below, of whichever line: 1.2.4 follows 1.2.3 also when 2.0.0 is out. Prereleases promise nothing. */
export const findPredecessor = (db: Db | Tx, address: ModuleAddress, precedence: string) =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .where(ownModule(address))
    .where('module_versions.precedence', '<', precedence)
    .where('module_versions.prerelease', '=', false)
    .where('module_versions.state', 'in', installable)
    .select(['module_versions.id', 'module_versions.version'])
    .orderBy('module_versions.precedence', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Those that are measured against this one: up to the next release, with it. */
export async function listSuccessors(db: Db, versionId: string, limit: number): Promise<MeasurableVersion[]> {
  const { rows } = await sql<MeasurableVersion>`
    select later.id, later.precedence from module_versions as this
    join module_versions as later on later.module_id = this.module_id and later.precedence > this.precedence
    where this.id = ${versionId} and not this.prerelease and not exists (
      select from module_versions as between_them
      where between_them.module_id = this.module_id and not between_them.prerelease
        and between_them.state in ('active', 'deprecated')
        and between_them.precedence > this.precedence and between_them.precedence < later.precedence)
    order by later.precedence limit ${limit}`.execute(db)
  return rows
}

export type MeasurableVersion = { id: string; precedence: string }

export const getMeasurable = (tx: Tx, versionId: string): Promise<MeasurableVersion> =>
  tx.selectFrom('module_versions').where('id', '=', versionId).select(['id', 'precedence']).executeTakeFirstOrThrow()

export async function setMeasured(
  db: Db | Tx,
  versionId: string,
  measured: { step: VersionStep | null; from: string | null },
): Promise<void> {
  await db
    .updateTable('module_versions')
    .set({ measured_step: measured.step, measured_from: measured.from })
    .where('id', '=', versionId)
    .execute()
}

/** Every number of a module that is taken, deleted ones included. */
export async function listTaken(db: Db | Tx, address: ModuleAddress): Promise<string[]> {
  const rows = await db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .where(ownModule(address))
    .select('module_versions.version')
    .execute()
  return rows.map(({ version }) => version)
}
