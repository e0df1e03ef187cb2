/** All SQL of members: who holds which roles in an organization, or on the platform. */
import type { Role } from '@cadastre/contract/roles'
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import type { Place } from './place.ts'
import './tables.ts'

export type MemberRow = {
  userId: string
  email: string
  displayName: string
  roles: { role: Role; source: string }[]
}

const rolesIn = (place: Place) =>
  place === 'platform'
    ? sql<{ user_id: string; role: Role; source: string }>`(select user_id, role, source from platform_members)`
    : sql<{
        user_id: string
        role: Role
        source: string
      }>`(select user_id, role, source from organization_members where organization_id = ${place}::uuid)`

/** By e-mail. @param after e-mail of the last one of the page before */
export async function listMembers(db: Db | Tx, place: Place, after: string, limit: number): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`select users.id as "userId", users.email, users.display_name as "displayName", (
             select json_agg(json_build_object('role', m.role, 'source', m.source) order by m.role)
             from ${rolesIn(place)} as m where m.user_id = users.id) as roles
    from users
    where users.email > ${after} and exists (select from ${rolesIn(place)} as m where m.user_id = users.id)
    order by users.email limit ${limit}`.execute(db)
  return rows
}

export async function findMember(db: Db | Tx, place: Place, userId: string): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`select users.id as "userId", users.email, users.display_name as "displayName",
           coalesce(json_agg(json_build_object('role', m.role, 'source', m.source) order by m.role)
                    filter (where m.role is not null), '[]') as roles
    from users left join ${rolesIn(place)} as m on users.id = m.user_id
    where users.id = ${userId}
    group by users.id`.execute(db)
  return rows[0]
}

/** Makes these the roles that come from `source`; those of other sources stay. */
export async function replaceRoles(tx: Tx, place: Place, userId: string, roles: Role[], source: string): Promise<void> {
  if (place === 'platform') {
    await tx.deleteFrom('platform_members').where('user_id', '=', userId).where('source', '=', source).execute()
    if (roles.length === 0) return
    await tx
      .insertInto('platform_members')
      .values(roles.map((role) => ({ user_id: userId, role, source })))
      .onConflict((row) => row.columns(['user_id', 'role']).doNothing())
      .execute()
    return
  }
  await tx
    .deleteFrom('organization_members')
    .where('organization_id', '=', place)
    .where('user_id', '=', userId)
    .where('source', '=', source)
    .execute()
  if (roles.length === 0) return
  await tx
    .insertInto('organization_members')
    .values(roles.map((role) => ({ organization_id: place, user_id: userId, role, source })))
    .onConflict((row) => row.columns(['organization_id', 'user_id', 'role']).doNothing())
    .execute()
}

/** Everybody with a role in the organization. */
export async function listMemberIds(tx: Tx, organizationId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('organization_members')
    .where('organization_id', '=', organizationId)
    .select('user_id as id')
    .distinct()
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes away, in every place, what comes from `source`. @returns who held something by it */
export async function deleteRolesOf(tx: Tx, source: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with of_organizations as (delete from organization_members where source = ${source} returning user_id),
         of_platform as (delete from platform_members where source = ${source} returning user_id)
    select user_id as id from of_organizations union select user_id from of_platform`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Whether people who may sign in administer the platform by `source` alone, and nobody does by anything else. */
export async function hasAllPlatformAdmins(tx: Tx, source: string): Promise<boolean> {
  const { rows } = await sql<{ all: boolean | null }>`select bool_and(m.source = ${source}) as all
    from platform_members m join users on users.id = m.user_id
    where m.role = 'admin' and users.disabled_at is null`.execute(tx)
  return rows[0]?.all === true
}
