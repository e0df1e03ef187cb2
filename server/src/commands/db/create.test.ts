/** `cadastre db create` against a real server over TCP. */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cadastre } from '../../../test/command.ts'
import { query, removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../../../test/loopback-postgres.ts'

let server: LoopbackPostgres
let cwd: string

beforeAll(async () => {
  server = await startLoopbackPostgres()
})
beforeEach(async () => {
  cwd = await temporaryFolder()
})
afterAll(async () => {
  await server?.stop()
  await removeTemporaryFolders()
})

const ownerOfTables = "select tableowner from pg_tables where schemaname = 'public' and tablename = 'modules'"

const inDatabase = <Row extends pg.QueryResultRow>(database: string, text: string) =>
  query<Row>({ ...server.superuser, database }, text)

test('makes the database, a role that owns it and cannot sign in, and the tables; a second time changes nothing', async () => {
  const first = await cadastre(['db', 'create'], { cwd, env: server.env })
  const second = await cadastre(['db', 'create'], { cwd, env: server.env })

  expect(first).toEqual({ code: 0, stderr: '', stdout: expect.stringContaining('0001_registry') })
  expect(first.stdout).toContain(
    'Made the database terraform_registry, owned by the new role terraform_registry_owner.',
  )
  expect(second.code).toBe(0)
  expect(second.stdout).toContain('is there already')
  expect(second.stdout).toContain('The schema is up to date.')
  expect(await inDatabase('terraform_registry', 'select name from organizations')).toEqual([{ name: 'default' }])
  const [role] = await inDatabase(
    'terraform_registry',
    `select rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolpassword is null as open from pg_authid
     where rolname = (select pg_get_userbyid(relowner) from pg_class where oid = 'modules'::regclass)
       and rolname = 'terraform_registry_owner'`,
  )
  expect(role).toEqual({ rolcanlogin: false, rolsuper: false, rolcreatedb: false, rolcreaterole: false, open: true })
})

test('keeps everybody else out of the database and of its schema', async () => {
  await cadastre(['db', 'create', '--database', 'closed'], { cwd, env: server.env })
  await query(server.superuser, 'create role passer_by')

  const [may] = await inDatabase(
    'closed',
    `select has_database_privilege('passer_by', 'closed', 'connect') as connects,
            has_schema_privilege('passer_by', 'public', 'create') as creates,
            has_table_privilege('passer_by', 'modules', 'select') as reads`,
  )

  expect(may).toEqual({ connects: false, creates: false, reads: false })
})

test('names of databases and roles may hold blanks, quotes and backslashes', async () => {
  const [database, owner] = [`my "data" base's`, `the \\ "owner" it's; drop table x`]

  const made = await cadastre(['db', 'create', '--database', database, '--owner', owner], { cwd, env: server.env })
  const again = await cadastre(['db', 'create', '--database', database, '--owner', owner], { cwd, env: server.env })

  expect([made.code, again.code]).toEqual([0, 0])
  expect(await inDatabase(database, ownerOfTables)).toEqual([{ tableowner: owner }])
})

test('with the names of the catalogue that came before, the database is opentofu', async () => {
  const env = { ...server.env, TOFU_REGISTRY_DB_HOST: '127.0.0.1', TOFU_REGISTRY_DB_PORT: String(server.port) }

  const { code, stdout } = await cadastre(['db', 'create'], { cwd, env })

  expect(code).toBe(0)
  expect(stdout).toContain('Made the database opentofu, owned by the new role opentofu_owner.')
})

test('takes the name from the settings, and the administrator from an address or from flags', async () => {
  const { host, port, user, password } = server.superuser
  const env = { TFR_DATABASE_NAME: 'from_settings', TFR_DATABASE_SSL_MODE: 'disable' }
  const url = `postgresql://${user}:${password}@${host}:${port}`
  const flags = ['--host', host, '--port', String(port), '--user', user, '--password-env', 'ADMIN_PASSWORD']

  const byUrl = await cadastre(['db', 'create', '--admin-url', url], { cwd, env })
  const byFlags = await cadastre(['db', 'create', ...flags], { cwd, env: { ...env, ADMIN_PASSWORD: password } })

  expect(byUrl).toMatchObject({ code: 0, stderr: '' })
  expect(byUrl.stdout).toContain('Made the database from_settings')
  expect(byFlags).toMatchObject({ code: 0, stderr: '' })
  expect(byFlags.stdout).toContain('The schema is up to date.')
})

test('an administrator who is no superuser, as managed services have them, is enough', async () => {
  await query(server.superuser, `create role cloud_admin login createdb createrole password 'cloud'`)
  const env = { ...server.env, PGUSER: 'cloud_admin', PGPASSWORD: 'cloud' }

  const outcome = await cadastre(['db', 'create', '--database', 'managed'], { cwd, env })
  const again = await cadastre(['db', 'create', '--database', 'managed'], { cwd, env })

  expect(outcome).toMatchObject({ code: 0, stderr: '' })
  expect(again).toMatchObject({ code: 0, stderr: '' })
  expect(await inDatabase('managed', ownerOfTables)).toEqual([{ tableowner: 'managed_owner' }])
})

test('a database that is there already keeps its owner, and gets the tables under that role', async () => {
  await query(server.superuser, 'create role somebody')
  await query(server.superuser, 'create database given owner somebody')

  const refused = await cadastre(['db', 'create', '--database', 'given', '--owner', 'me'], { cwd, env: server.env })
  const outcome = await cadastre(['db', 'create', '--database', 'given'], { cwd, env: server.env })

  expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('belongs to somebody, not to me') })
  expect(outcome.stdout).toContain('The database given is there already; it belongs to somebody.')
  expect(await inDatabase('given', ownerOfTables)).toEqual([{ tableowner: 'somebody' }])
  expect(await query(server.superuser, "select from pg_roles where rolname in ('me', 'given_owner')")).toEqual([])
})

