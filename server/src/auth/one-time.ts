/** Things that are used once and soon: set-up links, sign-ins under way, codes. We keep the hash of what their holder shows. */
import { createHash, randomBytes } from 'node:crypto'
import type { Db, Tx } from '../foundation/database/database.ts'
import { deleteOneTime, findOneTime, insertOneTime, type OneTimeKind, takeOneTime } from './one-time-queries.ts'

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

export const forgetAll = deleteOneTime

const hashOf = (shown: string) => createHash('sha256').update(shown).digest()
