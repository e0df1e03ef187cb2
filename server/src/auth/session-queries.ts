/** All SQL of sessions. */
import { sql } from 'kysely'
import type { Membership } from '../access/grants.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type SessionRow = {
  id: string
  userId: string
  email: string
  displayName: string
  isDisabled: boolean
  roles: Membership[]
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/** @returns the id of the new session */
export async function insertSession(
  tx: Tx,
  session: { tokenHash: Buffer; userId: string; issuer: string; client: string; address: string; expiresAt: Date },
): Promise<string> {
  const { id } = await tx
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      issuer: session.issuer,
      client: session.client,
      address: session.address,
      expires_at: session.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.token_hash', '=', tokenHash)
    .select([
      'sessions.id',
      'sessions.user_id as userId',
      'users.email',
      'users.display_name as displayName',
      sql<boolean>`users.disabled_at is not null`.as('isDisabled'),
      sql<Membership[]>`(
        select coalesce(json_agg(json_build_object('organization', r.organization, 'role', r.role)), '[]')
        from user_roles r where r.user_id = users.id)`.as('roles'),
      'sessions.created_at as createdAt',
      'sessions.last_used_at as lastUsedAt',
      'sessions.expires_at as expiresAt',
      'sessions.revoked_at as revokedAt',
    ])
    .executeTakeFirst()
}

export type ShownSession = {
  id: string
  userId: string
  issuer: string
  client: string
  address: string
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
}

/** Those that are still good, newest first. */
export function listSessions(db: Db | Tx, userId: string, now: Date): Promise<ShownSession[]> {
  return db
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .select([
      'id',
      'user_id as userId',
      'issuer',
      'client',
      'address',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
      'expires_at as expiresAt',
    ])
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute()
}

/** @returns whose it was; undefined when there is none that is still good */
export async function revokeSessionRow(tx: Tx, id: string): Promise<{ userId: string } | undefined> {
  return tx
    .updateTable('sessions')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('user_id as userId')
    .executeTakeFirst()
}

export async function touchSessions(db: Db, ids: string[], at: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_used_at: at })
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
}

/** Long over, so that nobody asks after them. */
export async function forgetOldSessions(db: Db): Promise<void> {
  await sql`delete from sessions where expires_at < now() - interval '30 days' or revoked_at < now() - interval '30 days'`.execute(
    db,
  )
}
