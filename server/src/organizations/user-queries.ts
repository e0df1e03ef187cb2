/** All SQL of people and their roles. */
import type { Role } from '@cadastre/contract/roles'
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import { isUniqueViolation } from '../foundation/database/errors.ts'
import type { Place } from './place.ts'
import './tables.ts'
import { emailTaken } from './user.ts'

export type UserRow = {
  id: string
  email: string
  displayName: string
  disabledAt: Date | null
  hasPassword: boolean
  roles: { organization: string; place: Place; role: Role }[]
  createdAt: Date
  lastSeenAt: Date | null
}

/** With the organization's name for whoever reads it, and its id for deciding who may. */
const rolesOfUser = sql<UserRow['roles']>`(
  select coalesce(json_agg(json_build_object('organization', held.name, 'place', held.place, 'role', held.role)
                           order by held.place <> 'platform', held.name, held.role), '[]')
  from (select o.name, o.id::text as place, m.role
        from organization_members m join organizations o on o.id = m.organization_id where m.user_id = users.id
        union all
        select 'platform', 'platform', role from platform_members where user_id = users.id) as held)`

const columns = [
  'users.id',
  'users.email',
  'users.display_name as displayName',
  'users.disabled_at as disabledAt',
  sql<boolean>`users.password_hash is not null`.as('hasPassword'),
  rolesOfUser.as('roles'),
  'users.created_at as createdAt',
  'users.last_seen_at as lastSeenAt',
] as const

/**
 * By e-mail.
 * @param organizationIds null: everybody; else whoever is a member of one of these
 * @param wanted.after e-mail of the last one of the page before
 */
export function listUsers(
  db: Db,
  organizationIds: string[] | null,
  { email, after, limit }: { email?: string; after: string; limit: number },
): Promise<UserRow[]> {
  let query = db
    .selectFrom('users')
    .where('users.email', '>', after)
    .select(columns)
    .orderBy('users.email')
    .limit(limit)
  if (organizationIds) {
    query = query.where(
      sql<boolean>`exists (select from organization_members m where m.user_id = users.id and m.organization_id = any(${organizationIds}::uuid[]))`,
    )
  }
  if (email !== undefined) query = query.where('users.email', '=', email)
  return query.execute()
}

export const findUser = (db: Db | Tx, id: string): Promise<UserRow | undefined> =>
  db.selectFrom('users').where('users.id', '=', id).select(columns).executeTakeFirst()

/** Nobody gives them a key or a session until this transaction ends. */
export async function lockUser(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('users').where('id', '=', id).select('id').forUpdate().execute()
}

/** Once their owner is gone, keys would stand for themselves: these are revoked first. @returns how many were good */
export async function revokeKeysOf(tx: Tx, userId: string, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export async function findUserIdByEmail(db: Db | Tx, email: string): Promise<string | undefined> {
  const found = await db.selectFrom('users').where('email', '=', email).select('id').executeTakeFirst()
  return found?.id
}

/** @returns the id of the new user */
export async function insertUser(
  tx: Tx,
  user: { email: string; displayName: string; passwordHash: string | null; createdBy: string },
): Promise<string> {
  try {
    const { id } = await tx
      .insertInto('users')
      .values({
        email: user.email,
        display_name: user.displayName,
        password_hash: user.passwordHash,
        created_by: user.createdBy,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  } catch (error) {
    throw isUniqueViolation(error) ? emailTaken(user.email) : error
  }
}

export async function updateUser(
  tx: Tx,
  id: string,
  change: { displayName?: string; disabledAt?: Date | null; passwordHash?: string | null },
): Promise<void> {
  await tx
    .updateTable('users')
    .set({
      ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
      ...(change.disabledAt === undefined ? {} : { disabled_at: change.disabledAt }),
      ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
      ...(change.passwordHash === undefined && !change.disabledAt ? {} : { generation: sql<number>`generation + 1` }),
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute()
}

export async function deleteUserRow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('users').where('id', '=', id).execute()
}

/** Two that take a platform admin away come one after the other, so that one is always left. */
export async function lockPlatform(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(7236002)`.execute(tx)
}

/** People who can administer the platform, beside this one. */
export async function hasOtherPlatformAdmin(tx: Tx, than: string): Promise<boolean> {
  const other = await tx
    .selectFrom('platform_members')
    .innerJoin('users', 'users.id', 'platform_members.user_id')
    .where('platform_members.role', '=', 'admin')
    .where('users.disabled_at', 'is', null)
    .where('users.id', '<>', than)
    .select('users.id')
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

export async function isPlatformAdmin(tx: Tx, userId: string): Promise<boolean> {
  const found = await tx
    .selectFrom('platform_members')
    .where('user_id', '=', userId)
    .where('role', '=', 'admin')
    .select('user_id')
    .executeTakeFirst()
  return found !== undefined
}

/** Without any user nobody can sign in yet. */
export async function hasUsers(db: Db | Tx): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}
