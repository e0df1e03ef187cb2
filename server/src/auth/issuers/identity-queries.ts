/** All SQL of identities: whom issuers mean by their subjects. */
import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/database.ts'
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
