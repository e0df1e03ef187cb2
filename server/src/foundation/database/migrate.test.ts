/** The schema forward and back, from one process and from several, and what it grants. */
import type pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { query } from '../../../test/embedded.ts'
import { createDatabase } from './database.ts'
import {
  knownMigrations,
  migrateDown,
  migrateUp,
  migrationStatus,
  migrationsBack,
  missingMigrations,
} from './migrate.ts'

const copies: TestDatabase[] = []
let database: TestDatabase
let applicationRole: string

async function copyDatabase() {
  database = await copyOfTemplate()
  applicationRole = database.application.user!
  copies.push(database)
}
afterAll(async () => {
  for (const copy of copies) await copy.drop()
})

describe('forward and back', () => {
  beforeEach(copyDatabase)

  test('up, down and up again makes the same schema with the same rights', async () => {
    const before = await schemaOf(database.superuser)

    const back = await migrateAllDown()
    const empty = await schemaOf(database.superuser)
    const forward = await migrateUp(database.owner, { applicationRole })
    const after = await schemaOf(database.superuser)

    expect(back).toEqual((await knownMigrations()).toReversed())
    expect(empty.filter((line) => !line.includes('schema_migrations'))).toEqual([])
    expect(forward).toEqual(await knownMigrations())
    expect(after).toEqual(before)
    expect(before.length).toBeGreaterThan(200)
  })

  test('every single step back can be taken forward again', async () => {
    const before = await schemaOf(database.superuser)

    for (const name of (await knownMigrations()).toReversed()) {
      const to = (await knownMigrations())[(await knownMigrations()).indexOf(name) - 1]
      if (!to) continue
      await migrateDown(database.owner, { to })
      await migrateUp(database.owner, { applicationRole })

      expect(await schemaOf(database.superuser), name).toEqual(before)
    }
  })

  test('a second run finds nothing to do', async () => {
    expect(await migrateUp(database.owner, { applicationRole })).toEqual([])
  })

  test('a way back says beforehand what it takes back, newest first', async () => {
    const [first, ...later] = await knownMigrations()

    const announced = await migrationsBack(database.owner, { to: first })
    const back = await migrateDown(database.owner, { to: first })

    expect(announced).toEqual(later.toReversed())
    expect(back).toEqual(announced)
    expect(await migrationsBack(database.owner)).toEqual([first])
  })

  test('a way back to a step that was never taken is refused', async () => {
    const refused = await migrateDown(database.owner, { to: '0042_nowhere' }).catch((error) => error)

    expect(refused).toMatchObject({ reason: 'invalid', code: 'migration-unknown' })
    expect(await missingOf(database.owner)).toEqual([])
  })

  test('the status tells when each step was taken, to the application role too', async () => {
    const last = (await knownMigrations()).at(-1)
    await migrateDown(database.owner)

    const status = await migrationStatus(database.application)

    expect(status.map((step) => step.name)).toEqual(await knownMigrations())
    for (const { name, appliedAt } of status)
      expect(appliedAt, name).toEqual(name === last ? undefined : expect.any(Date))
    expect(await missingOf(database.application)).toEqual([last])
  })

  test('a step that fails leaves nothing behind', async () => {
    await migrateAllDown()
    // In the way of the last step.
    await query(database.owner, 'create table cache (id int)')

    const failed = await migrateUp(database.owner, { applicationRole }).catch((error) => error)
    const missing = await missingOf(database.owner)
    await query(database.owner, 'drop table cache')
    const applied = await migrateUp(database.owner, { applicationRole })

    expect(failed).toMatchObject({ code: '42P07' })
    expect(missing).toEqual(await knownMigrations())
    expect(applied).toEqual(await knownMigrations())
  })
})

