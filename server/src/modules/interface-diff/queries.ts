/** What is known of versions, as far as it is compared. */
import type { ArchivedFile, Diagnostic } from '@cadastre/contract/module-knowledge'
import { sql } from 'kysely'
import type { Db, Tx } from '../../foundation/database/database.ts'
import type { ModuleAddress } from '../module.ts'
import { ownModule } from '../queries.ts'
import type { VersionState } from '../tables.ts'
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

const folders = sql<ComparableFolder[]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'kind', kind, 'path', path, 'inputs', inputs, 'outputs', outputs, 'resources', resources,
      'requirements', requirements, 'moves', moves, 'diagnostics', diagnostics)), '[]')
  from module_folders where version_id = module_versions.id and kind <> 'example')`

const comparable = (db: Db | Tx) =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .leftJoin('module_knowledge as knowledge', 'knowledge.version_id', 'module_versions.id')
    .select([
      'module_versions.id',
      'module_versions.version',
      'module_versions.core',
      'module_versions.state',
      'module_versions.published_at as publishedAt',
      sql<ComparableRow['inspection']>`coalesce(knowledge.state, 'waiting')`.as('inspection'),
      folders.as('folders'),
      sql<ArchivedFile[]>`coalesce(knowledge.files, '[]')`.as('files'),
      sql<Diagnostic[]>`coalesce(knowledge.diagnostics, '[]')`.as('diagnostics'),
    ])

export const listComparable = (db: Db, address: ModuleAddress, cores: string[]): Promise<ComparableRow[]> =>
  comparable(db).where(ownModule(address)).where('module_versions.core', 'in', cores).execute()
