/** All SQL of organizations as such. */
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import { isUniqueViolation } from '../foundation/database/errors.ts'
import { Refusal } from '../foundation/refusal.ts'
import './tables.ts'

export type OrganizationRow = {
  id: string
  name: string
  displayName: string
  namespaces: number
  members: number
  createdAt: Date
}

const columns = [
  'organizations.id',
  'organizations.name',
  'organizations.display_name as displayName',
  sql<number>`(select count(*)::int from namespaces where organization_id = organizations.id)`.as('namespaces'),
  sql<number>`(select count(distinct user_id)::int from organization_members where organization_id = organizations.id)`.as(
    'members',
  ),
  'organizations.created_at as createdAt',
] as const

/** By name. @param ids null: all of them @param after name of the last one of the page before */
export function listOrganizations(
  db: Db,
  ids: string[] | null,
  after: string,
  limit: number,
): Promise<OrganizationRow[]> {
  let query = db.selectFrom('organizations').where('name', '>', after).select(columns).orderBy('name').limit(limit)
  if (ids) query = query.where('id', '=', sql<string>`any(${ids}::uuid[])`)
  return query.execute()
}

export const findOrganization = (db: Db | Tx, name: string): Promise<OrganizationRow | undefined> =>
  db.selectFrom('organizations').where('name', '=', name).select(columns).executeTakeFirst()

/** @param ids those of organizations; `platform` among them is left out @returns their names by id */
export async function organizationNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== 'platform')
  if (wanted.length === 0) return new Map()
  const found = await db
    .selectFrom('organizations')
    .where('id', '=', sql<string>`any(${wanted}::uuid[])`)
    .select(['id', 'name'])
    .execute()
  return new Map(found.map(({ id, name }) => [id, name]))
}

export async function insertNewOrganization(tx: Tx, wanted: { name: string; displayName: string }): Promise<void> {
  try {
    await tx.insertInto('organizations').values({ name: wanted.name, display_name: wanted.displayName }).execute()
  } catch (error) {
    throw isUniqueViolation(error) ? organizationTaken(wanted.name) : error
  }
}

export async function renameOrganization(tx: Tx, id: string, displayName: string): Promise<void> {
  await tx
    .updateTable('organizations')
    .set({ display_name: displayName, updated_at: new Date() })
    .where('id', '=', id)
    .execute()
}

/** Nobody puts anything into it until this transaction ends. */
export async function lockOrganization(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('organizations').where('id', '=', id).select('id').forUpdate().execute()
}

export async function deleteOrganizationRow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('organizations').where('id', '=', id).execute()
}

const organizationTaken = (name: string) =>
  new Refusal('conflict', 'organization-exists', `An organization ${name} exists already.`)