describe('several processes', () => {
  beforeEach(copyDatabase)

  test('that migrate at once take each step once', async () => {
    await migrateAllDown()
    await query(database.owner, 'drop table schema_migrations, schema_migrations_lock')

    const runs = await Promise.all(Array.from({ length: 6 }, () => migrateUp(database.owner, { applicationRole })))

    expect(runs.flat()).toEqual(await knownMigrations())
    expect(await missingOf(database.application)).toEqual([])
  })

  test('that find nothing to migrate may grant the same rights at once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => migrateUp(database.owner, { applicationRole })))

    expect(runs.flat()).toEqual([])
  })
})

describe('a database that this program cannot serve', () => {
  beforeEach(copyDatabase)

  test.each([
    ['forward', () => migrateUp(database.owner, { applicationRole })],
    ['back', () => migrateDown(database.owner)],
    ['at the start of a server', () => missingOf(database.application)],
  ])('with a newer schema is refused on the way %s', async (_, start) => {
    await query(database.owner, `insert into schema_migrations values ('9999_later', '2040-01-01T00:00:00.000Z')`)
    const before = await schemaOf(database.superuser)

    const refused = await start().catch((error) => error)

    expect(refused).toMatchObject({ reason: 'unavailable', code: 'schema-newer' })
    expect(refused.message).toContain('9999_later')
    expect(await schemaOf(database.superuser)).toEqual(before)
  })

  test.each([
    ['forward', () => migrateUp(database.owner)],
    ['at the start of a server', () => missingOf(database.application)],
  ])('on a PostgreSQL that is too old is refused on the way %s', async (_, start) => {
    // What an old server would say of itself.
    await query(
      database.superuser,
      `create schema pretended;
       grant usage on schema pretended to public;
       create function pretended.current_setting(name text) returns text language sql as
         $$ select case name when 'server_version_num' then '140012' else '14.12' end $$;
       do $$ begin
         execute format('alter database %I set search_path = pretended, pg_catalog, public', current_database());
       end $$`,
    )

    const refused = await start().catch((error) => error)

    expect(refused).toMatchObject({ reason: 'invalid', code: 'postgres-too-old' })
    expect(refused.message).toBe('Cadastre needs PostgreSQL 15 or newer; this server is PostgreSQL 14.12.')
  })
})

describe('the application role', () => {
  beforeAll(copyDatabase)

  test('reads and writes rows, also in tables of later migrations', async () => {
    await query(database.owner, 'create table later (id bigint generated always as identity, text text)')

    await query(database.application, "insert into later (text) values ('a'); update later set text = 'b'")
    const rows = await query(database.application, 'select text from later')
    await query(database.application, 'delete from later')

    expect(rows).toEqual([{ text: 'b' }])
  })

  test.each([
    'create table sneaked (id int)',
    'create table jobs.sneaked (id int)',
    'create table staging.sneaked (id int)',
    'create schema sneaked',
    'create index on modules (description)',
    'alter table modules add column sneaked int',
    'drop table modules',
    'truncate modules',
    'drop view catalogue.modules',
    'update audit_logs set kind = kind',
    'delete from audit_logs',
    'truncate audit_logs',
    'drop table audit_logs',
    'alter table audit_logs disable trigger all',
    "insert into schema_migrations values ('9999_later', '')",
    'delete from schema_migrations',
    'update schema_migrations_lock set is_locked = 1',
    'delete from catalogue.cache',
    "insert into catalogue.cache values ('k', 'v', now())",
    'alter default privileges in schema public grant all on tables to public; alter table modules owner to current_user',
  ])('may not: %s', async (statement) => {
    const refused = await query(database.application, statement).catch((error) => error)

    expect(refused).toMatchObject({ code: '42501' })
  })

  test('adds to the audit log and reads it', async () => {
    await query(
      database.application,
      "insert into audit_logs (kind, caller_kind, caller_id, caller_name, subject) values ('a.b', 'user', '1', 'me', 'x')",
    )

    expect(await query(database.application, 'select kind from audit_logs')).toEqual([{ kind: 'a.b' }])
  })

  test('empties the staging tables', async () => {
    await query(database.application, 'insert into staging.documents values ($$k$$, $$p$$, $$g$$, $$e$$)')

    await query(database.application, 'truncate staging.documents')

    expect(await query(database.application, 'select from staging.documents')).toEqual([])
  })
})

