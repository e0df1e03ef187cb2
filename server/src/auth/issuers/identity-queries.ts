/** All SQL of identities: whom issuers mean by their subjects. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../foundation/database/database.ts'
import type { Place } from '../../organizations/place.ts'
import { sameIssuer } from './identity-provider-queries.ts'
import './tables.ts'

export type Known = { id: string; email: string; isDisabled: boolean }

const columns = ['users.id', 'users.email', sql<boolean>`users.disabled_at is not null`.as('isDisabled')] as const

export const findByIdentity = (tx: Tx, issuer: string, subject: string): Promise<Known | undefined> =>
  tx
    .selectFrom('identities')
    .innerJoin('users', 'users.id', 'identities.user_id')
    .where('identities.issuer', '=', issuer)
    .where('identities.subject', '=', subject)
    .select(columns)
    .executeTakeFirst()

export const findByEmail = (tx: Tx, email: string): Promise<Known | undefined> =>
  tx.selectFrom('users').where('users.email', '=', email).select(columns).executeTakeFirst()

/** Whether the issuer has meant this person by another word. */
export async function hasOtherSubject(tx: Tx, userId: string, issuerUrl: string, subject: string): Promise<boolean> {
  const other = await tx
    .selectFrom('identities')
    .where('user_id', '=', userId)
    .where(sameIssuer(issuerUrl))
    .where('subject', '<>', subject)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

export type IdentityRow = {
  id: string
  issuer: string
  subject: string
  email: string
  createdAt: Date
  lastUsedAt: Date
}

const shownColumns = [
  'id',
  'issuer',
  'subject',
  'email',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const

/** By issuer. */
export const listIdentities = (db: Db, userId: string): Promise<IdentityRow[]> =>
  db
    .selectFrom('identities')
    .where('user_id', '=', userId)
    .select(shownColumns)
    .orderBy('issuer')
    .orderBy('created_at')
    .execute()

/** @returns what it was; undefined when this person has none of that id */
export const deleteIdentity = (tx: Tx, userId: string, id: string): Promise<IdentityRow | undefined> =>
  tx
    .deleteFrom('identities')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returning(shownColumns)
    .executeTakeFirst()

/** Of one person, but for those that began in one of these ways. @returns their ids */
export async function revokeSessionsBut(tx: Tx, userId: string, ways: string[], now: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('issuer', 'not in', ways)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Made, or seen once more. */
export async function keepIdentity(
  tx: Tx,
  {
    issuer,
    subject,
    userId,
    email,
    now,
  }: { issuer: string; subject: string; userId: string; email: string; now: Date },
): Promise<void> {
  await tx
    .insertInto('identities')
    .values({ issuer, subject, user_id: userId, email, created_at: now, last_used_at: now })
    .onConflict((row) => row.columns(['issuer', 'subject']).doUpdateSet({ email, last_used_at: now }))
    .execute()
}

/** Where somebody holds roles that come from `source`. */
export async function listPlacesOf(tx: Tx, userId: string, source: string): Promise<{ place: Place; name: string }[]> {
  const { rows } = await sql<{ place: Place; name: string }>`
    select distinct o.id::text as place, o.name
    from organization_members m join organizations o on o.id = m.organization_id
    where m.user_id = ${userId} and m.source = ${source}
    union all
    select 'platform', 'platform'
    where exists (select from platform_members where user_id = ${userId} and source = ${source})`.execute(tx)
  return rows
}
