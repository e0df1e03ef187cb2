/** What is refused at start, and that all of it is said at once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { loadSettings } from './load.ts'
import type { Environment } from './sources.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text)
const load = (env: Environment = {}) => loadSettings({ cwd, env })
function refusal(env?: Environment): Refusal {
  try {
    load(env)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('These settings were accepted.')
}

test('all problems are said at once, each with key, source and a way to mend it', () => {
  write(
    'config.yaml',
    `server: { prot: 80, port: many }
databse: { host: db }
logging: { level: loud }
database: { sslmode: require }`,
  )

  const { reason, code, message } = refusal({ TFR_DATABASE_PORT: '70000', TFR_SECURITY_TLS_ENABLED: 'perhaps' })

  expect({ reason, code }).toEqual({ reason: 'invalid', code: 'settings-invalid' })
  const [head, ...lines] = message.split('\n')
  expect(head).toBe('7 settings are not right:')
  expect(lines.sort()).toEqual([
    '  database.port (TFR_DATABASE_PORT): 70000 does not fit: Too big: expected number to be <=65535. Write a whole number.',
    '  database.sslmode (config.yaml): There is no such setting. Do you mean database.ssl_mode?',
    '  databse (config.yaml): There is no such setting. Do you mean database?',
    expect.stringMatching(
      /^ {2}logging.level \(config.yaml\): "loud" does not fit: .* Use one of debug, info, warn, error.$/,
    ),
    expect.stringMatching(
      /^ {2}security.tls.enabled \(TFR_SECURITY_TLS_ENABLED\): "perhaps" does not fit: .* Write true or false.$/,
    ),
    expect.stringMatching(/^ {2}server.port \(config.yaml\): "many" does not fit: .* Write a whole number.$/),
    '  server.prot (config.yaml): There is no such setting. Do you mean server.port?',
  ])
})

test('a wrong secret is not repeated', () => {
  write('config.yaml', 'auth: { bootstrap_token: [hush, hush] }')

  expect(refusal().message).toContain('auth.bootstrap_token (config.yaml): This value does not fit')
  expect(refusal().message).not.toContain('hush')
})

test('an unknown key is told its nearest name, also one of another section, and nothing where nothing is near', () => {
  write('config.yaml', 'databse: 1\nbase_url: x\nserver: { completely_other: 1 }')

  const { message } = refusal()

  expect(message).toContain('databse (config.yaml): There is no such setting. Do you mean database?')
  expect(message).toContain('base_url (config.yaml): There is no such setting. Do you mean server.base_url?')
  expect(message).toMatch(/server.completely_other \(config.yaml\): There is no such setting\.$/m)
})

test('places below data_dir follow it, and the address follows port and TLS', () => {
  const certificate = join(cwd, 'pem')
  write('pem', 'x')

  const plain = load({ TFR_DATA_DIR: 'data', TFR_SERVER_PORT: '9000' }).config
  const secure = load({
    TFR_SECURITY_TLS_ENABLED: 'true',
    TFR_SECURITY_TLS_CERT_FILE: certificate,
    TFR_SECURITY_TLS_KEY_FILE: certificate,
  }).config

  expect(plain.data_dir).toBe(join(cwd, 'data'))
  expect(plain.storage.local.base_path).toBe(join(cwd, 'data', 'storage'))
  expect(plain.server.base_url).toBe('http://localhost:9000')
  expect(secure.server.base_url).toBe('https://localhost:8080')
})

describe('together', () => {
  test.each<[string, Environment, string]>([
    ['server.base_url', { TFR_SERVER_BASE_URL: 'registry.example.com' }, 'This is no http or https address.'],
    ['server.base_url', { TFR_SERVER_BASE_URL: 'ftp://h' }, 'This is no http or https address.'],
    ['server.base_url', { TFR_SERVER_BASE_URL: 'https://u@h/?a=1' }, 'Leave out user, ? and #.'],
    ['server.trusted_proxies', { TFR_SERVER_TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, 'proxy is neither an address'],
    ['server.trusted_proxies', { TFR_SERVER_TRUSTED_PROXIES: '10.0.0.0/33' }, '10.0.0.0/33 is neither an address'],
    [
      'security.egress.allowlist',
      { TFR_SECURITY_EGRESS_ALLOWLIST: '10.0.0.0/99' },
      'is no host, address or CIDR block',
    ],
    ['security.cors.allowed_origins', { TFR_SECURITY_CORS_ALLOWED_ORIGINS: 'https://a.example/b' }, 'is no origin'],
    [
      'upstream.registries',
      { TFR_UPSTREAM_REGISTRIES: '[{"hostname":"a.example","address":"file:///etc"}]' },
      'file:///etc is no address where a.example could be asked. Write it like https://registry.example.com.',
    ],
    ['auth.bootstrap_token', { TFR_AUTH_BOOTSTRAP_TOKEN: 'short' }, 'At least 32 characters are needed.'],
    ['auth.bootstrap_token', { TFR_AUTH_BOOTSTRAP_TOKEN: `${'x'.repeat(32)} y` }, 'has blanks in it'],
    ['security.encryption_key', { TFR_SECURITY_ENCRYPTION_KEY: 'short' }, 'At least 32 characters are needed.'],
    ['audit.retention_days', { TFR_AUDIT_RETENTION_DAYS: '29' }, 'Set it to 30 or more, or to 0'],
    ['auth.api_keys.prefix', { TFR_AUTH_API_KEYS_PREFIX: 'Cadastre-' }, 'A prefix is up to 16 lower-case letters'],
    ['security.tls.cert_file', { TFR_SECURITY_TLS_ENABLED: 'true' }, 'TLS is switched on, and this is missing.'],
    ['security.tls.key_file', { TFR_SECURITY_TLS_ENABLED: 'true' }, 'TLS is switched on, and this is missing.'],
    [
      'security.tls.cert_file',
      { TFR_SECURITY_TLS_ENABLED: 'true', TFR_SECURITY_TLS_CERT_FILE: '/no/such.pem' },
      'The file /no/such.pem cannot be read.',
    ],
    ['database.url', { TFR_DATABASE_URL: 'mysql://h/n' }, 'This is no PostgreSQL address.'],
    ['database.url', { TFR_DATABASE_URL: 'postgresql://h/n', TFR_DATABASE_HOST: 'h' }, 'The database is named twice'],
    ['database.url', { TFR_DATABASE_URL: 'postgresql://h/n?sslmode=on' }, 'on is no sslmode. Use one of disable'],
    [
      'database.migration_url',
      { TFR_DATABASE_HOST: 'h', TFR_DATABASE_MIGRATION_URL: 'h/n' },
      'This is no PostgreSQL address.',
    ],
    [
      'database.migration_url',
      { TFR_DATABASE_MIGRATION_URL: 'postgresql://h/n' },
      'The embedded PostgreSQL has an owner role of its own.',
    ],
    ['database.ssl_root_cert', { TFR_DATABASE_SSL_ROOT_CERT: '/no/ca.pem' }, 'The file /no/ca.pem cannot be read.'],
  ])('%s is refused: %o', (key, env, sentence) => {
    const line = refusal(env)
      .message.split('\n')
      .find((each) => each.startsWith(`  ${key} (`))

    expect(line).toContain(sentence)
  })

  test('an address with a path, proxies by network and any origin are fine', () => {
    const { config } = load({
      TFR_SERVER_BASE_URL: 'https://example.com/registry',
      TFR_SERVER_TRUSTED_PROXIES: '10.0.0.0/8,::1,fd00::/8',
      TFR_SECURITY_CORS_ALLOWED_ORIGINS: '*',
      TFR_AUTH_API_KEYS_PREFIX: '',
    })

    expect(config.server.base_url).toBe('https://example.com/registry')
  })

  test('what is filled in and not used is a notice', () => {
    const { notices } = load({
      TFR_AUTH_OIDC_ISSUER_URL: 'https://login.example.com',
      TFR_AUTH_AZURE_AD_TENANT_ID: 't',
    })

    expect(notices).toEqual([
      'auth.oidc is filled in and not used: auth.oidc.enabled is false.',
      'auth.azure_ad is filled in and not used: auth.azure_ad.enabled is false.',
    ])
  })
})

const s3 = { TFR_STORAGE_S3_BUCKET: 'archives' }
const azure = { TFR_STORAGE_AZURE_ACCOUNT_NAME: 'account', TFR_STORAGE_AZURE_CONTAINER_NAME: 'archives' }
const gcs = { TFR_STORAGE_GCS_BUCKET: 'archives' }

describe('a store', () => {
  test.each<[string, Environment, string]>([
    ['storage.s3.bucket', { TFR_STORAGE_DEFAULT_BACKEND: 's3' }, 'Storage in s3 needs this. Name the bucket.'],
    ['storage.s3.secret_access_key', { ...s3, TFR_STORAGE_S3_ACCESS_KEY_ID: 'id' }, 'Give key and secret, or neither.'],
    ['storage.s3.access_key_id', { ...s3, TFR_STORAGE_S3_SECRET_ACCESS_KEY: 's' }, 'Give key and secret, or neither.'],
    ['storage.s3.access_key_id', { ...s3, TFR_STORAGE_S3_AUTH_METHOD: 'static' }, 'Storage in s3 needs this.'],
    ['storage.s3.role_arn', { ...s3, TFR_STORAGE_S3_AUTH_METHOD: 'assume_role' }, 'Name the role.'],
    ['storage.s3.auth_method', { ...s3, TFR_STORAGE_S3_AUTH_METHOD: 'guess' }, 'static, default, assume_role'],
    ['storage.s3.endpoint', { ...s3, TFR_STORAGE_S3_ENDPOINT: 'minio:9000' }, 'This is no http or https address.'],
    [
      'storage.s3.prefix',
      { ...s3, TFR_STORAGE_S3_PREFIX: '/cadastre' },
      'A prefix is made of lower-case names and ends',
    ],
    ['storage.azure.account_name', { TFR_STORAGE_DEFAULT_BACKEND: 'azure' }, 'Name the storage account.'],
    ['storage.azure.container_name', { TFR_STORAGE_AZURE_ACCOUNT_NAME: 'account' }, 'Name the container.'],
    ['storage.azure.account_key', azure, 'Give the key of the account, or choose another auth_method.'],
    ['storage.azure.sas_token', { ...azure, TFR_STORAGE_AZURE_AUTH_METHOD: 'sas' }, 'Give the token.'],
    ['storage.azure.endpoint', { TFR_STORAGE_AZURE_ENDPOINT: 'blobs' }, 'This is no http or https address.'],
    ['storage.azure.cdn_url', { TFR_STORAGE_AZURE_CDN_URL: 'cdn.example.com' }, 'This is no http or https address.'],
    ['storage.azure.prefix', { TFR_STORAGE_AZURE_PREFIX: 'Cadastre/' }, 'Write it like cadastre/.'],
    ['storage.gcs.bucket', { TFR_STORAGE_DEFAULT_BACKEND: 'gcs' }, 'Name the bucket.'],
    ['storage.gcs.credentials_file', { ...gcs, TFR_STORAGE_GCS_AUTH_METHOD: 'key_file' }, 'Name the file.'],
    [
      'storage.gcs.credentials_file',
      { ...gcs, TFR_STORAGE_GCS_CREDENTIALS_FILE: '/no.json' },
      '/no.json cannot be read',
    ],
    ['storage.gcs.endpoint', { ...gcs, TFR_STORAGE_GCS_ENDPOINT: 'ftp://gcs' }, 'This is no http or https address.'],
    ['storage.gcs.prefix', { ...gcs, TFR_STORAGE_GCS_PREFIX: 'a/../b/' }, 'Write it like cadastre/.'],
  ])('is not half described: %s of %o', (key, env, sentence) => {
    const line = refusal(env)
      .message.split('\n')
      .find((each) => each.startsWith(`  ${key} (`))

    expect(line).toContain(sentence)
  })

  test.each<[string, Environment]>([
    ['s3', s3],
    ['s3', { ...s3, TFR_STORAGE_S3_ACCESS_KEY_ID: 'id', TFR_STORAGE_S3_SECRET_ACCESS_KEY: 'secret' }],
    ['s3', { ...s3, TFR_STORAGE_S3_AUTH_METHOD: 'web_identity', TFR_STORAGE_S3_PREFIX: 'teams/cadastre/' }],
    ['azure', { ...azure, TFR_STORAGE_AZURE_ACCOUNT_KEY: 'key' }],
    ['azure', { ...azure, TFR_STORAGE_AZURE_AUTH_METHOD: 'workload_identity' }],
    ['gcs', { ...gcs, TFR_STORAGE_GCS_PROJECT_ID: 'project' }],
  ])('may be the one for new archives, or one for old ones, without a notice: %s with %o', (backend, env) => {
    const forOld = load(env)
    const forNew = load({ ...env, TFR_STORAGE_DEFAULT_BACKEND: backend })

    expect([forOld.config.storage.default_backend, forNew.config.storage.default_backend]).toEqual(['local', backend])
    expect([forOld.notices, forNew.notices]).toEqual([[], []])
  })
})

test.each(['Registry.example.com', 'registry.example.com:8443', 'https://registry.example.com', '-a.example', 'a..b'])(
  'a host name is written as clients write it in addresses, not as %s',
  (name) => {
    expect(refusal({ TFR_SERVER_HOSTNAMES: `localhost, ${name}` }).message).toContain(
      `server.hostnames (TFR_SERVER_HOSTNAMES): ${name} is no lower-case host name without a port.`,
    )
  },
)

test.each(['platform', 'Acme', 'a b', 'a/b'])('%s is no name for the default organization', (name) => {
  expect(refusal({ TFR_MULTI_TENANCY_DEFAULT_ORGANIZATION: name }).message).toContain(
    `multi_tenancy.default_organization (TFR_MULTI_TENANCY_DEFAULT_ORGANIZATION): ${name} is no name for an organization.`,
  )
})

describe('what this version does not bring is refused with a sentence', () => {
  test.each([
    ['server.workers', '2', 'Several processes under one roof are not part of this version. Start several servers'],
    ['storage.local.serve_directly', 'false', 'Nobody but the registry can send what lies in its local folder.'],
    ['telemetry.tracing.enabled', 'true', 'Tracing is not part of this version. Set it to false.'],
    ['telemetry.profiling.enabled', 'true', 'Profiling is not part of this version. Set it to false.'],
  ])('%s: %s', (key, value, sentence) => {
    const variable = `TFR_${key.toUpperCase().replaceAll('.', '_')}`

    expect(refusal({ [variable]: value }).message).toContain(`${key} (${variable}): ${sentence}`)
  })
})
