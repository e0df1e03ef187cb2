/**
 * Which bytes the object store holds for us. The row comes before the bytes and goes after them, under one lock, so the
 * sweep can never remove bytes that a publish is about to name.
 */
import { sql } from 'kysely'
import type { App } from '../foundation/app.ts'
import { type Db, transaction } from '../foundation/database/database.ts'
import { removeOldFiles } from '../foundation/old-files.ts'
import './tables.ts'

/** Bytes that have no version after this time lost it: a publish is over long before. */
export const orphanAfterMs = 60 * 60 * 1000
/** How long a deleted version can be restored. */
const restorableDays = 30
const sweepBatch = 100

export const archiveKey = (sha256: string) => `modules/${sha256.slice(0, 2)}/${sha256}.tar.gz`

/** Announces bytes that are about to be stored. Waits while the sweep is removing the very same ones. */
export async function announceObject(
  db: Db,
  object: { backend: string; key: string; sha256: string; sizeBytes: number },
): Promise<string> {
  const row = await db
    .insertInto('stored_objects')
    .values({ backend: object.backend, key: object.key, sha256: object.sha256, size_bytes: object.sizeBytes })
    .onConflict((conflict) => conflict.columns(['backend', 'key']).doUpdateSet({ touched_at: new Date() }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Removes bytes that no version names, and what interrupted uploads left. @returns how many objects went */
export async function sweepOrphans(app: App, olderThanMs = orphanAfterMs): Promise<number> {
  await sql`update module_versions set object_id = null
    where state = 'deleted' and deleted_at < now() - ${restorableDays} * interval '1 day' and object_id is not null`.execute(
    app.db,
  )
  await app.storage.sweepUnfinished(olderThanMs)
  await removeOldFiles(app.uploads, olderThanMs)
  let swept = 0
  for (let batch = sweepBatch; batch === sweepBatch; swept += batch) batch = await sweepSome(app, olderThanMs)
  return swept
}

function sweepSome(app: App, olderThanMs: number): Promise<number> {
  return transaction(app.db, async (tx) => {
    const orphans = await sql<{ key: string }>`
      delete from stored_objects where id in (
        select object.id from stored_objects as object
        where object.backend = ${app.storage.backend}
          and object.touched_at < now() - ${olderThanMs} * interval '1 millisecond'
          and not exists (select from module_versions where object_id = object.id)
          and not exists (select from provider_platforms where object_id = object.id)
        order by object.id limit ${sweepBatch} for update skip locked)
      returning key`.execute(tx)
    for (const { key } of orphans.rows) await app.storage.delete(key)
    return orphans.rows.length
  })
}
