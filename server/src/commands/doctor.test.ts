/** What `cadastre doctor --server` finds, on a real registry in which one thing is broken at a time. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasOpenssl, makeCertificates } from '../../test/certificates.ts'
import { cadastre } from '../../test/command.ts'
import { removeTemporaryFolders, temporaryFolder } from '../../test/embedded.ts'
import { freePort } from '../../test/free-port.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import type { Environment } from '../foundation/config/sources.ts'

type Found = { check: string; result: string; says: string; fix?: string }

let registry: TestRegistry
let cwd: string
let settings: Environment

beforeAll(async () => {
  cwd = await temporaryFolder()
  registry = await startRegistry()
  const { database, data_dir } = registry.app.config
  settings = {
    TFR_DATA_DIR: data_dir,
    TFR_SERVER_HOST: '127.0.0.1',
    TFR_SERVER_PORT: new URL(registry.url).port,
    TFR_DATABASE_HOST: database.host,
    TFR_DATABASE_PORT: String(database.port),
    TFR_DATABASE_NAME: database.name,
    TFR_DATABASE_USER: database.user,
    TFR_DATABASE_PASSWORD: database.password,
    TFR_DATABASE_SSL_MODE: 'disable',
    TFR_TELEMETRY_METRICS_ENABLED: 'false',
  }
})
afterAll(async () => {
  await registry?.stop()
  await removeTemporaryFolders()
})

const examine = (env: Environment = {}, ...flags: string[]) =>
  cadastre(['doctor', '--server', ...flags], { cwd, env: { ...settings, ...env } })

async function diagnose(env: Environment = {}) {
  const { code, stdout } = await examine(env, '--json')
  const { data } = JSON.parse(stdout)
  return { code, of: (check: string): Found[] => data.findings.filter((found: Found) => found.check === check) }
}

/** As the owner of the database, for as long as the work takes. */
async function meanwhile<Result>(change: string, back: string, work: () => Promise<Result>): Promise<Result> {
  await registry.sql(change)
  return work().finally(() => registry.sql(back))
}

test('a registry that is well gets one line for each check, and exit 0', async () => {
  const { code, stdout, stderr } = await examine()

  expect(stdout.split('\n').map((line) => line.split('\t').slice(0, 2).join(' '))).toEqual([
    'ok settings',
    'ok data_dir',
    'ok disk',
    'ok database',
    'ok clock',
    'ok schema',
    'ok rights',
    'ok audit trail',
    'ok encryption key',
    'ok storage local',
    'ok server',
    'ok base_url',
    'ok metrics',
    '',
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '13 ok, 0 warnings, 0 failed.\n' })
  expect(await registry.storedFiles()).toEqual([])
})

test('wrong settings are said all at once, and nothing else is looked at', async () => {
  const { code, stdout } = await examine({ TFR_SERVER_PORT: 'many', TFR_LOGGING_LEVEL: 'loud' })

  expect(code).toBe(1)
  expect(stdout).toMatch(/^failed\tsettings\tserver\.port .+\nfailed\tsettings\tlogging\.level .+\n$/)
})

test('where nothing runs that is a warning, and exit 0', async () => {
  const { code, of } = await diagnose({ TFR_SERVER_PORT: String(await freePort()) })

  expect(code).toBe(0)
  expect(of('server')).toEqual([expect.objectContaining({ result: 'warning', fix: expect.stringContaining('serve') })])
  expect(of('base_url')).toEqual([expect.objectContaining({ result: 'warning' })])
})

test('a base_url that leads elsewhere is named', async () => {
  const { code, of } = await diagnose({ TFR_SERVER_BASE_URL: `${registry.url}/registry` })

  expect(code).toBe(1)
  expect(of('base_url')[0]).toMatchObject({ result: 'failed', says: expect.stringContaining('answered 404') })
})

