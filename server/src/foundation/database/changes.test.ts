/** What other processes changed: heard at once, caught up with after a cut, forgotten when nobody can tell. */
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { query } from '../../../test/embedded.ts'
import { announce, type Changes, changesKeptMs, forgetOldChanges, listenForChanges } from './changes.ts'
import { createDatabase, type Database, transaction } from './database.ts'

const patience = { timeout: 60_000, interval: 10 }
const log = pino({ enabled: false })
let copy: TestDatabase
let database: Database
const listening: Changes[] = []

beforeAll(async () => {
  copy = await copyOfTemplate()
  database = createDatabase(copy.owner, { maxConnections: 2, log })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(listening.splice(0).map((changes) => changes.close()))
  await admit(true)
})
afterAll(async () => {
  await database?.close()
  await copy?.drop()
})

test('a change that was committed is heard in other processes, each topic of it', async () => {
  const listener = await listen()

  await transaction(database.db, (tx) => announce(tx, 'modules/acme', 'rights'))

  await vi.waitFor(() => expect(listener.heard.toSorted()).toEqual(['modules/acme', 'rights']), patience)
  expect(listener.resets).toBe(1)
})

test('a change that was undone is not heard', async () => {
  const listener = await listen()
  await transaction(database.db, async (tx) => {
    await announce(tx, 'undone')
    throw new Error('no')
  }).catch(() => undefined)

  await transaction(database.db, (tx) => announce(tx, 'done'))

  await vi.waitFor(() => expect(listener.heard).toContain('done'), patience)
  expect(listener.heard).toEqual(['done'])
})

test('what this process has committed is applied at once, to every listener', () => {
  const changes = listenTo(copy.application)
  const heard: string[] = []
  changes.onChange((topic) => heard.push(`first ${topic}`))
  changes.onChange((topic) => heard.push(`second ${topic}`))

  changes.apply(['a', 'b'])

  expect(heard).toEqual(['first a', 'second a', 'first b', 'second b'])
})

test('the first connection resets: what was kept before it may be old', async () => {
  const listener = await listen()

  expect(listener.resets).toBe(1)
  expect(listener.heard).toEqual([])
})

test('after its connection was cut a process catches up with what it missed, and forgets nothing else', async () => {
  const listener = await listen()
  await transaction(database.db, (tx) => announce(tx, 'before'))
  await vi.waitFor(() => expect(listener.heard).toContain('before'), patience)
  await cut()
  await transaction(database.db, (tx) => announce(tx, 'missed'))
  await transaction(database.db, (tx) => announce(tx, 'missed', 'missed as well'))
  const duringCut = [...listener.heard]

  await admit(true)
  await vi.waitFor(() => expect(listener.heard).toContain('missed as well'), patience)

  expect(duringCut).not.toContain('missed')
  expect(listener.heard.filter((topic) => topic === 'missed')).toHaveLength(1)
  expect(listener.resets).toBe(1)
})

test('a transaction that began before the cut and ended during it is caught up with', async () => {
  const long = new pg.Client(copy.owner)
  await long.connect()
  await long.query("begin; insert into changes (topic) values ('long'); notify cadastre_changes, 'long'")
  const listener = await listen()
  await cut()

  await long.query('commit')
  await long.end()
  await admit(true)

  await vi.waitFor(() => expect(listener.heard).toContain('long'), patience)
  expect(listener.resets).toBe(1)
})

test('after a catch-up changes are heard as before', async () => {
  const listener = await listen()
  await cut()
  await admit(true)
  await vi.waitFor(() => expect(listener.changes.staleForMs()).toBe(0), patience)

  await transaction(database.db, (tx) => announce(tx, 'after'))

  await vi.waitFor(() => expect(listener.heard).toContain('after'), patience)
})

test('a process that was away for longer than changes are kept forgets everything', async () => {
  const listener = await listen()
  await cut()
  const real = performance.now.bind(performance)
  vi.spyOn(performance, 'now').mockImplementation(() => real() + changesKeptMs + 1_000)

  await admit(true)

  await vi.waitFor(() => expect(listener.resets).toBe(2), patience)
})