test('--owner-login lets the owner sign in and writes its address to .env, and every run makes a new password', async () => {
  const create = ['db', 'create', '--database', 'with_login', '--owner-login']
  const env = server.env

  const first = await cadastre(create, { cwd, env })
  const one = await readFile(join(cwd, '.env'), 'utf8')
  await cadastre(create, { cwd, env })
  const two = await readFile(join(cwd, '.env'), 'utf8')

  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(one).toContain('TFR_DATABASE_NAME=with_login\n')
  expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600)
  const [old, url] = [one, two].map((text) => /^TFR_DATABASE_MIGRATION_URL=(.+)$/m.exec(text)![1]!)
  expect(old).not.toBe(url)
  expect(first.stdout).not.toContain(new URL(old!).password)
  expect(await query({ connectionString: url }, 'select current_user')).toEqual([{ current_user: 'with_login_owner' }])
  await expect(query({ connectionString: old }, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('what --owner-login writes is enough for migrate up, which asks for the application role that is still missing', async () => {
  const flags = ['--database', 'upgraded']
  await cadastre(['db', 'create', ...flags, '--owner-login'], { cwd, env: server.env })
  const place = { TFR_DATABASE_USER: 'upgraded_app' }

  const before = await cadastre(['migrate', 'up'], { cwd, env: place })
  const made = await cadastre(['db', 'create-user', ...flags], { cwd, env: { ...server.env, ...place } })
  const after = await cadastre(['migrate', 'up'], { cwd, env: place })

  expect(before).toMatchObject({ code: 4, stderr: expect.stringContaining('Make it with: cadastre db create-user') })
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(after).toMatchObject({ code: 0, stderr: '' })
})

test('an owner that may do more on the server keeps its password', async () => {
  const outcome = await cadastre(['db', 'create', '--database', 'of_admin', '--owner', 'postgres', '--owner-login'], {
    cwd,
    env: server.env,
  })

  expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining('may do more on this server') })
  expect(existsSync(join(cwd, '.env'))).toBe(false)
  expect(await query(server.superuser, 'select 1 as fine')).toEqual([{ fine: 1 }])
})

test.each([
  ['the host', { PGPORT: '1' }, 7, 'PostgreSQL cannot be reached'],
  ['the password', { PGPASSWORD: 'wrong' }, 3, 'does not accept this user with this password'],
  ['TLS', { PGSSLMODE: 'require' }, 6, 'The encrypted connection could not be made'],
  ['the right', { PGUSER: 'nobody_much', PGPASSWORD: 'weak' }, 3, 'The user lacks a right'],
])('names %s when that is the cause', async (_, wrong, code, sentence) => {
  await query(
    server.superuser,
    `do $$ begin
    create role nobody_much login password 'weak'; exception when duplicate_object then null; end $$`,
  )

  const outcome = await cadastre(['db', 'create', '--database', 'never'], { cwd, env: { ...server.env, ...wrong } })

  expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) })
  expect(outcome.stderr).not.toContain(server.superuser.password)
})

test.each([
  [['--admin-url', 'mysql://h'], 6, '--admin-url is no PostgreSQL address'],
  [['--password-env', 'NOT_THERE'], 6, 'names NOT_THERE, and that variable is not set'],
  [['--database', 'x'.repeat(64)], 6, 'it needs 1 to 63 bytes'],
  [['--ssl-mode', 'strict'], 2, ''],
  [['--port', '70000'], 2, ''],
  [['--host', ''], 2, ''],
])('refuses %j', async (flags, code, sentence) => {
  const outcome = await cadastre(['db', 'create', ...flags], { cwd, env: server.env })

  expect(outcome).toMatchObject({ code, stderr: expect.stringContaining(sentence) })
})
