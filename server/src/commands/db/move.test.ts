/** A registry on the embedded database moves to a PostgreSQL server by export and import, and back. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf } from '../../../test/client.ts'
import { cadastre } from '../../../test/command.ts'
import { query, removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../../../test/loopback-postgres.ts'
import { loadSettings } from '../../foundation/config/load.ts'
import type { Environment } from '../../foundation/config/sources.ts'
import { startEmbeddedPostgres } from '../../foundation/database/embedded.ts'
import { startRegistry } from '../../main.ts'
import { makeKey, prepareFirstUse } from '../first-keys.ts'

const quiet = { TFR_SERVER_PORT: '0', TFR_TELEMETRY_METRICS_ENABLED: 'false', TFR_LOGGING_LEVEL: 'error' }
const modulePath = '/v1/modules/acme/vpc/aws/versions'

let server: LoopbackPostgres
/** data_dir of the registry that moves */
let old: string
let file: string
let token: string
/** table → its rows as text, of the registry that moves */
let before: Record<string, string[]>

beforeAll(async () => {
  server = await startLoopbackPostgres()
  old = await temporaryFolder()
  file = join(old, 'registry.export')
  await onRegistry({ TFR_DATA_DIR: old }, async (url, app) => {
    token = (await makeKey(app, 'mover', ['admin'])).token
    const admin = clientOf(url, token)
    for (const name of ['acme', 'odd-name']) {
      await admin.send('POST', '/api/v1/namespaces', { name, visibility: 'public' })
    }
    for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1']) {
      const { status } = await admin.publishModule('acme/vpc/aws', version)
      expect(status).toBe(201)
    }
    await admin.send('DELETE', '/api/v1/modules/acme/vpc/aws/2.0.0-rc.1')
    await admin.get('/v1/modules/acme/vpc/aws/1.0.0/download')
  })
  await onEmbedded(old, async ({ owner }) => {
    // Texts that COPY has to escape, and times and bytes at the edges of their types.
    await query(
      owner,
      `insert into cache values ('odd', E'tab\\t, line\\n, return\\r, back\\\\slash, \\\\., \\\\N, "quote''", äöü 𝄞', 'infinity'),
        ('empty', '', '-infinity'), ('\\.', '\\.', '0001-01-01 00:00:00.000001+00 BC');
       insert into cache select 'bulk ' || n, repeat(md5(n::text), 40), now() from generate_series(1, 3000) n;
       insert into documents values ('\\x00', '\\x000a0d5c2e', '', 'etag')`,
    )
    // Numbers that were given and are gone again must not come back.
    await query(owner, "select nextval(pg_get_serial_sequence('audit_logs', 'id'))")
    before = await contentOf(owner)
  })
  const outcome = await cadastre(['db', 'export', file], { cwd: old, env: { TFR_DATA_DIR: old } })
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining(`rows to ${file}`) })
  expect(outcome.stderr).toContain(`Archives are not part of it: copy the folder ${join(old, 'storage')}`)
  expect(outcome.stderr).toContain(join(old, 'encryption-key'))
})
afterAll(async () => {
  await server?.stop()
  await removeTemporaryFolders()
})

test('an export names the migrations, is for our eyes only, and holds no queue and no import under way', () => {
  const lines = gunzipSync(readFileSync(file)).toString().split('\n')

  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    format: 'cadastre-export',
    version: 1,
    migrations: expect.arrayContaining(['0001_registry', '0003_catalogue']),
  })
  const tables = lines.filter((line) => line.startsWith('{"table":')).map((line) => JSON.parse(line).table)
  expect(tables).toEqual(
    expect.arrayContaining(['organizations', 'modules', 'module_versions', 'audit_logs', 'installation']),
  )
  expect(tables).not.toEqual(expect.arrayContaining(['changes']))
  expect(tables.join()).not.toMatch(/job|staging|schema_migrations/)
})

