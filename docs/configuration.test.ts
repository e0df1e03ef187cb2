/** What docs/configuration.md says of settings, and the settings file of the first day. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exampleFile } from '../server/src/foundation/config/explain.ts'
import { loadSettings } from '../server/src/foundation/config/load.ts'
import { findSettings, leaves, variableOf } from '../server/src/foundation/config/sources.ts'

const page = readFileSync(fileURLToPath(new URL('configuration.md', import.meta.url)), 'utf8')

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

// JSON is YAML, too.
const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)
const load = (env: Record<string, string> = {}) => loadSettings({ cwd, env })
const valueIn = (config: object, key: string) =>
  key.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown>)[name], config)

/** The 59 keys of the enterprise registry's file with their defaults; those without one have a value that fits. */
const firstDay: Record<string, unknown> = {
  'server.host': '0.0.0.0',
  'server.port': 8080,
  'server.base_url': 'http://localhost:8080',
  'server.read_timeout': '30s',
  'server.write_timeout': '30s',
  'database.host': 'localhost',
  'database.port': 5432,
  'database.name': 'terraform_registry',
  'database.user': 'registry',
  'database.password': 'secret',
  'database.ssl_mode': 'require',
  'database.max_connections': 25,
  'storage.default_backend': 'local',
  'storage.azure.account_name': 'account',
  'storage.azure.account_key': 'key',
  'storage.azure.container_name': 'modules',
  'storage.azure.cdn_url': 'https://cdn.example.com',
  'storage.s3.endpoint': 'https://s3.example.com',
  'storage.s3.region': 'eu-central-1',
  'storage.s3.bucket': 'modules',
  'storage.s3.access_key_id': 'id',
  'storage.s3.secret_access_key': 'secret',
  'storage.local.base_path': './storage',
  'storage.local.serve_directly': true,
  'auth.api_keys.enabled': true,
  'auth.api_keys.prefix': 'tfr_',
  'auth.oidc.enabled': false,
  'auth.oidc.issuer_url': 'https://login.example.com',
  'auth.oidc.client_id': 'cadastre',
  'auth.oidc.client_secret': 'secret',
  'auth.oidc.redirect_url': 'https://registry.example.com/callback',
  'auth.oidc.scopes': ['openid', 'email', 'profile'],
  'auth.azure_ad.enabled': false,
  'auth.azure_ad.tenant_id': 'tenant',
  'auth.azure_ad.client_id': 'client',
  'auth.azure_ad.client_secret': 'secret',
  'auth.azure_ad.redirect_url': 'https://registry.example.com/callback',
  'multi_tenancy.enabled': false,
  'multi_tenancy.default_organization': 'default',
  'multi_tenancy.allow_public_signup': false,
  'security.cors.allowed_origins': ['*'],
  'security.cors.allowed_methods': ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
  'security.rate_limiting.enabled': true,
  'security.rate_limiting.requests_per_minute': 60,
  'security.rate_limiting.burst': 10,
  'security.tls.enabled': false,
  'security.tls.cert_file': '/etc/tls/tls.crt',
  'security.tls.key_file': '/etc/tls/tls.key',
  'logging.level': 'info',
  'logging.format': 'json',
  'logging.output': 'stdout',
  'telemetry.enabled': true,
  'telemetry.service_name': 'terraform-registry',
  'telemetry.metrics.enabled': true,
  'telemetry.metrics.prometheus_port': 9090,
  'telemetry.tracing.enabled': false,
  'telemetry.tracing.jaeger_endpoint': 'http://jaeger:14268/api/traces',
  'telemetry.profiling.enabled': false,
  'telemetry.profiling.port': 6060,
}

function asTree(values: Record<string, unknown>): object {
  const tree = {}
  for (const [key, value] of Object.entries(values)) {
    const names = key.split('.')
    const last = names.pop()!
    const parent = names.reduce<Record<string, unknown>>((at, name) => {
      at[name] ??= {}
      return at[name] as Record<string, unknown>
    }, tree)
    parent[last] = value
  }
  return tree
}

test('a file with the 59 keys of the first day loads unchanged', () => {
  expect(Object.keys(firstDay).length).toBe(59)
  write('config.yaml', JSON.stringify(asTree(firstDay)))
  const { config, notices, sources } = load()
  for (const [key, value] of Object.entries(firstDay)) {
    const known = key.replace('jaeger_endpoint', 'otlp_endpoint')
    const meant = /timeout$/.test(key) ? 30_000 : key === 'storage.local.base_path' ? join(cwd, 'storage') : value
    expect([key, valueIn(config, known), sources.get(known)]).toEqual([key, meant, 'config.yaml'])
  }
  expect(notices).toEqual([
    'telemetry.tracing.jaeger_endpoint is read as telemetry.tracing.otlp_endpoint.',
    'auth.oidc is filled in and not used: auth.oidc.enabled is false.',
    'auth.azure_ad is filled in and not used: auth.azure_ad.enabled is false.',
  ])
})

test('without any setting everything has a default', () => {
  const { config, notices, sources } = load()
  expect([notices, sources.size]).toEqual([[], 0])
  expect([config.data_dir, config.storage.local.base_path]).toEqual([
    join(cwd, '.cadastre'),
    join(cwd, '.cadastre/storage'),
  ])
  expect([config.server.port, config.server.base_url]).toEqual([8080, 'http://localhost:8080'])
  expect([config.database.url, config.database.host]).toEqual([undefined, undefined])
})

