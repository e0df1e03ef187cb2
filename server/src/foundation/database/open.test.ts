/** Opening a server's database: a schema that is behind is mended by its owner, or refused with what to do. */
import pg from 'pg'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyOfTemplate, databaseUrl, type TestDatabase } from '../../../test/database.ts'
import { query } from '../../../test/embedded.ts'
import { loadSettings } from '../config/load.ts'
import { knownMigrations, migrateDown, migrationStatus } from './migrate.ts'
import { openDatabase } from './open.ts'

let database: TestDatabase

beforeEach(async () => {
  database = await copyOfTemplate()
})
afterEach(() => database?.drop())

const open = (application: pg.ClientConfig, owner?: pg.ClientConfig) =>
  openDatabase(
    loadSettings({
      cwd: '/',
      env: {
        TFR_DATABASE_URL: databaseUrl(application),
        TFR_DATABASE_MIGRATION_URL: owner && databaseUrl(owner),
      },
    }).config,
    pino({ enabled: false }),
  )

const pending = async () => (await migrationStatus(database.owner)).filter((step) => !step.appliedAt).length

type Right = { kind: string; name: string; right: string }

/** Everything that the application role may do in this database, and what it will be given. */
async function rightsOfApplication(): Promise<Right[]> {
  const text = `
    select 'database' as kind, datname::text as name, privilege_type as right
      from pg_database, aclexplode(datacl) where datname = current_database() and grantee = $1::regrole
    union all select 'schema', nspname, privilege_type from pg_namespace, aclexplode(nspacl) where grantee = $1::regrole
    union all select 'relation', oid::regclass::text, privilege_type from pg_class, aclexplode(relacl)
      where grantee = $1::regrole
    union all select 'function', oid::regprocedure::text, privilege_type from pg_proc, aclexplode(proacl)
      where grantee = $1::regrole
    union all select 'later', defaclnamespace::regnamespace::text || defaclobjtype::text, privilege_type
      from pg_default_acl, aclexplode(defaclacl) where grantee = $1::regrole
    order by 1, 2, 3`
  return query(database.owner, text.replaceAll('$1', pg.escapeLiteral(`"${database.application.user}"`)))
}

test('a schema that is up to date is opened with the application’s login', async () => {
  const opened = await open(database.application)

  expect(opened.embedded).toBe(false)
  expect(await query(opened.application, 'select current_user')).toEqual([{ current_user: database.application.user }])
})

test('a schema that is behind is refused when nobody may mend it, and the way is named', async () => {
  await migrateDown(database.owner, { to: '0001_registry' })
  const lacking = (await knownMigrations()).slice(1)

  await expect(open(database.application)).rejects.toMatchObject({
    code: 'schema-behind',
    message: expect.stringContaining(`The database lacks ${lacking.join(', ')}`),
    hint: expect.stringContaining('Run cadastre migrate up'),
  })
  expect(await pending()).toBe(lacking.length)
})

test('with database.migration_url it is mended, and the application ends up with exactly its rights', async () => {
  const template = await rightsOfApplication()
  await migrateDown(database.owner, { to: '0001_registry' })

  await open(database.application, database.owner)

  expect(await pending()).toBe(0)
  const rights = await rightsOfApplication()
  const inside = (all: Right[]) => all.filter(({ kind }) => kind !== 'database')
  expect(inside(rights)).toEqual(inside(template))
  expect(rights.filter(({ kind }) => kind === 'database').map(({ right }) => right)).toEqual(['CONNECT', 'TEMPORARY'])
  const onRelations = rights.map(({ name, right }) => `${right} ${name}`)
  expect(onRelations).toContain('INSERT audit_logs')
  expect(onRelations).toContain('SELECT catalogue.modules')
  for (const never of ['UPDATE audit_logs', 'INSERT catalogue.modules', 'INSERT schema_migrations', 'CREATE public']) {
    expect(onRelations).not.toContain(never)
  }
  await expect(query(database.application, 'create table mine (id int)')).rejects.toMatchObject({ code: '42501' })
  await query(database.application, 'select from jobs.queue')
})

test('one role for both mends its own schema', async () => {
  await migrateDown(database.owner)

  await open(database.owner)

  expect(await pending()).toBe(0)
})

test('a schema that is newer than the program is refused, also with the owner’s login', async () => {
  await query(database.owner, "insert into schema_migrations values ('9999_later', now()::text)")

  for (const owner of [undefined, database.owner]) {
    await expect(open(database.application, owner)).rejects.toMatchObject({
      code: 'schema-newer',
      message: expect.stringContaining('9999_later'),
    })
  }
})

test('a server that cannot be reached is named without the password', async () => {
  const nowhere = { ...database.application, host: '127.0.0.1', port: 1, password: 'hush' }

  const refused = await open(nowhere).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'database-host' })
  expect(refused.message).toContain('127.0.0.1:1')
  expect(refused.message).not.toContain('hush')
})