test('an export overwrites no file', async () => {
  const outcome = await cadastre(['db', 'export', file], { cwd: old, env: { TFR_DATA_DIR: old } })

  expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining('exists already') })
})

test('an export of a database without tables is refused, and leaves no file', async () => {
  const folder = await temporaryFolder()
  const env = { TFR_DATABASE_URL: `${adminUrl('postgres')}?sslmode=disable` }

  const outcome = await cadastre(['db', 'export', 'x.export'], { cwd: folder, env })

  expect(outcome).toMatchObject({ code: 4, stderr: expect.stringContaining('has no tables of Cadastre') })
  expect(existsSync(join(folder, 'x.export'))).toBe(false)
  expect(existsSync(join(folder, 'x.export.partial'))).toBe(false)
})

describe('to a PostgreSQL server', () => {
  test('every row arrives, numbers go on where they were, and a registry there lists the same modules', async () => {
    const { env, inDatabase } = await freshDatabase('moved')

    const imported = await cadastre(['db', 'import', file, '--database', 'moved'], { cwd: old, env: server.env })

    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('/moved') })
    expect(imported.stderr).toContain('Archives are not part of it')
    expect(await contentOf(inDatabase)).toEqual(before)
    await expectNumbersGoOn(inDatabase)
    const folder = await temporaryFolder()
    await cp(join(old, 'storage'), join(folder, 'storage'), { recursive: true })
    const key = (await readFile(join(old, 'encryption-key'), 'utf8')).trim()
    await onRegistry({ ...env, TFR_DATA_DIR: folder, TFR_SECURITY_ENCRYPTION_KEY: key }, async (url) => {
      const admin = clientOf(url, token)
      const { json } = await admin.get(modulePath)
      const versions = json.modules[0].versions.map(({ version }: { version: string }) => version)
      expect(versions.sort()).toEqual(['1.0.0', '1.1.0'])
      expect((await admin.publishModule('acme/vpc/aws', '1.2.0')).status).toBe(201)
      const { headers } = await admin.get('/v1/modules/acme/vpc/aws/1.0.0/download')
      expect((await fetch(new URL(headers.get('x-terraform-get')!, url))).status).toBe(200)
    })
  })

  test('and back into an embedded database', async () => {
    const { env } = await freshDatabase('there')
    await cadastre(['db', 'import', file, '--database', 'there'], { cwd: old, env: server.env })
    const folder = await temporaryFolder()
    const second = join(folder, 'back.export')

    const exported = await cadastre(['db', 'export', second], { cwd: folder, env })
    const imported = await cadastre(['db', 'import', second], { cwd: folder, env: { TFR_DATA_DIR: folder } })

    expect([exported.code, imported.code]).toEqual([0, 0])
    await onEmbedded(folder, async ({ owner, application }) => {
      expect(await contentOf(owner)).toEqual(before)
      await expectNumbersGoOn(owner)
      expect(await query(application, 'select count(*)::int as n from namespaces')).toEqual([{ n: 2 }])
    })
  })

  test('an export of an older schema goes into a database without tables, which is brought up then', async () => {
    const { env, inDatabase } = await freshDatabase('older')
    await query(inDatabase, 'delete from organizations')
    await query(inDatabase, "insert into organizations (name) values ('default'), ('acme')")
    const asOwner = { ...env, TFR_DATABASE_MIGRATION_URL: adminUrl('older') }
    await cadastre(['migrate', 'down', '--to', '0002_jobs', '--yes'], { cwd: old, env: asOwner })
    const older = join(await temporaryFolder(), 'older.export')
    expect(await cadastre(['db', 'export', older], { cwd: old, env: asOwner })).toMatchObject({ code: 0 })
    await query(server.superuser, 'create database newer')
    await freshDatabase('filled')

    const intoTables = await cadastre(['db', 'import', older, '--database', 'filled'], {
      cwd: old,
      env: server.env,
    })
    const intoNone = await cadastre(['db', 'import', older, '--database', 'newer'], { cwd: old, env: server.env })

    expect(intoTables).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('The file has the schema of 0002_jobs'),
    })
    expect(intoNone).toMatchObject({ code: 0 })
    const newer = { ...server.superuser, database: 'newer' }
    expect(await query(newer, 'select name from organizations order by 1')).toEqual([
      { name: 'acme' },
      { name: 'default' },
    ])
    expect(await query(newer, "select to_regclass('cache') is not null as up")).toEqual([{ up: true }])
  })
})

