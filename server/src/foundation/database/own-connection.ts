/** A connection of one's own for long work in bulk: its session holds locks and temporary tables, and COPY goes through it. */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { copyLines } from './copy-lines.ts'
import { copyRows } from './copy-rows.ts'
import type { Db, Tables, Tx } from './database.ts'

export type OwnConnection = {
  /** On this one connection; one question after the other. */
  db: Db
  /** Fills a table by COPY, inside the transaction that is open. */
  copy(table: string, columns: string[], rows: Iterable<unknown[]>): Promise<void>
  /** What a query without parameters answers, by COPY: rows as they come, a few at a time, their columns as text. */
  rows(query: string): AsyncIterable<Iterable<(string | null)[]>>
  close(): Promise<void>
}

/** Numbers for rows that COPY will bring, which writes what it is given also where numbers are always generated. */
export async function nextIds(tx: Tx, table: string, count: number): Promise<string[]> {
  const given = await sql<{ id: string }>`select nextval(pg_get_serial_sequence(${table}, 'id')) as id
    from generate_series(1, ${count}::integer)`.execute(tx)
  return given.rows.map(({ id }) => id)
}

const statementTimeoutMs = 10 * 60 * 1000
const idleInTransactionTimeoutMs = 60_000
const connectTimeoutMs = 5_000

export async function ownConnection(login: pg.ClientConfig, purpose: string): Promise<OwnConnection> {
  const client = new pg.Client({
    ...login,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    application_name: `cadastre ${purpose}`,
  })
  // What breaks fails what is asked; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  const lent = {
    query: (text: string, values: unknown[]) => client.query(text, values),
    release: () => {},
  }
  return {
    db: new Kysely<Tables>({
      dialect: new PostgresDialect({
        pool: { connect: async () => lent as unknown as pg.PoolClient, end: async () => {} } as unknown as pg.Pool,
      }),
    }),

    async copy(table, columns, rows) {
      const into = client.query(copyFrom(`copy ${table} (${columns.map(pg.escapeIdentifier).join(', ')}) from stdin`))
      await pipeline(Readable.from(copyLines(rows)), into)
    },

    rows: (query) => copyRows(client.query(copyTo(`copy (${query}) to stdout`))),

    close: () => client.end(),
  }
}
