/** All SQL of organizations and namespaces. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { NamespaceRights, ReadableNamespaces, Visibility } from '../access/permit.ts'
import type { Db, Tables, Tx } from '../foundation/database/database.ts'
import { isForeignKeyViolation, isUniqueViolation } from '../foundation/database/errors.ts'
import { namespaceTaken, organizationNotFound } from './namespace.ts'
import './tables.ts'

export async function findNamespace(
  db: Db | Tx,
  name: string,
): Promise<(NamespaceRights & { id: string }) | undefined> {
  return db
    .selectFrom('namespaces')
    .where('name', '=', name)
    .select(['id', 'name', 'organization_id as organizationId', 'visibility'])
    .executeTakeFirst()
}

/** As it is now, and as it stays until this transaction ends. */
export async function lockNamespace(tx: Tx, name: string): Promise<NamespaceRights | undefined> {
  return tx
    .selectFrom('namespaces')
    .where('name', '=', name)
    .select(['name', 'organization_id as organizationId', 'visibility'])
    .forUpdate()
    .executeTakeFirst()
}

export async function findOrganizationId(db: Db | Tx, name: string): Promise<string | undefined> {
  return (await db.selectFrom('organizations').where('name', '=', name).select('id').executeTakeFirst())?.id
}

/** Makes it when it is missing. */
export async function insertOrganization(db: Db, name: string): Promise<void> {
  await db
    .insertInto('organizations')
    .values({ name })
    .onConflict((row) => row.column('name').doNothing())
    .execute()
}

/** For the inside of every query that lists: what the caller may not read is not among the rows. */
export function isReadable(readable: ReadableNamespaces) {
  return (row: ExpressionBuilder<Tables, 'namespaces'>) => {
    if (readable.everything) return sql<boolean>`true`
    const internal = row('namespaces.visibility', '=', 'internal')
    const named = readable.named.map(({ organizationId, names }) =>
      row.and([
        row('namespaces.name', '=', sql<string>`any(${names}::text[])`),
        ...(organizationId === null
          ? []
          : [row.or([internal, row('namespaces.organization_id', '=', organizationId)])]),
      ]),
    )
    return row.or([
      row('namespaces.visibility', '=', 'public'),
      ...(readable.internal ? [internal] : []),
      row('namespaces.organization_id', '=', sql<string>`any(${readable.organizationIds}::uuid[])`),
      ...named,
    ])
  }
}

export function listNamespaces(db: Db, readable: ReadableNamespaces, after: string, limit: number) {
  return db
    .selectFrom('namespaces')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    .where(isReadable(readable))
    .where('namespaces.name', '>', after)
    .select([
      'namespaces.name',
      'organizations.name as organization',
      'namespaces.visibility',
      'namespaces.created_at as createdAt',
    ])
    .orderBy('namespaces.name')
    .limit(limit)
    .execute()
}

export async function getNamespace(db: Db | Tx, name: string) {
  return db
    .selectFrom('namespaces')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    .where('namespaces.name', '=', name)
    .select([
      'namespaces.name',
      'organizations.name as organization',
      'namespaces.visibility',
      'namespaces.created_at as createdAt',
    ])
    .executeTakeFirstOrThrow()
}

export async function insertNamespace(
  tx: Tx,
  { name, organization, visibility }: { name: string; organization: Owner; visibility: Visibility },
) {
  try {
    await tx.insertInto('namespaces').values({ name, organization_id: organization.id, visibility }).execute()
  } catch (error) {
    throw isUniqueViolation(error) ? namespaceTaken(name) : ownerGone(error, organization)
  }
}

export async function updateVisibility(tx: Tx, name: string, visibility: Visibility): Promise<void> {
  await tx.updateTable('namespaces').set({ visibility, updated_at: new Date() }).where('name', '=', name).execute()
}

export async function hasOtherNamespaces(db: Db, than: string): Promise<boolean> {
  const other = db.selectFrom('namespaces').where('name', '<>', than).select('id').limit(1)
  return (await other.executeTakeFirst()) !== undefined
}

export async function moveNamespace(tx: Tx, name: string, to: Owner): Promise<void> {
  try {
    await tx
      .updateTable('namespaces')
      .set({ organization_id: to.id, updated_at: new Date() })
      .where('name', '=', name)
      .execute()
  } catch (error) {
    throw ownerGone(error, to)
  }
}

type Owner = { id: string; name: string }

/** It was deleted between our look at it and now. */
const ownerGone = (error: unknown, { name }: Owner) =>
  isForeignKeyViolation(error) ? organizationNotFound(name) : error
