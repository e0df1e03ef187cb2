/** All SQL of organizations and namespaces. */
import type { NamespaceFilter } from '@cadastre/contract/namespaces'
import { type ExpressionBuilder, sql } from 'kysely'
import type { HeldNamespaces, NamespaceRights, ReadableNamespaces, Visibility } from '../access/permit.ts'
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

/** The same for what somebody may do something in. */
function isHeld(held: HeldNamespaces) {
  return (row: ExpressionBuilder<Tables, 'namespaces'>) => {
    if (held.everything) return sql<boolean>`true`
    const named = held.named.map(({ organizationId, names }) =>
      row.and([
        row('namespaces.name', '=', sql<string>`any(${names}::text[])`),
        ...(organizationId === null ? [] : [row('namespaces.organization_id', '=', organizationId)]),
      ]),
    )
    return row.or([row('namespaces.organization_id', '=', sql<string>`any(${held.organizationIds}::uuid[])`), ...named])
  }
}

/** What is listed of a namespace elsewhere: whatever has a version that is not deleted. */
const modulesIn = sql<number | null>`(
  select count(*)::int from modules where namespace_id = namespaces.id and exists (
    select from module_versions where module_id = modules.id and state <> 'deleted'))`
const providersIn = sql<number | null>`(
  select count(*)::int from providers where namespace_id = namespaces.id and exists (
    select from provider_versions where provider_id = providers.id and state <> 'deleted'))`

const notCounted = sql<number | null>`null::int`

/** @param counts each module and provider of each namespace is looked at, which only some lists show */
const namespaceColumns = (counts: boolean) =>
  [
    'namespaces.name',
    'namespaces.organization_id as organizationId',
    'organizations.name as organization',
    'namespaces.visibility',
    (counts ? modulesIn : notCounted).as('modules'),
    (counts ? providersIn : notCounted).as('providers'),
    'namespaces.created_at as createdAt',
  ] as const

export type NamespaceRow = NamespaceRights & {
  organization: string
  modules: number | null
  providers: number | null
  createdAt: Date
}

/** By name. @param options.after name of the last one of the page before @param options.held instead of what is readable, where something may be done */
export function listNamespaces(
  db: Db,
  readable: ReadableNamespaces,
  options: { after: string; limit: number; held?: HeldNamespaces; counts?: boolean } & Omit<NamespaceFilter, 'holding'>,
): Promise<NamespaceRow[]> {
  const { after, limit, held, counts = false, q, visibility, organization } = options
  let query = db
    .selectFrom('namespaces')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    // Who may do something somewhere knows of the place, whether they may read there or not.
    .where(held ? isHeld(held) : isReadable(readable))
    .where('namespaces.name', '>', after)
    .select(namespaceColumns(counts))
    .orderBy('namespaces.name')
    .limit(limit)
  if (q !== undefined) query = query.where(sql<boolean>`strpos(namespaces.name, lower(${q})) > 0`)
  if (visibility !== undefined) query = query.where('namespaces.visibility', '=', visibility)
  if (organization !== undefined) query = query.where('organizations.name', '=', organization)
  return query.execute()
}

export async function getNamespace(db: Db | Tx, name: string): Promise<NamespaceRow> {
  return db
    .selectFrom('namespaces')
    .innerJoin('organizations', 'organizations.id', 'namespaces.organization_id')
    .where('namespaces.name', '=', name)
    .select(namespaceColumns(true))
    .executeTakeFirstOrThrow()
}

/** The one of that name, or of one that readers take for it. */
export async function findNamesake(db: Db | Tx, name: string): Promise<NamespaceRights | undefined> {
  return db
    .selectFrom('namespaces')
    .where('folded_name', '=', name.replaceAll('_', '-'))
    .select(['name', 'organization_id as organizationId', 'visibility'])
    .executeTakeFirst()
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
