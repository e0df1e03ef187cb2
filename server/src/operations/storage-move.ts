/**
 * Moves archives from the other stores into one, one by one and while everything is served: the copy is compared before
 * anything points to it, and the old bytes stay until no address that was handed out leads to them.
 */
import { setTimeout } from 'node:timers/promises'
import type { StorageMoveLine } from '@cadastre/contract/storage'
import { sql } from 'kysely'
import { lockCounters } from '../analytics/downloads.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { announceObject, noteRevision, objectsMoved, storeIn } from '../foundation/storage/objects.ts'
import { type BackendName, troubleOf } from '../foundation/storage/storage.ts'
import { repointModules } from '../modules/stored-archives.ts'
import { repointProviders } from '../providers/stored-zips.ts'
import { type MovableObject, measureStores, nextObjectElsewhere } from './storage-queries.ts'

const heartbeatMs = 5_000

/** Ends when nothing is left, or when nobody listens any more; run again, it goes on with what is left. */
export async function* moveObjects(app: App, to: BackendName): AsyncGenerator<StorageMoveLine> {
  const elsewhere = async () => {
    const others = (await measureStores(app.db)).filter(({ backend }) => backend !== to)
    return {
      objects: others.reduce((sum, { objects }) => sum + objects, 0),
      sizeBytes: others.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }
  }
  yield { kind: 'begin', to, isDefault: to === app.storages.current.backend, ...(await elsewhere()) }
  let [moved, failed, afterId] = [0, 0, '0']
  for (;;) {
    const object = await nextObjectElsewhere(app.db, to, afterId)
    if (!object) break
    afterId = object.id
    const { key, backend: from, sizeBytes } = object
    const moving = moveObject(app, object, to).then(
      () => undefined,
      (error: Error) => error,
    )
    // A line now and then keeps the connection from being taken for dead.
    while ((await Promise.race([moving.then(() => 'over'), setTimeout(heartbeatMs, 'under way')])) !== 'over')
      yield { kind: 'copying', key, sizeBytes }
    const error = await moving
    if (error) {
      app.log.warn({ key, from, to, error: error.message }, 'an archive could not be moved')
      failed += 1
      yield { kind: 'failed', key, from, detail: detailOf(error) }
      continue
    }
    moved += 1
    yield { kind: 'moved', key, from, sizeBytes }
  }
  yield { kind: 'end', moved, failed, remaining: (await elsewhere()).objects }
}

async function moveObject(app: App, object: MovableObject, to: BackendName): Promise<void> {
  const { key, sha256, sizeBytes } = object
  const [source, target] = [await app.storages.at(object.backend), await app.storages.at(to)]
  const objectId = await announceObject(app.db, { backend: to, key, sha256, sizeBytes })
  const stored = await storeIn(target, key, () => source.get(key), { sha256, sizeBytes })
  await transaction(app.db, async (tx) => {
    await lockCounters(tx)
    await noteRevision(tx, objectId, stored)
    await repointModules(tx, object.id, objectId)
    await repointProviders(tx, object.id, objectId)
    // From now on nothing names the old bytes; the sweep takes them when the addresses of now have expired.
    await sql`update stored_objects set touched_at = now() where id = ${object.id}`.execute(tx)
    await announce(tx, objectsMoved)
  })
  app.changes.apply([objectsMoved])
}

const detailOf = (error: Error) =>
  troubleOf(error) === 'altered' ? 'It is not what was published, and stays where it is.' : error.message