describe('an import is refused', () => {
  // The settings name the server, and libpq's variables its administrator.
  let settings: Environment
  beforeAll(async () => {
    settings = { ...(await freshDatabase('terraform_registry')).env, ...server.env }
  })

  const importInto = (path: string, env: Environment = settings) => cadastre(['db', 'import', path], { cwd: old, env })

  const spoiled = async (name: string, change: (text: string) => string | Buffer) => {
    const path = join(await temporaryFolder(), name)
    const changed = change(gunzipSync(readFileSync(file)).toString('latin1'))
    writeFileSync(path, typeof changed === 'string' ? gzipSync(Buffer.from(changed, 'latin1')) : changed)
    return path
  }

  test.each<[string, (text: string) => string | Buffer, string]>([
    ['cut off', () => readFileSync(file).subarray(0, -20), 'unexpected end of file'],
    ['cut off in the middle', () => readFileSync(file).subarray(0, 5000), 'unexpected end of file'],
    ['flipped bit', () => flipped(readFileSync(file)), ''],
    ['no gzip', () => Buffer.from('hello'), 'incorrect header check'],
    ['random', () => randomBytes(1000), ''],
    ['changed value', (text) => text.replace('odd-name', 'odd_name'), 'its checksum is wrong'],
    ['value of another type', (text) => text.replace(/infinity/, 'whenever'), 'PostgreSQL says'],
    ['lost row', (text) => text.replace(/^empty\t.*\n/m, ''), 'rows instead of'],
    ['lost table', (text) => text.replace(lostTable, ''), 'its checksum is wrong'],
    ['lost table, and a new checksum', (text) => sealed(text.replace(lostTable, '')), 'it lacks cache'],
  ])('of a damaged file: %s; nothing of it stays', async (name, change, sentence) => {
    const outcome = await importInto(await spoiled(name, change))

    expect(outcome).toMatchObject({ code: 6, stdout: '' })
    expect(outcome.stderr).toContain('This is no whole export of Cadastre')
    expect(outcome.stderr).toContain(sentence)
    expect(
      await query(
        here(),
        'select (select count(*)::int from api_keys) as keys, (select count(*)::int from cache) as cache, (select string_agg(name, $$,$$) from organizations) as names',
      ),
    ).toEqual([{ keys: 0, cache: 0, names: 'default' }])
  })

  test.each<[string, (text: string) => string, string]>([
    [
      'a later schema',
      (text) => text.replace('0003_catalogue"', '0003_catalogue","9999_later"'),
      'newer schema (9999_later)',
    ],
    [
      'a table that is not here',
      (text) => text.replace('"table":"cache"', '"table":"pg_authid"'),
      'The table pg_authid looks otherwise here',
    ],
    [
      'other columns',
      (text) => text.replace('"cache_value"', '"cache_value; drop table modules"'),
      'The table cache looks otherwise here',
    ],
  ])('of a file with %s', async (_, change, sentence) => {
    const outcome = await importInto(await spoiled('other', change))

    expect(outcome).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining(sentence) })
  })

  test('of a file that is not there', async () => {
    expect(await importInto('/no/such/file')).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('cannot be read'),
    })
  })

  test('into a database that is not empty', async () => {
    await query(here(), "insert into namespaces (name, organization_id) select 'mine', id from organizations")

    const outcome = await importInto(file)

    expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining('there are rows in namespaces') })
    expect(await query(here(), 'select name from namespaces')).toEqual([{ name: 'mine' }])
    await query(here(), 'delete from namespaces')
  })

  test('as the application role, which does not own the tables', async () => {
    const made = await cadastre(['db', 'create-user', '--role', 'importer', '--write-env', 'importer.env'], {
      cwd: old,
      env: server.env,
    })
    const lines = readFileSync(join(old, 'importer.env'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('='))

    const outcome = await importInto(file, Object.fromEntries(lines))

    expect(made.code).toBe(0)
    expect(outcome).toMatchObject({ code: 3, stderr: expect.stringContaining('The user lacks a right') })
  })

  const here = () => ({ ...server.superuser, database: 'terraform_registry' })
})

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy[Math.floor(copy.length / 2)]! ^= 0x10
  return copy
}

