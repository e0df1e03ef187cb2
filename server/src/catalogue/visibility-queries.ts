/** All SQL of who may see which registry of the catalogue. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { Visibility } from '../access/permit.ts'
import type { Db, Tables, Tx } from '../foundation/database/database.ts'
import './tables.ts'

const columns = (row: ExpressionBuilder<Tables, 'catalogue_sources'>) =>
  [
    'hostname',
    'kind',
    'address',
    'visibility',
    'imported_at as importedAt',
    row
      .selectFrom('catalogue_namespaces')
      .whereRef('catalogue_namespaces.hostname', '=', 'catalogue_sources.hostname')
      .select(
        sql<{ namespace: string; visibility: Visibility }[]>`coalesce(json_agg(json_build_object(
          'namespace', catalogue_namespaces.namespace, 'visibility', catalogue_namespaces.visibility)
          order by catalogue_namespaces.namespace), '[]')`.as('list'),
      )
      .as('namespaces'),
  ] as const

export type SourceRow = Awaited<ReturnType<typeof getSource>>

/** There are few of them, so they come all at once. */
export const listSources = (db: Db) => db.selectFrom('catalogue_sources').select(columns).orderBy('hostname').execute()

export const getSource = (db: Db | Tx, hostname: string) =>
  db.selectFrom('catalogue_sources').where('hostname', '=', hostname).select(columns).executeTakeFirstOrThrow()

/** As it is now, and as it stays until this transaction ends, with all its namespaces. */
export async function lockSourceVisibility(tx: Tx, hostname: string): Promise<Visibility | undefined> {
  const source = tx.selectFrom('catalogue_sources').where('hostname', '=', hostname).select('visibility').forUpdate()
  return (await source.executeTakeFirst())?.visibility
}

export async function updateSourceVisibility(tx: Tx, hostname: string, visibility: Visibility): Promise<void> {
  await tx
    .updateTable('catalogue_sources')
    .set({ visibility, updated_at: new Date() })
    .where('hostname', '=', hostname)
    .execute()
}

export async function findNamespaceVisibility(
  tx: Tx,
  hostname: string,
  namespace: string,
): Promise<Visibility | undefined> {
  const found = tx
    .selectFrom('catalogue_namespaces')
    .where('hostname', '=', hostname)
    .where('namespace', '=', namespace)
    .select('visibility')
  return (await found.executeTakeFirst())?.visibility
}

export async function upsertNamespaceVisibility(
  tx: Tx,
  hostname: string,
  namespace: string,
  visibility: Visibility,
): Promise<void> {
  await tx
    .insertInto('catalogue_namespaces')
    .values({ hostname, namespace, visibility })
    .onConflict((row) => row.columns(['hostname', 'namespace']).doUpdateSet({ visibility }))
    .execute()
}

export async function deleteNamespaceVisibility(tx: Tx, hostname: string, namespace: string): Promise<void> {
  await tx
    .deleteFrom('catalogue_namespaces')
    .where('hostname', '=', hostname)
    .where('namespace', '=', namespace)
    .execute()
}
