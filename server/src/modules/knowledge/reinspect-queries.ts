/** Which versions have to be read, or read again. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../foundation/database/database.ts'
import type { BackendName } from '../../foundation/storage/storage.ts'
import type { ModuleAddress } from '../module.ts'
import { inspectorVersion } from './inspected.ts'
import './tables.ts'

/** @property failedToo also what was over the limits, which stays so unless somebody asks */
export type Which = { failedToo: boolean }

export type StaleVersion = ModuleAddress & {
  versionId: string
  moduleId: string
  version: string
  sha256: string
  sizeBytes: number
  backend: BackendName
  revision: string | null
}

const stale = ({ failedToo }: Which) => sql`
  from module_versions as version
  join modules as module on module.id = version.module_id
  join stored_objects as object on object.id = version.object_id
  left join module_knowledge as knowledge on knowledge.version_id = version.id
  where version.origin = 'published' and version.sha256 is not null
    and (knowledge.version_id is null or knowledge.inspector_version < ${inspectorVersion}
      or (${failedToo} and knowledge.state = 'failed'))`

/** In the order of their ids. */
export async function listStale(db: Db, which: Which, afterId: string, limit: number): Promise<StaleVersion[]> {
  const { rows } = await sql<StaleVersion>`
    select version.id as "versionId", version.module_id as "moduleId", module.namespace, module.name, module.system,
      version.version, version.sha256, object.size_bytes::float8 as "sizeBytes", object.backend, object.revision
    ${stale(which)} and version.id > ${afterId}
    order by version.id limit ${limit}`.execute(db)
  return rows
}

export async function countStale(db: Db | Tx, which: Which): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count ${stale(which)}`.execute(db)
  return rows[0]!.count
}

/** Publishes and other inspections of the same version wait until the transaction ends. @returns false when it is gone */
export async function lockVersionById(tx: Tx, versionId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('module_versions')
    .where('id', '=', versionId)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  return found !== undefined
}
