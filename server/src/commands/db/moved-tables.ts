/** Which tables move with a registry, in an order in which every row comes after those it refers to. */
import type pg from 'pg'

/** How values are written as text, the same on every server whatever its own settings are. */
export const sameWriting = `set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local search_path = public`

export type MovedTable = {
  name: string
  /** Without those that PostgreSQL computes. */
  columns: string[]
  /** Those that a sequence fills. */
  identities: string[]
}

/**
 * Stays behind: which migrations were applied, since every database has its own; what changed in the last hour, which is
 * told in transaction numbers of one server and concerns only processes that run on it; and what runs there in the
 * background or has run, since a copy of it would be taken up here. So do the schemas `jobs`
 * (the queues are made by a migration, and housekeeping finds again what is left to do), `staging` (imports under way)
 * and `catalogue` (views).
 */
const leftBehind = [
  'schema_migrations',
  'schema_migrations_lock',
  'changes',
  'job_runs',
  'job_problems',
  'catalogue_import_items',
]

export async function movedTables(client: pg.Client): Promise<MovedTable[]> {
  const tables = await client.query<MovedTable & { oid: number; refers: number[] }>(
    `select relation.oid::int, relname as name,
            array(select attname::text from pg_attribute where attrelid = relation.oid and attnum > 0
                    and not attisdropped and attgenerated = '' order by attnum) as columns,
            array(select attname::text from pg_attribute where attrelid = relation.oid and attidentity <> '') as identities,
            array(select confrelid::int from pg_constraint where conrelid = relation.oid and contype = 'f'
                    and confrelid <> conrelid) as refers
     from pg_class as relation
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all($1)
       and not exists (select from pg_depend where objid = relation.oid and deptype = 'e')
     order by relname`,
    [leftBehind],
  )
  return parentsFirst(tables.rows).map(({ name, columns, identities }) => ({ name, columns, identities }))
}

function parentsFirst<Table extends { oid: number; refers: number[] }>(tables: Table[]): Table[] {
  const placed: Table[] = []
  const left = new Set(tables)
  while (left.size > 0) {
    const free = [...left].filter(({ refers }) => ![...left].some((other) => refers.includes(other.oid)))
    if (free.length === 0) throw new Error('Tables refer to each other in a circle.')
    for (const table of free) {
      left.delete(table)
      placed.push(table)
    }
  }
  return placed
}
