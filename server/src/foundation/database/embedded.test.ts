/** The embedded PostgreSQL as the registry uses it: started, asked, stopped and started again. */
import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  endServerProcess,
  isRoot,
  killAllIn,
  postmasterOf,
  processesIn,
  query,
  removeTemporaryFolders,
  startedOf,
  startServerProcess,
  temporaryFolder,
  testUser,
} from '../../../test/embedded.ts'
import { serverRoot } from '../server-root.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts'
import { closedFolder, type ServerUser } from './embedded-user.ts'

const patienceMs = 300_000
// Who works in a folder is read from /proc.
const onLinux = process.platform === 'linux'
const nobody: ServerUser = { name: 'nobody', uid: testUser?.uid ?? 0, gid: testUser?.gid ?? 0 }
const checkoutOpen = isRoot && onLinux && (await closedFolder(serverRoot, nobody)) === undefined

// Making a database takes most of a start's time, so the tests of usual places share one.
let dataDir: string
beforeAll(async () => {
  dataDir = join(await temporaryFolder(), 'data')
})
afterAll(removeTemporaryFolders)

describe('a running server', () => {
  let postgres: EmbeddedPostgres

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres({ dataDir })
  }, patienceMs)
  afterAll(() => postgres?.stop())

  test('keeps its data in data_dir, and its log beside them', async () => {
    expect(postgres.folder).toBe(join(dataDir, 'postgres'))
    expect(await readdir(join(dataDir, 'log', 'postgresql'))).toEqual([
      expect.stringMatching(/^postgresql-\w{3}\.log$/),
    ])
  })

  test.each([
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['synchronous_commit', 'on'],
    ['shared_buffers', '128MB'],
    ['max_connections', '50'],
    ['listen_addresses', ''],
    ['server_encoding', 'UTF8'],
    ['lc_collate', 'C'],
  ])('has %s set to %j', async (setting, value) => {
    const rows = await query(
      postgres.application,
      `select current_setting('${setting}', true) as value,
      (select datcollate from pg_database where datname = current_database()) as collation`,
    )

    expect(setting === 'lc_collate' ? rows[0]?.collation : rows[0]?.value).toBe(value)
  })

  test('runs as ourselves, or as an unprivileged user when we are root', async () => {
    const { uid } = await stat(join(postgres.folder, 'data', 'postmaster.pid'))

    expect(uid).toBe(testUser?.uid ?? process.getuid?.())
    expect(uid).not.toBe(0)
  })

  test('keeps everybody else out: its socket and its data lie in folders of its user alone', async () => {
    for (const folder of [postgres.folder, join(postgres.folder, 'data'), postgres.owner.host])
      expect((await lstat(folder)).mode & 0o777, folder).toBe(0o700)
    expect(postgres.owner.password).toBeUndefined()
  })

  test('has the two roles of production: neither is a superuser, and the owner owns the database', async () => {
    const roles = await query(
      postgres.superuser,
      `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication from pg_roles
       where rolname in ('${postgres.owner.user}', '${postgres.application.user}')`,
    )
    const [database] = await query(
      postgres.superuser,
      'select pg_get_userbyid(datdba) as owner from pg_database where datname = current_database()',
    )

    expect(roles).toHaveLength(2)
    for (const { rolname, ...rights } of roles) expect(Object.values(rights), rolname).not.toContain(true)
    expect(database?.owner).toBe(postgres.owner.user)
  })

  test('lets the owner make schemas and tables', async () => {
    await query(postgres.owner, 'create table made (id int); create schema made create table also_made (id int)')

    const tables = await query(postgres.owner, "select from pg_tables where tablename in ('made', 'also_made')")

    expect(tables).toHaveLength(2)
  })

  test.each([
    'create table sneaked (id int)',
    'create schema sneaked',
    'create view sneaked as select 1',
    'create function sneaked() returns int language sql as $$ select 1 $$',
    'create extension amcheck',
    'create database sneaked',
    'create role sneaked',
    'alter role current_user superuser',
    'set role cadastre_owner',
    'drop table owned',
    'alter table owned add column sneaked int',
    'truncate owned',
  ])('refuses the application role: %s', async (statement) => {
    await query(postgres.owner, 'create table if not exists owned (id int)')

    const refused = await query(postgres.application, statement).catch((error) => error)

    expect(refused).toMatchObject({ code: '42501' })
  })

  test('refuses a second start, naming the process that has the database', async () => {
    const server = await startServerProcess({ dataDir })

    expect(server.answer).toMatchObject({ refused: { code: 'embedded-in-use' } })
    expect((server.answer as { refused: { message: string } }).refused.message).toContain(`process ${process.pid},`)
    expect(await query(postgres.application, 'select 1 as still')).toEqual([{ still: 1 }])
  })
})