describe('the schema', () => {
  beforeAll(copyDatabase)

  test('has an index that begins with the columns of each foreign key of our own tables', async () => {
    const lacking = await query(
      database.owner,
      `select conrelid::regclass as table, conname from pg_constraint as foreign_key
       where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
         select from pg_index as index
         where index.indrelid = foreign_key.conrelid and index.indisvalid
           -- What refers to nothing is not looked for.
           and (index.indpred is null or pg_get_expr(index.indpred, index.indrelid) = (
             select format('(%s IS NOT NULL)', attname) from pg_attribute
             where attrelid = foreign_key.conrelid and attnum = foreign_key.conkey[1]))
           and (index.indkey::int2[])[0:cardinality(foreign_key.conkey) - 1] @> foreign_key.conkey)`,
    )
    const [all] = await query(
      database.owner,
      `select count(*)::int as number from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    )

    expect(lacking).toEqual([])
    expect(all?.number).toBeGreaterThan(5)
  })

  test('has no nullable column in a unique key: two rows without it would not be the same', async () => {
    const nullable = await query(
      database.owner,
      `select index.indexrelid::regclass as index, attname from pg_index as index
       join pg_class as relation on relation.oid = index.indrelid
       join pg_attribute as attribute on attribute.attrelid = index.indrelid and attribute.attnum = any (index.indkey)
       where index.indisunique and relation.relnamespace = 'public'::regnamespace and not attnotnull`,
    )

    expect(nullable).toEqual([])
  })

  test('has times with a time zone only', async () => {
    const without = await query(
      database.owner,
      `select table_name, column_name from information_schema.columns
       where table_schema in ('public', 'staging', 'catalogue') and data_type = 'timestamp without time zone'`,
    )

    expect(without).toEqual([])
  })

  test.each([
    ['modules', ['namespace', 'name', 'provider', 'version', 'description', 'source_url', 'published_at', 'downloads']],
    ['providers', ['namespace', 'name', 'version', 'description', 'source_url', 'published_at', 'downloads']],
    ['cache', ['cache_key', 'cache_value', 'expires_at']],
  ])('shows the catalogue’s %s with the columns that tools read', async (view, columns) => {
    const rows = await query<{ name: string }>(
      database.application,
      `select column_name as name from information_schema.columns
       where table_schema = 'catalogue' and table_name = '${view}' order by ordinal_position`,
    )

    expect(rows.map((row) => row.name)).toEqual(columns)
  })

  test('shows each active or deprecated version of a module as a row of the catalogue', async () => {
    await query(
      database.application,
      `insert into modules (hostname, namespace, name, system, origin, description, source_url)
         values ('example.com', 'acme', 'vpc', 'aws', 'catalogued', 'A network.', 'https://example.com/vpc');
       insert into module_versions (module_id, version, core, precedence, state, description, downloads, published_at)
         select id, given.version, given.version, given.version, given.state, given.description, given.downloads,
           '2024-05-01T12:00:00Z'
         from modules, (values ('1.0.0', 'deprecated', '', 7), ('1.1.0', 'active', 'A better one.', 0),
           ('1.2.0', 'revoked', '', 0), ('1.3.0', 'deleted', '', 0)) as given (version, state, description, downloads)`,
    )

    const rows = await query(database.application, 'select * from catalogue.modules order by version')

    const shared = {
      namespace: 'acme',
      name: 'vpc',
      provider: 'aws',
      source_url: 'https://example.com/vpc',
      published_at: new Date('2024-05-01T12:00:00Z'),
    }
    expect(rows).toEqual([
      { ...shared, version: '1.0.0', description: 'A network.', downloads: '7' },
      { ...shared, version: '1.1.0', description: 'A better one.', downloads: '0' },
    ])
  })

  test('shows each active or deprecated version of a provider as a row of the catalogue', async () => {
    await query(
      database.application,
      `insert into providers (hostname, namespace, type, origin, description, source_url)
         values ('example.com', 'acme', 'cloud', 'catalogued', 'A cloud.', 'https://example.com/cloud');
       insert into provider_versions (provider_id, version, core, precedence, state, downloads, published_at)
         select id, version, version, version, state, 3, '2024-05-01T12:00:00Z'
         from providers, (values ('1.0.0', 'active'), ('1.2.0', 'revoked')) as given (version, state)`,
    )

    const rows = await query(database.application, 'select * from catalogue.providers')

    expect(rows).toEqual([
      {
        namespace: 'acme',
        name: 'cloud',
        version: '1.0.0',
        description: 'A cloud.',
        source_url: 'https://example.com/cloud',
        published_at: new Date('2024-05-01T12:00:00Z'),
        downloads: '3',
      },
    ])
  })

  test('shows what is cached', async () => {
    await query(
      database.application,
      `insert into cache (cache_key, cache_value, expires_at) values ('search:vpc', '[]', '2030-01-01T00:00:00Z')`,
    )

    expect(await query(database.application, 'select * from catalogue.cache')).toEqual([
      { cache_key: 'search:vpc', cache_value: '[]', expires_at: new Date('2030-01-01T00:00:00Z') },
    ])
  })
})

async function migrateAllDown(): Promise<string[]> {
  const back: string[] = []
  for (let left = (await knownMigrations()).length; left > 0; left -= 1)
    back.push(...(await migrateDown(database.owner)))
  return back
}

async function missingOf(login: pg.ClientConfig): Promise<string[]> {
  const { db, close } = createDatabase(login, { maxConnections: 1, log: pino({ enabled: false }) })
  return missingMigrations(db).finally(close)
}

/** One line for each thing in the schema: columns, constraints, indexes, functions, views, types, rights. */
async function schemaOf(login: pg.ClientConfig): Promise<string[]> {
  const ours = `in ('public', 'jobs', 'staging', 'catalogue')`
  const lines = [
    `select format('column %s.%s %s %s %s %s %s', table_schema, table_name,
       row_number() over (partition by table_schema, table_name order by ordinal_position), column_name, udt_name,
       is_nullable, coalesce(column_default, generation_expression, identity_generation)) as line
     from information_schema.columns where table_schema ${ours}`,
    `select format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
     from pg_constraint where connamespace::regnamespace::text ${ours}`,
    `select format('index %s', indexdef) as line from pg_indexes where schemaname ${ours}`,
    `select format('view %s %s', viewname, definition) as line from pg_views where schemaname ${ours}`,
    `select format('function %s', pg_get_functiondef(oid)) as line from pg_proc where pronamespace::regnamespace::text ${ours}`,
    `select format('value %s %s', enumtypid::regtype, enumlabel) as line from pg_enum`,
    `select format('relation %s %s %s %s %s', oid::regclass, relkind, relpersistence, relowner::regrole, right_) as line
     from pg_class left join lateral unnest(relacl::text[]) as right_ on true
     where relnamespace::regnamespace::text ${ours} and relkind <> 'i'`,
    `select format('schema %s %s', nspname, right_) as line
     from pg_namespace left join lateral unnest(nspacl::text[]) as right_ on true
     where nspname ${ours} and nspname <> 'public'`,
    `select format('storage %s %s %s', attrelid::regclass, attname, attstorage) as line
     from pg_attribute join pg_class on pg_class.oid = attrelid
     where relnamespace::regnamespace::text ${ours} and attnum > 0 and not attisdropped and relkind in ('r', 'p')`,
  ]
  const rows = await query<{ line: string }>(login, lines.join(' union all '))
  return rows.map((row) => row.line).sort()
}
