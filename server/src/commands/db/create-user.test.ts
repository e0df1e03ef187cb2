/** `cadastre db create-user` against a real server over TCP. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cadastre } from '../../../test/command.ts'
import { query, removeTemporaryFolders, temporaryFolder } from '../../../test/embedded.ts'
import { type LoopbackPostgres, startLoopbackPostgres } from '../../../test/loopback-postgres.ts'

let server: LoopbackPostgres
let cwd: string

beforeAll(async () => {
  server = await startLoopbackPostgres()
  const folder = await temporaryFolder()
  for (const name of ['terraform_registry', 'opentofu', `odd "name"`]) {
    await cadastre(['db', 'create', '--database', name], { cwd: folder, env: server.env })
  }
})
beforeEach(async () => {
  cwd = await temporaryFolder()
})
afterAll(async () => {
  await server?.stop()
  await removeTemporaryFolders()
})

const createUser = (flags: string[] = [], env = {}) =>
  cadastre(['db', 'create-user', ...flags], { cwd, env: { ...server.env, ...env } })

const envFile = (name = '.env') => readFileSync(join(cwd, name), 'utf8')

/** As the role that the file names. */
function login(text = envFile()): pg.ClientConfig {
  const value = (name: string) => new RegExp(`^(?:TFR_DATABASE|TOFU_REGISTRY_DB)_${name}=(.+)$`, 'm').exec(text)?.[1]
  const place = { host: '127.0.0.1', port: server.port, ssl: false }
  return { ...place, database: value('NAME'), user: value('USER'), password: value('PASSWORD') }
}