test('a process that finds an older database, such as a restored one, forgets everything', async () => {
  const listener = await listen()
  await cut()
  // What a server would say whose transactions have lower numbers than those already seen.
  await query(
    copy.superuser,
    `create schema pretended;
     grant usage on schema pretended to public;
     create function pretended.pg_current_snapshot() returns pg_snapshot language sql as $$ select '3:3:'::pg_snapshot $$;
     do $$ begin
       execute format('alter database %I set search_path = pretended, pg_catalog, public', current_database());
     end $$`,
  )

  await admit(true)

  await vi.waitFor(() => expect(listener.resets).toBe(2), patience)
  await query(copy.superuser, 'drop schema pretended cascade')
  await query(
    copy.superuser,
    `do $$ begin execute format('alter database %I reset search_path', current_database()); end $$`,
  )
})

test('staleness is nothing while the connection is well, and grows while it is not', async () => {
  const listener = await listen()
  await vi.waitFor(() => expect(listener.changes.staleForMs()).toBe(0), patience)

  await cut()

  await vi.waitFor(() => expect(listener.changes.staleForMs()).toBeGreaterThan(0), patience)
  await admit(true)
  await vi.waitFor(() => expect(listener.changes.staleForMs()).toBe(0), patience)
})

test('who waits to hear of PostgreSQL for the first time finds all well then, and waits no longer than they said', async () => {
  const changes = listenTo(copy.application)
  await changes.heard(60_000)
  expect(changes.staleForMs()).toBe(0)

  const alone = listenTo({ ...copy.application, host: '127.0.0.1', port: 1 })
  await alone.heard(10)
  expect(alone.staleForMs()).toBeGreaterThan(0)
})

test('without a server it waits in the background, and closes when told to', async () => {
  const changes = listenTo({ ...copy.application, host: '127.0.0.1', port: 1 })

  await vi.waitFor(() => expect(changes.staleForMs()).toBeGreaterThan(100), patience)

  await expect(changes.close()).resolves.toBeUndefined()
})

test('closing leaves no connection, however early', async () => {
  const changes = listenTo(copy.application)

  await changes.close()

  await vi.waitFor(async () => expect(await listeners()).toEqual([]), patience)
})

test('old changes are forgotten, young ones are not', async () => {
  await transaction(database.db, (tx) => announce(tx, 'old', 'young'))
  await sql`update changes set occurred_at = now() - interval '61 minutes' where topic = 'old'`.execute(database.db)

  await forgetOldChanges(database.db)

  const left = await sql<{ topic: string }>`select topic from changes where topic in ('old', 'young')`.execute(
    database.db,
  )
  expect(left.rows).toEqual([{ topic: 'young' }])
})

function listenTo(login: pg.ClientConfig): Changes {
  const changes = listenForChanges(login, log)
  listening.push(changes)
  return changes
}

/** A listener that is connected. */
async function listen() {
  const changes = listenTo(copy.application)
  const listener = { changes, heard: [] as string[], resets: 0 }
  changes.onChange((topic) => listener.heard.push(topic))
  changes.onReset(() => {
    listener.resets += 1
  })
  await vi.waitFor(() => expect([listener.resets, changes.staleForMs()]).toEqual([1, 0]), patience)
  return listener
}

/** Cuts every listener's connection, and keeps them away until they are admitted again. */
async function cut(): Promise<void> {
  await admit(false)
  await query(copy.superuser, `select pg_terminate_backend(pid) from pg_stat_activity where ${isListener}`)
  await vi.waitFor(async () => expect(await listeners()).toEqual([]), patience)
}

const isListener = "application_name = 'cadastre-changes' and datname = current_database()"
const listeners = () => query(copy.superuser, `select pid from pg_stat_activity where ${isListener}`)

async function admit(may: boolean): Promise<void> {
  const [word, to] = may ? ['grant', 'to'] : ['revoke', 'from']
  await query(copy.superuser, `${word} connect on database ${copy.superuser.database} ${to} ${copy.application.user}`)
}
