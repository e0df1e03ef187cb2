/** One Kysely over one pool, to a configured PostgreSQL or to the embedded one; nothing above it knows which. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, Kysely, PostgresDialect, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import type { Log } from '../log.ts'

/** Each room adds its tables to this interface, in its own `tables.ts`. */
// biome-ignore lint/suspicious/noEmptyInterface: rooms extend it by declaration merging
export interface Tables {}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

export type Database = { db: Db; pool: pg.Pool; close(): Promise<void> }

const statementTimeoutMs = 30_000
const idleInTransactionTimeoutMs = 60_000
const connectTimeoutMs = 5_000
const slowQueryMs = 250

const insideTransaction = new AsyncLocalStorage<true>()

export function createDatabase(login: pg.ClientConfig, options: { maxConnections: number; log: Log }): Database {
  const pool = new pg.Pool({
    ...login,
    max: options.maxConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    application_name: 'cadastre',
  })
  // A connection that breaks while it is in use fails what is asked; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  // An idle connection that breaks is the pool's business: the next query gets a new one.
  pool.on('error', (error) => options.log.warn({ error: error.message }, 'an idle database connection was lost'))
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: {
        options: pool.options,
        connect: async () =>
          namingClient(await connectOutsideTransaction(pool), options.log) as unknown as pg.PoolClient,
        end: () => pool.end(),
      } as unknown as pg.Pool,
    }),
  })
  return { db, pool, close: () => db.destroy() }
}

let transactions = 0

/** Runs `work` in one transaction. Inside it only `tx` may be used: a query on the pool throws. */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  transactions += 1
  try {
    return await db.transaction().execute((tx) => insideTransaction.run(true, () => work(tx)))
  } finally {
    transactions -= 1
    // Once used it watches every promise and every tick of the process, until it is told to stop.
    if (transactions === 0) insideTransaction.disable()
  }
}

/**
 * A constant SQL text of a hot path, sent as a named prepared statement: planning dominates short queries.
 * The name must be unique; one name with two texts throws.
 */
export function namedStatement<Row>(name: string, text: string): (db: Db | Tx, values: unknown[]) => Promise<Row[]> {
  const marked = `/*n:${name}*/ ${text}`
  return async (db, values) => (await db.executeQuery<Row>(CompiledQuery.raw(marked, values))).rows
}

/** Runs a change and says how many rows it changed. */
export const changedRows = async (db: Db | Tx, change: RawBuilder<unknown>): Promise<number> =>
  Number((await change.execute(db)).numAffectedRows ?? 0n)

/** True when the server could not be reached, had no connection left or went away, as opposed to having refused the statement. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '', syscall } = error as NodeJS.ErrnoException
  // A unix socket that is missing, and not some file.
  if (code === 'ENOENT' || code === 'EACCES') return syscall === 'connect'
  return (
    /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|57P0[123]|53300|08)/.test(code) ||
    /connection terminated|timeout exceeded when trying to connect|Connection ended|client has encountered a connection error/i.test(
      error.message,
    )
  )
}

function connectOutsideTransaction(pool: pg.Pool): Promise<pg.PoolClient> {
  if (insideTransaction.getStore()) {
    throw new Error('A query on the pool inside a transaction deadlocks when the pool is exhausted: use tx.')
  }
  return pool.connect()
}

const textOfName = new Map<string, string>()
const marker = /^\/\*n:(\w+)\*\//

function namingClient(client: pg.PoolClient, log: Log) {
  let lost = false
  const run = (text: string, values?: unknown[]) => {
    const name = marker.exec(text)?.[1]
    if (!name) return client.query(text, values)
    const known = textOfName.get(name)
    if (known === undefined) textOfName.set(name, text)
    else if (known !== text) throw new Error(`The statement name ${name} is used for two texts.`)
    return client.query({ name, text, values })
  }
  return {
    query: async (query: string | { text: string }, values?: unknown[]) => {
      if (typeof query !== 'string') return client.query(query as never)
      const startedAt = performance.now()
      const result = await run(query, values).catch((error) => {
        lost ||= isConnectionLoss(error)
        throw error
      })
      const elapsedMs = performance.now() - startedAt
      if (elapsedMs > slowQueryMs) log.warn({ elapsedMs: Math.round(elapsedMs), query: nameOf(query) }, 'slow query')
      return result
    },
    // PostgreSQL says that it goes before it closes the connection: nobody may get it in between.
    release: () => client.release(lost),
  }
}

const nameOf = (text: string) => marker.exec(text)?.[1] ?? text.slice(0, 120)