const lostTable = /\{"table":"cache"[\s\S]*?\n\\\.\n.*\n/

function sealed(text: string): string {
  const content = text.slice(0, text.lastIndexOf('{"sha256"'))
  return `${content}{"sha256":"${createHash('sha256').update(Buffer.from(content, 'latin1')).digest('hex')}"}\n`
}

const adminUrl = (database: string) => {
  const { host, port, user, password } = server.superuser
  return `postgresql://${user}:${password}@${host}:${port}/${database}`
}

/** Made and opened to an application role by the commands. @returns how a registry finds it */
async function freshDatabase(name: string): Promise<{ env: Environment; inDatabase: pg.ClientConfig }> {
  const cwd = await temporaryFolder()
  const flags = ['--database', name]
  expect(await cadastre(['db', 'create', ...flags], { cwd, env: server.env })).toMatchObject({ code: 0 })
  const user = ['db', 'create-user', ...flags, '--role', `${name}_app`]
  expect(await cadastre(user, { cwd, env: server.env })).toMatchObject({ code: 0 })
  const lines = readFileSync(join(cwd, '.env'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('='))
  return { env: Object.fromEntries(lines), inDatabase: { ...server.superuser, database: name } }
}

async function onEmbedded(
  dataDir: string,
  work: (postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>) => Promise<void>,
): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir })
  await work(postgres).finally(() => postgres.stop())
}

async function onRegistry(
  env: Environment,
  work: (url: string, app: Parameters<typeof makeKey>[0]) => Promise<void>,
): Promise<void> {
  const { config } = loadSettings({ cwd: env.TFR_DATA_DIR!, env: { ...quiet, ...env } })
  const log = Object.assign(pino({ enabled: false }), { flushNow: () => {} })
  const registry = await startRegistry({
    config,
    log,
    host: '127.0.0.1',
    metricsPortRequired: false,
    prepare: prepareFirstUse,
  })
  await work(registry.address, registry.app).finally(() => registry.stop())
}

/** Every row of every table that moves, as PostgreSQL writes it. */
async function contentOf(login: pg.ClientConfig): Promise<Record<string, string[]>> {
  const tables = await query<{ name: string }>(
    login,
    `select tablename as name from pg_tables where schemaname = 'public'
       and tablename not in ('schema_migrations', 'schema_migrations_lock', 'changes') order by 1`,
  )
  const content: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await query<{ line: string }>(
      { ...login, options: '-c timezone=UTC' },
      `select t::text as line from ${name} t order by 1`,
    )
    content[name] = rows.map(({ line }) => line)
  }
  return content
}

async function expectNumbersGoOn(login: pg.ClientConfig): Promise<void> {
  const [ids] = await query<{ next: string; highest: string }>(
    login,
    `select nextval(pg_get_serial_sequence('audit_logs', 'id')) as next, (select max(id) from audit_logs) as highest`,
  )
  // One was given and taken back before the move.
  expect(BigInt(ids!.next)).toBeGreaterThanOrEqual(BigInt(ids!.highest) + 2n)
}
