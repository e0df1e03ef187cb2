/** All SQL of what is used once. */
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type OneTimeKind = 'setup' | 'sign-in' | 'code'

export async function insertOneTime(
  tx: Tx,
  given: { hash: Buffer; kind: OneTimeKind; content: object; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await tx
    .insertInto('one_time_tokens')
    .values({
      hash: given.hash,
      kind: given.kind,
      content: JSON.stringify(given.content),
      created_at: given.createdAt,
      expires_at: given.expiresAt,
    })
    .execute()
}

/** Of two that take it at once the second waits for the first, and finds nothing. */
export async function takeOneTime(tx: Tx, kind: OneTimeKind, hash: Buffer, now: Date): Promise<unknown> {
  const taken = await tx
    .deleteFrom('one_time_tokens')
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .returning('content')
    .executeTakeFirst()
  return taken?.content
}

export async function findOneTime(db: Db | Tx, kind: OneTimeKind, hash: Buffer, now: Date): Promise<unknown> {
  return (await goodOneTime(db, kind, hash, now).executeTakeFirst())?.content
}

/** Whoever waited for another transaction finds what that one has left. */
export async function lockOneTime(tx: Tx, kind: OneTimeKind, hash: Buffer, now: Date): Promise<unknown> {
  return (await goodOneTime(tx, kind, hash, now).forUpdate().executeTakeFirst())?.content
}

const goodOneTime = (db: Db | Tx, kind: OneTimeKind, hash: Buffer, now: Date) =>
  db
    .selectFrom('one_time_tokens')
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .where('expires_at', '>', now)
    .select('content')

export async function replaceOneTime(
  tx: Tx,
  kind: OneTimeKind,
  hash: Buffer,
  content: object,
  expiresAt: Date,
): Promise<void> {
  await tx
    .updateTable('one_time_tokens')
    .set({ content: JSON.stringify(content), expires_at: expiresAt })
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .execute()
}

export async function deleteOneTime(tx: Tx, kind: OneTimeKind): Promise<void> {
  await tx.deleteFrom('one_time_tokens').where('kind', '=', kind).execute()
}

export async function forgetOldOneTimes(db: Db): Promise<void> {
  await sql`delete from one_time_tokens where expires_at < now() - interval '1 hour'`.execute(db)
}
