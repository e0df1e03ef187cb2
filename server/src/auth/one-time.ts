/** Things that are used once and soon: set-up links, sign-ins under way, codes. We keep the hash of what their holder shows. */
import { createHash, randomBytes } from 'node:crypto'
import type { Db, Tx } from '../foundation/database/database.ts'
import {
  deleteOneTime,
  findOneTime,
  insertOneTime,
  lockOneTime,
  type OneTimeKind,
  replaceOneTime,
  takeOneTime,
} from './one-time-queries.ts'

/** @returns what its holder is to show */
export async function giveOnce(
  tx: Tx,
  kind: OneTimeKind,
  content: object,
  times: { now: number; livesMs: number },
): Promise<string> {
  const shown = randomBytes(32).toString('base64url')
  await insertOneTime(tx, {
    hash: hashOf(shown),
    kind,
    content,
    createdAt: new Date(times.now),
    expiresAt: new Date(times.now + times.livesMs),
  })
  return shown
}

/** What was given, and never again: undefined when it is unknown, used or too old. */
export const takeOnce = (tx: Tx, kind: OneTimeKind, shown: string, now: number): Promise<unknown> =>
  takeOneTime(tx, kind, hashOf(shown), new Date(now))

/** The same without using it up. */
export const lookAt = (db: Db, kind: OneTimeKind, shown: string, now: number): Promise<unknown> =>
  findOneTime(db, kind, hashOf(shown), new Date(now))

/** The same, while nobody else takes it or leaves anything in its place: whoever comes meanwhile waits for the transaction. */
export const holdOnce = (tx: Tx, kind: OneTimeKind, shown: string, now: number): Promise<unknown> =>
  lockOneTime(tx, kind, hashOf(shown), new Date(now))

/** In place of what was given: what came of it, for who comes again until then. */
export const leaveOnce = (tx: Tx, kind: OneTimeKind, shown: string, content: object, until: Date): Promise<void> =>
  replaceOneTime(tx, kind, hashOf(shown), content, until)

export const forgetAll = deleteOneTime

const hashOf = (shown: string) => createHash('sha256').update(shown).digest()
