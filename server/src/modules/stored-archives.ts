/** Where the archives of modules lie in the store, and which of them are still needed. */
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

/** How long a deleted version can be restored. */
const restorableDays = 30

export const archiveKey = (sha256: string) => `modules/${sha256.slice(0, 2)}/${sha256}.tar.gz`

/** For the sweep: does a version name these bytes? */
export const namedByModules = sql<boolean>`exists (select from module_versions where object_id = object.id)`

/** From here on a version that was deleted long ago no longer needs its archive. */
export async function letGoOfDeletedModules(db: Db): Promise<void> {
  await sql`update module_versions set object_id = null
    where state = 'deleted' and deleted_at < now() - ${restorableDays} * interval '1 day' and object_id is not null`.execute(
    db,
  )
}

/** The same bytes, in another store. */
export async function repointModules(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('module_versions').set({ object_id: to }).where('object_id', '=', from).execute()
}
