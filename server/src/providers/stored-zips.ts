/** Where the zips of providers lie in the store, and which of them are still needed. */
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

/** How long a deleted version can be restored. */
const restorableDays = 30

export const zipKey = (sha256: string) => `providers/${sha256.slice(0, 2)}/${sha256}.zip`

/** For the sweep: does a platform name these bytes, or a file that waits for its version? */
export const namedByProviders = sql<boolean>`(
  exists (select from provider_platforms where object_id = object.id)
  or exists (select from staged_files where object_id = object.id))`

/** From here on a version that was deleted long ago no longer needs its zips, unless it is being restored. */
export async function letGoOfDeletedProviders(db: Db): Promise<void> {
  await sql`update provider_platforms set object_id = null
    where object_id is not null and provider_version_id in (
      select id from provider_versions
      where state = 'deleted' and deleted_at < now() - ${restorableDays} * interval '1 day'
      for update)`.execute(db)
}

/** The same bytes, in another store. */
export async function repointProviders(tx: Tx, from: string, to: string): Promise<void> {
  await tx.updateTable('provider_platforms').set({ object_id: to }).where('object_id', '=', from).execute()
  await tx.updateTable('staged_files').set({ object_id: to }).where('object_id', '=', from).execute()
}
