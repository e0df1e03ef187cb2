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
  /** made before the last change of the password, or before they were shut out */
  isOutdated: boolean
  roles: Membership[]
  createdAt: Date
  lastUsedAt: Date
  expiresAt: Date
  revokedAt: Date | null
}

/** @returns the id of the new session */
export async function insertSession(
  tx: Tx,
  session: {
    tokenHash: Buffer
    userId: string
    issuer: string
    client: string
    address: string
    createdAt: Date
    expiresAt: Date
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      issuer: session.issuer,
      client: session.client,
      address: session.address,
      generation: sql<number>`(select generation from users where id = ${session.userId})`,
      created_at: session.createdAt,
      last_used_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const findSession = (db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> =>
  sessionRows(db).where('sessions.token_hash', '=', tokenHash).executeTakeFirst()

/** What its user may do now, whatever was known of it before. */
export const findSessionAgain = (db: Db | Tx, id: string): Promise<SessionRow | undefined> =>
  sessionRows(db).where('sessions.id', '=', id).executeTakeFirst()

const sessionRows = (db: Db | Tx) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id as userId',
      'users.email',
      'users.display_name as displayName',
      sql<boolean>`users.disabled_at is not null`.as('isDisabled'),
      sql<boolean>`sessions.generation <> users.generation`.as('isOutdated'),
      sql<Membership[]>`(
        select coalesce(json_agg(json_build_object('organization', r.organization, 'role', r.role)), '[]')
        from user_roles r where r.user_id = users.id)`.as('roles'),
      'sessions.created_at as createdAt',
      'sessions.last_used_at as lastUsedAt',
      'sessions.expires_at as expiresAt',
      'sessions.revoked_at as revokedAt',
    ])

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

/** Those that are still good, newest first. @param unusedSince one that was not used since then has ended */
export function listSessions(db: Db | Tx, userId: string, now: Date, unusedSince: Date): Promise<ShownSession[]> {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.user_id', '=', userId)
    .where('sessions.revoked_at', 'is', null)
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_used_at', '>', unusedSince)
    .where('users.disabled_at', 'is', null)
    .whereRef('sessions.generation', '=', 'users.generation')
    .select([
      'sessions.id',
      'sessions.user_id as userId',
      'sessions.issuer',
      'sessions.client',
      'sessions.address',
      'sessions.created_at as createdAt',
      'sessions.last_used_at as lastUsedAt',
      'sessions.expires_at as expiresAt',
    ])
    .orderBy('sessions.created_at', 'desc')
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

export type Account = { id: string; email: string; passwordHash: string | null; isDisabled: boolean }

export const findAccount = (db: Db, email: string): Promise<Account | undefined> =>
  db
    .selectFrom('users')
    .where('email', '=', email)
    .select(['id', 'email', 'password_hash as passwordHash', sql<boolean>`disabled_at is not null`.as('isDisabled')])
    .executeTakeFirst()

/** Stays so until the transaction ends: who is shut out meanwhile comes after it, and ends its session. */
export async function isAccountAsItWas(tx: Tx, id: string, passwordHash: string | undefined): Promise<boolean> {
  const account = await tx
    .selectFrom('users')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .select('password_hash as passwordHash')
    .forNoKeyUpdate()
    .executeTakeFirst()
  return account !== undefined && (passwordHash === undefined || account.passwordHash === passwordHash)
}
