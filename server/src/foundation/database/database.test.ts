/** The database layer: transactions, named statements, limits, and which errors mean that PostgreSQL is away. */
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { createDatabase, type Database, isConnectionLoss, namedStatement, transaction } from './database.ts'

let copy: TestDatabase
let database: Database
const logged: Record<string, unknown>[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) })

beforeAll(async () => {
  copy = await copyOfTemplate()
  database = createDatabase(copy.application, { maxConnections: 2, log })
})
afterAll(async () => {
  await database?.close()
  await copy?.drop()
})

const organizations = async () =>
  (await sql<{ name: string }>`select name from organizations order by name`.execute(database.db)).rows.map(
    (row) => row.name,
  )

test('what a transaction did is there when it ends well', async () => {
  const answer = await transaction(database.db, async (tx) => {
    await sql`insert into organizations (name) values ('kept')`.execute(tx)
    return 'answer'
  })

  expect(answer).toBe('answer')
  expect(await organizations()).toContain('kept')
})

test('what a transaction did is undone when it throws, and its connection serves again', async () => {
  const failing = transaction(database.db, async (tx) => {
    await sql`insert into organizations (name) values ('undone')`.execute(tx)
    throw new Error('no')
  })

  await expect(failing).rejects.toThrow('no')
  expect(await organizations()).not.toContain('undone')
  expect(database.pool.waitingCount).toBe(0)
})

test.each([
  ['a query', () => sql`select 1`.execute(database.db)],
  ['a named statement', () => namedStatement('insideTransaction', 'select 1')(database.db, [])],
  ['a second transaction', () => transaction(database.db, async () => undefined)],
])('%s on the pool inside a transaction throws instead of waiting for a connection', async (_, ask) => {
  const failing = transaction(database.db, async () => void (await ask()))

  await expect(failing).rejects.toThrow('use tx')
})

test('work that a transaction leaves alone may use the pool at the same time', async () => {
  const inside = transaction(database.db, (tx) => sql`select pg_sleep(0.1)`.execute(tx))

  const names = await organizations()
  await inside

  expect(names).toContain('default')
})

test('a named statement is prepared once per connection and answers each time', async () => {
  const add = namedStatement<{ sum: number }>('addNumbers', 'select $1::int + $2::int as sum')

  const answers = await transaction(database.db, async (tx) => {
    const sums = [await add(tx, [1, 2]), await add(tx, [20, 22])]
    const prepared = await sql`select from pg_prepared_statements where name = 'addNumbers'`.execute(tx)
    return { sums, prepared: prepared.rows.length }
  })

  expect(answers).toEqual({ sums: [[{ sum: 3 }], [{ sum: 42 }]], prepared: 1 })
})

test('one name for two statements throws: PostgreSQL would answer the first', async () => {
  await namedStatement('twoTexts', 'select 1')(database.db, [])

  const second = namedStatement('twoTexts', 'select 2')(database.db, [])

  await expect(second).rejects.toThrow('twoTexts is used for two texts')
})

test('every connection has its limits and a name that an administrator recognises', async () => {
  const answer = await sql<Record<string, string>>`
    select current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle,
      current_setting('application_name') as name`.execute(database.db)

  expect(answer.rows[0]).toEqual({ statement: '30s', idle: '1min', name: 'cadastre' })
})

test('a slow query is logged by its name or its text, without its values', async () => {
  await namedStatement('sleepAWhile', 'select pg_sleep($1::float8), $2::text')(database.db, [0.3, 'a secret'])
  await sql`select pg_sleep(0.3), ${'a secret'}::text`.execute(database.db)

  const slow = logged.filter((line) => line.msg === 'slow query')
  expect(slow.map((line) => line.query)).toEqual(
    expect.arrayContaining(['sleepAWhile', expect.stringContaining('select pg_sleep(0.3)')]),
  )
  expect(JSON.stringify(slow)).not.toContain('a secret')
})

test('a connection that PostgreSQL cuts is a connection loss, and the next query has another', async () => {
  const cut = await sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.db).catch((error) => error)

  const names = await organizations()

  expect(isConnectionLoss(cut)).toBe(true)
  expect(names).toContain('default')
})

test('an idle connection that PostgreSQL cuts is logged, and nobody else notices', async () => {
  const other = createDatabase({ ...copy.application }, { maxConnections: 1, log })
  const own = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(other.db)

  await sql`select pg_terminate_backend(${own.rows[0]!.pid})`.execute(database.db)
  while (other.pool.totalCount > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const next = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(other.db)
  await other.close()

  expect(next.rows[0]!.pid).not.toBe(own.rows[0]!.pid)
  expect(logged).toContainEqual(expect.objectContaining({ level: 40, msg: 'an idle database connection was lost' }))
})

test.each<[string, () => pg.ClientConfig]>([
  ['nobody listens on the port', () => ({ ...copy.application, host: '127.0.0.1', port: 1 })],
  ['nobody listens on the socket', () => ({ ...copy.application, host: '/nowhere' })],
  ['the host has no address', () => ({ ...copy.application, host: 'no-such-host.invalid' })],
])('it is a connection loss when %s', async (_, login) => {
  const away = createDatabase(login(), { maxConnections: 1, log })

  const error = await sql`select 1`.execute(away.db).catch((lost) => lost)
  await away.close()

  expect(isConnectionLoss(error)).toBe(true)
})

test('it is a connection loss when all connections stay busy', async () => {
  const busy = createDatabase(copy.application, { maxConnections: 1, log })
  const client = await busy.pool.connect()

  const error = await sql`select 1`.execute(busy.db).catch((lost) => lost)
  client.release()
  await busy.close()

  expect(isConnectionLoss(error)).toBe(true)
})

test('it is a connection loss when PostgreSQL has no connection left', async () => {
  const owner = new pg.Client(copy.owner)
  await owner.connect()
  const limit = (connections: number) =>
    owner.query(`alter database "${copy.owner.database}" connection limit ${connections}`)
  const late = createDatabase(copy.application, { maxConnections: 1, log })

  await limit(0)
  const error = await sql`select 1`.execute(late.db).catch((lost) => lost)
  await limit(-1)
  await owner.end()
  await late.close()

  expect([error.code, isConnectionLoss(error)]).toEqual(['53300', true])
})

test.each([
  ['a wrong statement', () => sql`select nonsense`.execute(database.db)],
  [
    'a statement that was cancelled',
    () =>
      transaction(database.db, async (tx) => {
        await sql`set local statement_timeout = 10`.execute(tx)
        await sql`select pg_sleep(60)`.execute(tx)
      }),
  ],
  ['a missing right', () => sql`create table sneaked (id int)`.execute(database.db)],
  ['a missing file', () => import('node:fs/promises').then(({ readFile }) => readFile('/no/such/file'))],
])('%s is no connection loss', async (_, fail) => {
  const error = await fail().catch((refused: unknown) => refused)

  expect(error).toBeInstanceOf(Error)
  expect(isConnectionLoss(error)).toBe(false)
})

test.each([[null], [undefined], ['ECONNREFUSED'], [{ code: 'ECONNREFUSED' }]])('%j is no connection loss', (error) => {
  expect(isConnectionLoss(error)).toBe(false)
})