describe.runIf(onLinux)('stopping', () => {
  test('leaves no process, no socket and no lock, and the next start has the data, and as many connections as it is asked for', {
    timeout: patienceMs,
  }, async () => {
    const first = await startEmbeddedPostgres({ dataDir })
    await query(first.owner, "create table kept (text text); insert into kept values ('here')")
    const running = await processesIn(first.folder)

    await Promise.all([first.stop(), first.stop()])
    const left = await processesIn(first.folder)
    const files = await readdir(join(first.folder, 'run'))
    const second = await startEmbeddedPostgres({ dataDir, connections: 100 })
    const connections = await query(second.application, 'show max_connections')
    const rows = await query(second.owner, 'select text from kept')
    await second.stop()

    expect(running.length).toBeGreaterThan(3)
    expect(left).toEqual([])
    expect(files).toEqual([])
    expect(rows).toEqual([{ text: 'here' }])
    expect(connections).toEqual([{ max_connections: '200' }])
    expect(await readdir(join(first.folder, 'lock'))).toEqual([])
  })

  test('does not wait for clients that stay connected', { timeout: patienceMs }, async () => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    const asking = query(postgres.owner, 'select pg_sleep(600)').catch((error) => error)
    await query(postgres.superuser, waitFor("query like 'select pg_sleep(600)%'"))

    await postgres.stop()

    expect(await asking).toMatchObject({ code: '57P01' })
    expect(await processesIn(postgres.folder)).toEqual([])
  })
})

describe('a PostgreSQL that dies', () => {
  test('is told with its last log lines, and not when it was stopped', { timeout: patienceMs }, async () => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    await query(postgres.owner, "do $$ begin raise log 'the last words'; end $$")

    process.kill(await postmasterOf(postgres.folder), 'SIGQUIT')
    const lastLines = await postgres.died
    await postgres.stop()

    expect(lastLines).toContain('the last words')
    expect(lastLines).toContain('received immediate shutdown request')
    const again = await startEmbeddedPostgres({ dataDir })
    let died = false
    again.died.then(() => {
      died = true
    })
    await again.stop()
    expect(died).toBe(false)
  })

  test.runIf(onLinux)(
    'is told at once, also while one of its children is still at work',
    { timeout: patienceMs },
    async () => {
      const postgres = await startEmbeddedPostgres({ dataDir })
      const asking = query(postgres.owner, 'select count(*) from generate_series(1, 1e12::bigint)').catch(
        (error) => error,
      )
      await query(postgres.superuser, waitFor("query like 'select count(*) from generate_series%'"))

      process.kill(await postmasterOf(postgres.folder), 'SIGKILL')
      const lastLines = await postgres.died

      expect(lastLines).toContain('database system is ready to accept connections')
      expect((await processesIn(postgres.folder)).length).toBeGreaterThan(0)
      await killAllIn(postgres.folder)
      await postgres.stop()
      expect(await asking).toBeInstanceOf(Error)
    },
  )
})

describe('a database that this version cannot open', () => {
  test('of another major version is refused, with the steps that move it', { timeout: patienceMs }, async () => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    await postgres.stop()
    const version = join(postgres.folder, 'data', 'PG_VERSION')
    const right = await readFile(version, 'utf8')
    await writeFile(version, '16\n')

    const refused = await startEmbeddedPostgres({ dataDir }).catch((error) => error)
    await writeFile(version, right)
    const again = await startEmbeddedPostgres({ dataDir })
    await again.stop()

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-version' })
    expect(refused.message).toContain(
      `made by PostgreSQL 16, and this version of Cadastre brings PostgreSQL ${right.trim()}`,
    )
    expect(refused.hint).toMatch(/cadastre db export FILE.*move .*postgres away.*cadastre db import FILE/)
  })

  test('with settings that PostgreSQL refuses says what it wrote, and gives the folder up', {
    timeout: patienceMs,
  }, async () => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    await postgres.stop()
    const settings = join(postgres.folder, 'data', 'postgresql.auto.conf')
    await writeFile(settings, 'work_mem = plenty\n')

    const refused = await startEmbeddedPostgres({ dataDir }).catch((error) => error)
    await writeFile(settings, '')
    const again = await startEmbeddedPostgres({ dataDir })
    await again.stop()

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-failed' })
    expect(refused.message).toContain('PostgreSQL did not start')
    expect(refused.message).toContain('work_mem')
  })
})