describe('the role', () => {
  test('signs in with the password in .env, reads and writes rows, and makes no tables', async () => {
    const { code, stdout, stderr } = await createUser()

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe('Made the role registry, and wrote it to .env.\n')
    expect(await query(login(), 'select current_user, name from organizations')).toEqual([
      { current_user: 'registry', name: 'default' },
    ])
    await query(
      login(),
      "insert into organizations (name) values ('acme'); delete from organizations where name = 'acme'",
    )
    for (const forbidden of [
      'create table public.mine (id int)',
      'create schema mine',
      'drop table modules',
      'update audit_logs set kind = $$nothing$$',
      'delete from audit_logs',
      'delete from schema_migrations',
      'create role mine',
      'create database mine',
      'set role terraform_registry_owner',
    ]) {
      await expect(query(login(), forbidden), forbidden).rejects.toMatchObject({ code: '42501' })
    }
    const [role] = await query(
      server.superuser,
      "select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls from pg_roles where rolname = 'registry'",
    )
    expect(new Set(Object.values(role!))).toEqual(new Set([false]))
  })

  test('gets a new random password each time, kept as SCRAM, and the old one ends', async () => {
    await createUser()
    const old = login()

    const { stdout } = await createUser()

    expect(stdout).toContain('Gave a new password to the role registry')
    expect(login().password).not.toBe(old.password)
    expect(login().password).toMatch(/^[\w-]{32}$/)
    await expect(query(old, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await query(login(), 'select 1')
    const [kept] = await query(server.superuser, "select rolpassword from pg_authid where rolname = 'registry'")
    expect(kept!.rolpassword).toMatch(/^SCRAM-SHA-256\$/)
  })

  test('is printed with its password only with --print', async () => {
    const quiet = await createUser()
    const { password } = login()
    const loud = await createUser(['--print'])

    expect(quiet.stdout + quiet.stderr).not.toContain(password)
    expect(loud.stdout.split('\n')).toContain(login().password)
  })

  test('may have an odd name, on a database with an odd name', async () => {
    const [name, role] = [`odd "name"`, `the \\ 'user'`]

    const { code, stderr } = await createUser(['--database', name, '--role', role, '--write-env', 'odd.env', '--print'])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(envFile('odd.env')).toContain("TFR_DATABASE_USER=`the \\ 'user'`\n")
    const test = await cadastre(['db', 'test'], { cwd, env: await parsed('odd.env') })
    expect(test).toMatchObject({ code: 0, stderr: '' })
  })

  test('may be made by an administrator who is no superuser', async () => {
    await query(server.superuser, `create role cloud_admin login createdb createrole password 'cloud'`)
    const env = { PGUSER: 'cloud_admin', PGPASSWORD: 'cloud' }
    await cadastre(['db', 'create', '--database', 'managed'], { cwd, env: { ...server.env, ...env } })

    const { code, stderr } = await createUser(['--database', 'managed', '--role', 'managed_app'], env)

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await query(login(), 'select name from organizations')).toEqual([{ name: 'default' }])
  })

  test.each([
    ['a superuser', 'postgres'],
    ['one that makes roles', 'role_maker'],
    ['the owner of the database', 'terraform_registry_owner'],
  ])('is never %s, whose password stays', async (_, role) => {
    await query(
      server.superuser,
      `do $$ begin
      create role role_maker createrole; exception when duplicate_object then null; end $$`,
    )
    const passwords = 'select rolname, rolpassword from pg_authid order by 1'
    const before = await query(server.superuser, passwords)

    const outcome = await createUser(['--role', role])

    expect(outcome).toMatchObject({ code: 5, stderr: expect.stringContaining('Name another role with --role.') })
    expect(await query(server.superuser, passwords)).toEqual(before)
    expect(await readdir(cwd)).toEqual([])
  })
})

describe('.env', () => {
  test('keeps its other lines, its comments and their order; only our lines change, and only we may read it', async () => {
    writeFileSync(
      join(cwd, '.env'),
      [
        '# Registry',
        'TFR_SERVER_PORT=8080   # the usual one',
        'export TFR_DATABASE_USER=before',
        '',
        '# TFR_DATABASE_PASSWORD=example',
        "OTHER='a b # c'",
        'TFR_DATABASE_PASSWORD="old one"',
        'TFR_DATABASE_HOST=127.0.0.1',
        'LAST=1',
      ].join('\n'),
      { mode: 0o644 },
    )

    const { code, stderr } = await createUser(['--role', 'registry'])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const lines = envFile().split('\n')
    expect(lines).toEqual([
      '# Registry',
      'TFR_SERVER_PORT=8080   # the usual one',
      'export TFR_DATABASE_USER=registry',
      '',
      '# TFR_DATABASE_PASSWORD=example',
      "OTHER='a b # c'",
      expect.stringMatching(/^TFR_DATABASE_PASSWORD=[\w-]{32}$/),
      'TFR_DATABASE_HOST=127.0.0.1',
      'LAST=1',
      'TFR_DATABASE_NAME=terraform_registry',
      'TFR_DATABASE_SSL_MODE=disable',
      '',
    ])
    expect(statSync(join(cwd, '.env')).mode & 0o777).toBe(0o600)
    expect(await readdir(cwd)).toEqual(['.env'])
  })

  test('of the catalogue that came before is changed under its own names, and its user is opentofu_user', async () => {
    writeFileSync(
      join(cwd, '.env'),
      `TOFU_REGISTRY_DB_TYPE=postgres
TOFU_REGISTRY_DB_HOST=127.0.0.1
TOFU_REGISTRY_DB_PORT=${server.port}
TOFU_REGISTRY_DB_NAME=opentofu
TOFU_REGISTRY_DB_USER=postgres
TOFU_REGISTRY_DB_PASSWORD=${server.superuser.password}
TOFU_REGISTRY_DB_SSLMODE=disable
`,
    )

    // The file's own user is the administrator, as that catalogue's guide had it.
    const { code, stderr } = await cadastre(['db', 'create-user'], { cwd })

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(envFile().replace(/PASSWORD=[\w-]{32}/, 'PASSWORD=new')).toBe(`TOFU_REGISTRY_DB_TYPE=postgres
TOFU_REGISTRY_DB_HOST=127.0.0.1
TOFU_REGISTRY_DB_PORT=${server.port}
TOFU_REGISTRY_DB_NAME=opentofu
TOFU_REGISTRY_DB_USER=opentofu_user
TOFU_REGISTRY_DB_PASSWORD=new
TOFU_REGISTRY_DB_SSLMODE=disable
`)
    expect(await query(login(), 'select current_user')).toEqual([{ current_user: 'opentofu_user' }])
  })

  test('that names the database by address gets user and password into that address', async () => {
    writeFileSync(
      join(cwd, '.env'),
      `TFR_DATABASE_URL=postgresql://old:old@127.0.0.1:${server.port}/terraform_registry?sslmode=disable\n`,
    )

    const { code, stderr } = await createUser(['--role', 'by_url'])

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(envFile()).toMatch(
      new RegExp(
        `^TFR_DATABASE_URL=postgresql://by_url:[\\w-]{32}@127.0.0.1:${server.port}/terraform_registry\\?sslmode=disable\n$`,
      ),
    )
    expect(await cadastre(['db', 'test'], { cwd })).toMatchObject({ code: 0 })
  })

  test('may be another file', async () => {
    const { stdout } = await createUser(['--write-env', 'production.env'])

    expect(stdout).toContain('wrote it to production.env')
    expect(await readdir(cwd)).toEqual(['production.env'])
    expect(await cadastre(['db', 'test'], { cwd, env: await parsed('production.env') })).toMatchObject({ code: 0 })
  })

  test('that the environment overrules is written all the same, and that is said', async () => {
    const { code, stderr } = await createUser([], {
      TFR_DATABASE_HOST: '127.0.0.1',
      TFR_DATABASE_PORT: String(server.port),
      TFR_DATABASE_PASSWORD: 'from elsewhere',
    })

    expect(code).toBe(0)
    expect(stderr).toBe('database.password still comes from TFR_DATABASE_PASSWORD, which wins over .env.\n')
  })

  test('that cannot be written leaves the password as it was', async () => {
    await createUser()
    const before = login()
    const outcome = await createUser(['--write-env', 'no/such/folder/.env'])

    expect(outcome).toMatchObject({ code: 6, stderr: expect.stringContaining('cannot be written') })
    await query(before, 'select 1')
  })
})

test.each([
  ['the host', { PGPORT: '1' }, [], 7, 'PostgreSQL cannot be reached'],
  ['the password', { PGPASSWORD: 'wrong' }, [], 3, 'does not accept this user'],
  ['TLS', { PGSSLMODE: 'require' }, [], 6, 'The encrypted connection could not be made'],
  ['a missing database', {}, ['--database', 'missing'], 4, 'Make it with: cadastre db create'],
  ['a missing schema', {}, ['--database', 'template1'], 4, 'The database lacks 0001_registry'],
])('names %s when that is the cause, and writes nothing', async (_, wrong, flags, code, sentence) => {
  const outcome = await createUser(flags, wrong)

  expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(sentence) })
  expect(await readdir(cwd)).toEqual([])
})

async function parsed(file: string): Promise<Record<string, string>> {
  const { parseEnv } = await import('node:util')
  return parseEnv(envFile(file)) as Record<string, string>
}
