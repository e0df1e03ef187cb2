/**
 * Which bytes the stores hold for us. The row comes before the bytes and goes after them, under one lock, so the sweep
 * can never remove bytes that a publish is about to name.
 */
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import type { App } from '../app.ts'
import { type Db, type Tx, transaction } from '../database/database.ts'
import { Refusal } from '../refusal.ts'
import { confirmBytes } from './digest.ts'
import { type BackendName, type Promised, type Storage, type Stored, troubleOf } from './storage.ts'
import './tables.ts'

/** The topic of a change: objects lie in another store than before. */
export const objectsMoved = 'storage:moved'

/** Bytes that nothing names after this time lost their row: a publish is over long before. */
export const orphanAfterMs = 60 * 60 * 1000
const sweepBatch = 100
const readChunkBytes = 1 << 20

/**
 * Stores a file under a key that its content decides. Its bytes are `promised` already: whoever wrote it, in a folder that
 * only this process writes to, took the digest on the way. From here on nobody writes to it.
 * @returns the id of their row, for whatever is going to name it
 */
export async function storeObject(
  app: App,
  key: string,
  path: string,
  promised: Promised,
): Promise<{ objectId: string }> {
  const storage = app.storages.current
  const objectId = await announceObject(app.db, { backend: storage.backend, key, ...promised })
  const source = () => createReadStream(path, { highWaterMark: readChunkBytes })
  const stored = await storeIn(storage, key, source, promised, path).catch((error) => {
    throw asRefusal(error, storage.backend)
  })
  await noteRevision(app.db, objectId, stored)
  return { objectId }
}

export async function noteRevision(db: Db | Tx, objectId: string, { revision }: Stored): Promise<void> {
  await db.updateTable('stored_objects').set({ revision }).where('id', '=', objectId).execute()
}

/**
 * What is there already is read before it is relied on: it may have been altered, or broken off.
 * @param ownFile the same bytes as a file that the store may keep
 */
export async function storeIn(
  storage: Storage,
  key: string,
  source: () => Readable | Promise<Readable>,
  promised: Promised,
  ownFile?: string,
): Promise<Stored> {
  const there = await storage.head(key)
  if (there?.sizeBytes === promised.sizeBytes && (await holds(storage, key, there, promised))) return there
  if (there) return storage.put(key, await source(), promised)
  const adopted = ownFile === undefined ? undefined : await storage.adopt?.(key, ownFile, promised)
  if (adopted) return adopted
  const put = await storage.putIfAbsent(key, await source(), promised)
  return put ?? storeIn(storage, key, source, promised)
}

/** Whether the bytes of this revision are the promised ones. */
export async function holds(storage: Storage, key: string, { revision }: Stored, promised: Promised): Promise<boolean> {
  try {
    await confirmBytes(key, await storage.get(key, { revision }), promised)
    return true
  } catch (error) {
    if (troubleOf(error) === 'altered' || troubleOf(error) === 'missing') return false
    throw error
  }
}

/** Announces bytes that are about to be stored. Waits while the sweep is removing the very same ones. */
export async function announceObject(
  db: Db,
  object: { backend: BackendName; key: string } & Promised,
): Promise<string> {
  const row = await db
    .insertInto('stored_objects')
    .values({ backend: object.backend, key: object.key, sha256: object.sha256, size_bytes: object.sizeBytes })
    .onConflict((conflict) => conflict.columns(['backend', 'key']).doUpdateSet({ touched_at: new Date() }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/**
 * Removes bytes that nothing names, and what interrupted uploads left.
 * @param names says of the row `object` whether somebody names it, one condition per room
 * @returns how many objects went
 */
export async function sweepObjects(
  app: App,
  names: RawBuilder<boolean>[],
  olderThanMs = orphanAfterMs,
): Promise<number> {
  let swept = 0
  for (const backend of app.storages.configured) {
    const storage = await app.storages.at(backend)
    await storage.sweepUnfinished(olderThanMs)
    for (let batch = sweepBatch; batch === sweepBatch; swept += batch)
      batch = await sweepSome(app, storage, names, olderThanMs)
  }
  return swept
}

function sweepSome(app: App, storage: Storage, names: RawBuilder<boolean>[], olderThanMs: number): Promise<number> {
  return transaction(app.db, async (tx) => {
    const orphans = await sql<{ key: string }>`
      delete from stored_objects where id in (
        select object.id from stored_objects as object
        where object.backend = ${storage.backend}
          and object.touched_at < now() - ${olderThanMs} * interval '1 millisecond'
          and not (${sql.join(names, sql` or `)})
        order by object.id limit ${sweepBatch} for update skip locked)
      returning key`.execute(tx)
    for (const { key } of orphans.rows) await storage.delete(key)
    return orphans.rows.length
  })
}

/** What a client is told of a store that is in trouble; the cause is for the log. */
export function asRefusal(error: unknown, backend: BackendName): unknown {
  if (troubleOf(error) !== 'unavailable') return error
  return Object.assign(
    new Refusal(
      'unavailable',
      'storage-unavailable',
      `The storage of this registry (${backend}) does not answer as it should.`,
      'Try again in a moment. If it stays so, an administrator can look with: cadastre admin storage test',
      { 'retry-after': '5' },
    ),
    { cause: error },
  )
}