describe('of the database', () => {
  test('one that cannot be entered is named with its cause', async () => {
    const { code, of } = await diagnose({ TFR_DATABASE_NAME: 'nowhere' })

    expect(code).toBe(1)
    expect(of('database')).toEqual([
      expect.objectContaining({ result: 'failed', says: expect.stringContaining('There is no database of that name') }),
    ])
  })

  test('missing steps are named, and what needs them is not looked at', async () => {
    const [last] = await registry.sql('select name, timestamp from schema_migrations order by name desc limit 1')
    const { of } = await meanwhile(
      `delete from schema_migrations where name = '${last.name}'`,
      `insert into schema_migrations values ('${last.name}', '${last.timestamp}')`,
      () => diagnose(),
    )

    expect(of('schema')).toEqual([expect.objectContaining({ result: 'warning', says: `It lacks ${last.name}.` })])
    expect(of('audit trail')).toEqual([])
  })

  test.each([
    ['a role that may change facts', 'grant update on audit_logs to ROLE', 'revoke update on audit_logs from ROLE'],
    [
      'triggers that are off',
      'alter table audit_logs disable trigger audit_logs_kept',
      'alter table audit_logs enable trigger audit_logs_kept',
    ],
  ])('%s is a failure', async (_what, change, back) => {
    const role = registry.app.config.database.user
    const { code, of } = await meanwhile(change.replace('ROLE', role), back.replace('ROLE', role), () => diagnose())

    expect(code).toBe(1)
    expect(of('audit trail')).toEqual([expect.objectContaining({ result: 'failed' })])
  })

  test.each([
    ['cadastre_owner', 'cadastre_owner owns the tables'],
    ['cadastre', 'cadastre is a superuser'],
  ])('the role %s could rewrite the audit trail, which is a warning', async (role, sentence) => {
    const { code, of } = await diagnose({ TFR_DATABASE_USER: role })

    expect(code).toBe(0)
    expect(of('audit trail')).toEqual([
      expect.objectContaining({ result: 'warning', says: expect.stringContaining(sentence) }),
    ])
  })

  test('the key of another registry is a failure, and so is a secret that it does not open', async () => {
    const other = await diagnose({ TFR_SECURITY_ENCRYPTION_KEY: 'another key of more than 32 characters' })
    const lost = await meanwhile(
      `insert into identity_providers (name, issuer_url, client_id, client_secret, enabled)
       values ('corp', 'https://corp.example', 'x', 'not encrypted', false)`,
      `delete from identity_providers`,
      () => diagnose(),
    )

    expect(other.of('encryption key')[0]!.says).toContain('a registry with another encryption key')
    expect(lost.of('encryption key')[0]).toMatchObject({
      result: 'failed',
      says: expect.stringContaining('The secret of identity provider corp cannot be read'),
      fix: 'Set the client secret of corp anew.',
    })
  })
})

test('a store that takes nothing is named with the step that failed', async () => {
  const folder = join(await temporaryFolder(), 'storage')
  mkdirSync(folder)
  writeFileSync(join(folder, 'objects'), 'no folder')

  const { code, of } = await diagnose({ TFR_STORAGE_LOCAL_BASE_PATH: folder })

  expect(code).toBe(1)
  expect(of('storage local')).toEqual([
    expect.objectContaining({ result: 'failed', says: expect.stringMatching(/^write .+: /) }),
  ])
})

test('an identity provider that does not answer is named, whether it stands in the settings or in the database', async () => {
  const { of } = await meanwhile(
    `insert into identity_providers (name, issuer_url, client_id) values ('added', 'http://127.0.0.1:1', 'x')`,
    'delete from identity_providers',
    () =>
      diagnose({
        TFR_AUTH_OIDC_ENABLED: 'true',
        TFR_AUTH_OIDC_ISSUER_URL: 'http://127.0.0.1:1',
        TFR_AUTH_OIDC_CLIENT_ID: 'cadastre',
        TFR_AUTH_OIDC_CLIENT_SECRET: 'secret',
      }),
  )

  for (const name of ['oidc', 'added'])
    expect(of(`issuer ${name}`)).toEqual([
      expect.objectContaining({ result: 'failed', says: expect.stringMatching(/^discovery: /) }),
    ])
})

test.skipIf(!hasOpenssl)(
  'a certificate that ends soon is a warning, one for another name a failure, one of an unknown authority a warning',
  async () => {
    const { cert, key } = makeCertificates(await temporaryFolder())
    const tls = {
      TFR_SERVER_PORT: String(await freePort()),
      TFR_SECURITY_TLS_ENABLED: 'true',
      TFR_SECURITY_TLS_CERT_FILE: cert,
      TFR_SECURITY_TLS_KEY_FILE: key,
    }

    const soon = await diagnose(tls)
    const other = await diagnose({ ...tls, TFR_SERVER_BASE_URL: 'https://registry.invalid' })
    const front = createServer({ cert: readFileSync(cert), key: readFileSync(key) })
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
    const { port } = front.address() as AddressInfo
    const behind = await diagnose({ TFR_SERVER_BASE_URL: `https://localhost:${port}` }).finally(() => front.close())

    expect(soon.of('certificate')).toEqual([expect.objectContaining({ result: 'warning', fix: 'Renew it soon.' })])
    expect(other.of('certificate')[0]).toMatchObject({
      result: 'failed',
      says: 'It is made out to localhost, not to registry.invalid.',
    })
    expect(behind.of('certificate')[0]).toMatchObject({
      result: 'warning',
      says: expect.stringContaining('Its chain is not trusted on this machine'),
    })
  },
)

test('a data folder that is not there stays so', async () => {
  const folder = join(cwd, 'nothing')

  const { of } = await diagnose({ TFR_DATA_DIR: folder, TFR_DATABASE_HOST: undefined })

  expect(['data_dir', 'database', 'storage local'].flatMap(of).map(({ result }) => result)).toEqual(['ok', 'ok', 'ok'])
  expect(existsSync(folder)).toBe(false)
})