test('the example file can be copied as it is, and changes nothing', () => {
  const { config } = load()
  write('config.yaml', exampleFile())
  const copied = load()
  expect([copied.notices, copied.sources.size]).toEqual([[], 0])
  expect(copied.config).toEqual(config)
  for (const { key } of leaves) expect(exampleFile()).toMatch(new RegExp(`^ *#${key.split('.').at(-1)}:`, 'm'))
})

test('every setting has its variable, and the environment wins over the file', () => {
  const samples: Record<string, string> = {
    text: 'x',
    integer: '1',
    flag: 'true',
    list: 'a,b',
    duration: '1s',
    bytes: '1MB',
    entries: '[]',
  }
  const env = Object.fromEntries(
    leaves.map(({ key, kind, choices }) => [variableOf(key), choices?.[0] ?? samples[kind]!]),
  )
  const { values, problems, notices } = findSettings(cwd, env)
  expect([problems, notices]).toEqual([[], []])
  for (const { key } of leaves) expect([key, values.get(key)?.source]).toEqual([key, variableOf(key)])

  write('config.yaml', 'server: { port: 1111, host: 127.0.0.2 }\n')
  const { config, sources } = load({ TFR_SERVER_PORT: '2222' })
  expect([config.server.port, config.server.host]).toEqual([2222, '127.0.0.2'])
  expect([sources.get('server.port'), sources.get('server.host')]).toEqual(['TFR_SERVER_PORT', 'config.yaml'])
})

test('the file is the first of those that the page names, and .env is read below the environment', () => {
  write('config.yaml', 'server: { port: 1111 }\n')
  write('other.yaml', 'server: { port: 3333 }\n')
  expect(load().config.server.port).toBe(1111)
  expect(load({ CONFIG_PATH: 'other.yaml' }).config.server.port).toBe(3333)
  write('.env', 'TFR_SERVER_PORT=4444\nTFR_LOGGING_LEVEL=debug\n')
  expect(load().config.server.port).toBe(4444)
  const { config, sources } = load({ TFR_SERVER_PORT: '5555', TFR_SERVER_HOST: '' })
  expect([config.server.port, config.logging.level, config.server.host]).toEqual([5555, 'debug', '0.0.0.0'])
  expect(sources.get('logging.level')).toBe('TFR_LOGGING_LEVEL in .env')
})

test('variables are replaced in values of the file, whatever characters they hold', () => {
  const variable = (text: string) => `$\{${text}}`
  const secret = `a: b #c "d" 'e' {f} ${variable('g')}`
  const database = {
    host: variable('HOST:-postgres.internal'),
    password: variable('SECRET'),
    user: `$${variable('literally')}`,
    ssl_mode: variable('MODE'),
  }
  write('config.yaml', JSON.stringify({ database }))
  expect(load({ SECRET: secret, MODE: 'disable' }).config.database).toMatchObject({
    host: 'postgres.internal',
    password: secret,
    user: variable('literally'),
    ssl_mode: 'disable',
  })
  expect(() => load({ SECRET: secret })).toThrow('database.ssl_mode (config.yaml): The variable MODE is not set.')
})

test('everything that is wrong is said at once, with its source and a way to mend it', () => {
  const [, variables, said] = /^\$ (.*) cadastre serve\n([\s\S]*?)\n```$/m.exec(page)!
  const env = Object.fromEntries(variables!.split(' ').map((each) => each.split('=') as [string, string]))
  expect(() => load(env)).toThrow(said)

  write('config.yaml', 'servre: { port: 1 }\nserver: { prot: 2 }\n')
  expect(() => load()).toThrow(/servre \(config\.yaml\): There is no such setting\. Do you mean server\?/)
  expect(() => load()).toThrow(/server\.prot \(config\.yaml\): There is no such setting\. Do you mean server\.port\?/)
  write('config.yaml', '')
  expect(load({ TFR_SERVER_PROT: '1' }).notices).toEqual([
    'TFR_SERVER_PROT is no setting and changes nothing. Do you mean TFR_SERVER_PORT?',
  ])
})

test('TOFU_REGISTRY_DB_… in .env are fall-backs for the database', () => {
  const lines = {
    TYPE: 'postgres',
    HOST: 'db',
    PORT: '6432',
    NAME: 'opentofu',
    USER: 'opentofu_user',
    PASSWORD: 'secret',
    SSLMODE: 'verify-full',
  }
  write(
    '.env',
    Object.entries(lines)
      .map(([name, value]) => `TOFU_REGISTRY_DB_${name}=${value}`)
      .join('\n'),
  )
  const read = {
    host: 'db',
    port: 6432,
    name: 'opentofu',
    user: 'opentofu_user',
    password: 'secret',
    ssl_mode: 'verify-full',
  }
  expect(load().config.database).toMatchObject(read)
  expect(load({ TFR_DATABASE_NAME: 'other' }).config.database).toMatchObject({ ...read, name: 'other' })
  write('config.yaml', 'database: { user: mine }\n')
  expect(load().config.database).toMatchObject({ ...read, user: 'mine' })
  expect(() => load({ TOFU_REGISTRY_DB_TYPE: 'sqlite' })).toThrow(
    'Cadastre keeps its data in PostgreSQL, and this asks for sqlite.',
  )
})