describe('unusual places', () => {
  test('a data_dir that is too deep for a socket works, and its socket is as private', {
    timeout: patienceMs,
  }, async () => {
    const dataDir = join(await temporaryFolder(), ...Array.from({ length: 8 }, () => 'a-folder-with-a-long-name'))
    const postgres = await startEmbeddedPostgres({ dataDir })

    const rows = await query(postgres.application, 'select current_user as name')
    const second = await startEmbeddedPostgres({ dataDir }).catch((error) => error)
    await postgres.stop()

    expect(Buffer.byteLength(join(postgres.folder, 'run', '.s.PGSQL.5432'))).toBeGreaterThan(107)
    expect(rows).toEqual([{ name: postgres.application.user }])
    expect((await lstat(postgres.owner.host)).mode & 0o777).toBe(0o700)
    expect(second).toMatchObject({ code: 'embedded-in-use' })
    await rm(postgres.owner.host, { recursive: true })
  })

  test('a data_dir with spaces, quotes and commas works', { timeout: patienceMs }, async () => {
    const dataDir = join(await temporaryFolder(), `it's "odd", isn't é`)
    const postgres = await startEmbeddedPostgres({ dataDir })

    const rows = await query(postgres.application, 'select 1 as works')
    await postgres.stop()

    expect(rows).toEqual([{ works: 1 }])
    expect(postgres.folder).toBe(join(dataDir, 'postgres'))
  })

  test.runIf(isRoot)(
    'as root below a folder that PostgreSQL’s user cannot enter it starts, and every later start finds the same data',
    { timeout: patienceMs },
    async () => {
      const dataDir = join(await temporaryFolder(0o700), 'data')
      const said: string[] = []
      const first = await startEmbeddedPostgres({ dataDir, log: (message) => said.push(message) })
      await query(first.owner, "create table kept (text text); insert into kept values ('here')")
      await first.stop()

      const second = await startEmbeddedPostgres({ dataDir })
      const rows = await query(second.owner, 'select text from kept')
      await second.stop()

      expect(rows).toEqual([{ text: 'here' }])
      expect(first.folder.startsWith(dataDir)).toBe(false)
      expect(second.folder).toBe(first.folder)
      expect(await readFile(join(dataDir, 'postgres.location'), 'utf8')).toBe(`${first.folder}\n`)
      expect(said).toEqual([expect.stringContaining(first.folder)])
    },
  )

  test.runIf(checkoutOpen)(
    'an ordinary user starts it as themselves, and root may open the same database later',
    { timeout: patienceMs },
    async () => {
      const parent = await temporaryFolder()
      const dataDir = join(parent, 'data')
      await mkdir(dataDir)
      await promisify(execFile)('chown', [`${nobody.uid}:${nobody.gid}`, dataDir])
      await chmod(dataDir, 0o700)

      const server = await startServerProcess({ dataDir }, nobody)
      const { owner, folder } = startedOf(server)
      await query(owner, "create table kept (text text); insert into kept values ('here')")
      const { uid } = await stat(join(folder, 'data', 'postmaster.pid'))
      await endServerProcess(server, 'SIGTERM')
      const left = await processesIn(folder)
      const postgres = await startEmbeddedPostgres({ dataDir })
      const rows = await query(postgres.owner, 'select text from kept')
      await postgres.stop()

      expect(folder).toBe(join(dataDir, 'postgres'))
      expect(uid).toBe(nobody.uid)
      expect(left).toEqual([])
      expect(rows).toEqual([{ text: 'here' }])
    },
  )
})

test('over loopback, as on Windows, each role needs its password, at the first start and at the second', {
  timeout: patienceMs,
}, async () => {
  const dataDir = await temporaryFolder()
  const first = await startEmbeddedPostgres({ dataDir, transport: 'loopback' })
  const [row] = await query(first.application, 'select current_user as name, inet_server_addr()::text as address')
  const others = [
    { ...first.owner, password: 'wrong' },
    { ...first.owner, password: first.application.password },
  ]
  const refused = await Promise.all(others.map((login) => query(login, 'select 1').catch((error) => error)))
  await first.stop()

  const second = await startEmbeddedPostgres({ dataDir, transport: 'loopback' })
  const again = await query(second.owner, 'select current_user as name')
  await second.stop()

  expect(row).toEqual({ name: first.application.user, address: '127.0.0.1/32' })
  for (const error of refused) expect(error).toMatchObject({ code: '28P01' })
  expect(again).toEqual([{ name: second.owner.user }])
  expect((await readdir(first.folder)).filter((name) => name.includes('password'))).toEqual([])
})

/** Ends once another session runs a statement like this. */
const waitFor = (claim: string) => `do $$ begin
  loop
    perform pg_stat_clear_snapshot();
    exit when exists (select from pg_stat_activity where ${claim} and state = 'active' and pid <> pg_backend_pid());
    perform pg_sleep(0.01);
  end loop;
end $$`
