/** Every setting by its full name: the 59 of the first version as they were, and each as the environment sets it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { loadSettings } from './load.ts'
import { findSettings, leaves, variableOf } from './sources.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

const valueIn = (config: object, key: string) =>
  key.split('.').reduce<unknown>((tree, name) => (tree as Record<string, unknown>)[name], config)

/** Key and default of the first version; those without a default have a value that somebody could have written. */
const firstVersion: [key: string, value: unknown][] = [
  ['server.host', '0.0.0.0'],
  ['server.port', 8080],
  ['server.base_url', 'http://localhost:8080'],
  ['server.read_timeout', '30s'],
  ['server.write_timeout', '30s'],
  ['database.host', 'localhost'],
  ['database.port', 5432],
  ['database.name', 'terraform_registry'],
  ['database.user', 'registry'],
  ['database.password', 'secret'],
  ['database.ssl_mode', 'require'],
  ['database.max_connections', 25],
  ['storage.default_backend', 'local'],
  ['storage.azure.account_name', 'account'],
  ['storage.azure.account_key', 'key'],
  ['storage.azure.container_name', 'modules'],
  ['storage.azure.cdn_url', 'https://cdn.example.com'],
  ['storage.s3.endpoint', 'https://s3.example.com'],
  ['storage.s3.region', 'eu-central-1'],
  ['storage.s3.bucket', 'modules'],
  ['storage.s3.access_key_id', 'id'],
  ['storage.s3.secret_access_key', 'secret'],
  ['storage.local.base_path', './storage'],
  ['storage.local.serve_directly', true],
  ['auth.api_keys.enabled', true],
  ['auth.api_keys.prefix', 'tfr_'],
  ['auth.oidc.enabled', false],
  ['auth.oidc.issuer_url', 'https://login.example.com'],
  ['auth.oidc.client_id', 'cadastre'],
  ['auth.oidc.client_secret', 'secret'],
  ['auth.oidc.redirect_url', 'https://registry.example.com/callback'],
  ['auth.oidc.scopes', ['openid', 'email', 'profile']],
  ['auth.azure_ad.enabled', false],
  ['auth.azure_ad.tenant_id', 'tenant'],
  ['auth.azure_ad.client_id', 'client'],
  ['auth.azure_ad.client_secret', 'secret'],
  ['auth.azure_ad.redirect_url', 'https://registry.example.com/callback'],
  ['multi_tenancy.enabled', false],
  ['multi_tenancy.default_organization', 'default'],
  ['multi_tenancy.allow_public_signup', false],
  ['security.cors.allowed_origins', ['*']],
  ['security.cors.allowed_methods', ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']],
  ['security.rate_limiting.enabled', true],
  ['security.rate_limiting.requests_per_minute', 60],
  ['security.rate_limiting.burst', 10],
  ['security.tls.enabled', false],
  ['security.tls.cert_file', '/etc/tls/cert.pem'],
  ['security.tls.key_file', '/etc/tls/key.pem'],
  ['logging.level', 'info'],
  ['logging.format', 'json'],
  ['logging.output', 'stdout'],
  ['telemetry.enabled', true],
  ['telemetry.service_name', 'terraform-registry'],
  ['telemetry.metrics.enabled', true],
  ['telemetry.metrics.prometheus_port', 9090],
  ['telemetry.tracing.enabled', false],
  ['telemetry.tracing.jaeger_endpoint', 'http://jaeger:14268/api/traces'],
  ['telemetry.profiling.enabled', false],
  ['telemetry.profiling.port', 6060],
]
const milliseconds: Record<string, number> = { '30s': 30_000 }

test('a file with all 59 keys of the first version loads, and every value arrives', () => {
  const tree: Record<string, unknown> = {}
  for (const [key, value] of firstVersion) {
    const path = key.split('.')
    const last = path.pop()!
    let at = tree
    for (const part of path) {
      at[part] ??= {}
      at = at[part] as Record<string, unknown>
    }
    at[last] = value
  }
  writeFileSync(join(cwd, 'all.yaml'), stringify(tree))

  const { config, notices } = loadSettings({ cwd, env: { CONFIG_PATH: 'all.yaml' } })

  expect(firstVersion).toHaveLength(59)
  for (const [key, value] of firstVersion) {
    const name = key.replace('jaeger_endpoint', 'otlp_endpoint')
    const expected = key === 'storage.local.base_path' ? join(cwd, 'storage') : (milliseconds[String(value)] ?? value)
    expect(valueIn(config, name), key).toEqual(expected)
  }
  expect(notices).toContain('telemetry.tracing.jaeger_endpoint is read as telemetry.tracing.otlp_endpoint.')
})

test('each of them without a value of its own keeps the default of the first version, but for three', () => {
  const written = new Map(leaves.map((leaf) => [leaf.key, leaf.written]))
  const changed = firstVersion.filter(([key, value]) => {
    const known = written.get(key)
    return known !== undefined && JSON.stringify(known) !== JSON.stringify(value)
  })

  // No host means the embedded PostgreSQL, and local storage lies in data_dir: neither has a default of its own.
  expect(changed).toEqual([['security.cors.allowed_origins', ['*']]])
  expect([written.get('database.host'), written.get('storage.local.base_path')]).toEqual([undefined, undefined])
})

/** As written in the environment, and what the registry then works with. */
const registries = [{ hostname: 'registry.example.com', address: 'http://registry.internal:8080' }]
const groupMappings = [{ group: 'dev, ops', organization: 'acme', role: 'publisher' }]

const inEnvironment: [key: string, text: string, value: unknown][] = [
  ['data_dir', '/srv/cadastre', '/srv/cadastre'],
  ['server.host', '127.0.0.1', '127.0.0.1'],
  ['server.port', '9000', 9000],
  ['server.base_url', 'https://registry.example.com/r', 'https://registry.example.com/r'],
  ['server.read_timeout', '500ms', 500],
  ['server.write_timeout', '2m', 120_000],
  ['server.trusted_proxies', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ['server.workers', '4', 4],
  ['server.hostnames', 'registry.example.com, old.example.com', ['registry.example.com', 'old.example.com']],
  ['database.url', 'postgresql://u:p@h:1/n', 'postgresql://u:p@h:1/n'],
  ['database.host', 'db', 'db'],
  ['database.port', '6432', 6432],
  ['database.name', 'n', 'n'],
  ['database.user', 'u', 'u'],
  ['database.password', 'p w', 'p w'],
  ['database.ssl_mode', 'verify-ca', 'verify-ca'],
  ['database.ssl_root_cert', '/etc/ca.pem', '/etc/ca.pem'],
  ['database.max_connections', '50', 50],
  ['database.migration_url', 'postgresql://o@h/n', 'postgresql://o@h/n'],
  ['database.embedded.user', 'postgres', 'postgres'],
  ['storage.default_backend', 's3', 's3'],
  ['storage.local.base_path', '/srv/storage', '/srv/storage'],
  ['storage.local.serve_directly', 'off', false],
  ['storage.s3.endpoint', 'https://s3', 'https://s3'],
  ['storage.s3.region', 'r', 'r'],
  ['storage.s3.bucket', 'b', 'b'],
  ['storage.s3.prefix', 'cadastre/', 'cadastre/'],
  ['storage.s3.auth_method', 'web_identity', 'web_identity'],
  ['storage.s3.access_key_id', 'i', 'i'],
  ['storage.s3.secret_access_key', 's', 's'],
  ['storage.s3.role_arn', 'arn:aws:iam::1:role/r', 'arn:aws:iam::1:role/r'],
  ['storage.s3.serve_directly', 'true', true],
  ['storage.azure.account_name', 'a', 'a'],
  ['storage.azure.auth_method', 'sas', 'sas'],
  ['storage.azure.account_key', 'k', 'k'],
  ['storage.azure.sas_token', 'sv=1&sig=s', 'sv=1&sig=s'],
  ['storage.azure.container_name', 'c', 'c'],
  ['storage.azure.prefix', 'cadastre/', 'cadastre/'],
  ['storage.azure.endpoint', 'https://blobs', 'https://blobs'],
  ['storage.azure.cdn_url', 'https://cdn', 'https://cdn'],
  ['storage.azure.serve_directly', 'true', true],
  ['storage.gcs.bucket', 'b', 'b'],
  ['storage.gcs.prefix', 'cadastre/', 'cadastre/'],
  ['storage.gcs.project_id', 'p', 'p'],
  ['storage.gcs.auth_method', 'key_file', 'key_file'],
  ['storage.gcs.credentials_file', '/etc/key.json', '/etc/key.json'],
  ['storage.gcs.endpoint', 'https://gcs', 'https://gcs'],
  ['storage.gcs.serve_directly', 'true', true],
  ['auth.bootstrap_token', 't'.repeat(32), 't'.repeat(32)],
  ['auth.stale_rights', '1h', 3_600_000],
  ['auth.local.enabled', 'false', false],
  ['auth.sessions.idle_timeout', '1h', 3_600_000],
  ['auth.sessions.lifetime', '1d', 86_400_000],
  ['auth.api_keys.enabled', 'no', false],
  ['auth.api_keys.prefix', 'acme_', 'acme_'],
  ['auth.api_keys.max_age', '90d', 90 * 86_400_000],
  ['auth.oidc.enabled', 'yes', true],
  ['auth.oidc.issuer_url', 'https://i', 'https://i'],
  ['auth.oidc.client_id', 'c', 'c'],
  ['auth.oidc.client_secret', 's', 's'],
  ['auth.oidc.redirect_url', 'https://r', 'https://r'],
  ['auth.oidc.scopes', 'openid,groups', ['openid', 'groups']],
  ['auth.oidc.display_name', 'Acme', 'Acme'],
  ['auth.oidc.group_claim', 'roles', 'roles'],
  ['auth.oidc.group_mappings', JSON.stringify(groupMappings), groupMappings],
  ['auth.azure_ad.enabled', '1', true],
  ['auth.azure_ad.tenant_id', 't', 't'],
  ['auth.azure_ad.client_id', 'c', 'c'],
  ['auth.azure_ad.client_secret', 's', 's'],
  ['auth.azure_ad.redirect_url', 'https://r', 'https://r'],
  ['auth.azure_ad.display_name', 'Entra', 'Entra'],
  ['auth.azure_ad.group_mappings', JSON.stringify(groupMappings), groupMappings],
  ['audit.retention_days', '400', 400],
  ['multi_tenancy.enabled', 'TRUE', true],
  ['multi_tenancy.default_organization', 'acme', 'acme'],
  ['multi_tenancy.allow_public_signup', 'on', true],
  ['security.encryption_key', 'k'.repeat(32), 'k'.repeat(32)],
  ['security.cors.allowed_origins', 'https://a,https://b', ['https://a', 'https://b']],
  ['security.cors.allowed_methods', 'GET', ['GET']],
  ['security.egress.allowlist', 'a.internal,10.0.0.0/8', ['a.internal', '10.0.0.0/8']],
  ['security.rate_limiting.enabled', '0', false],
  ['security.rate_limiting.requests_per_minute', '120', 120],
  ['security.rate_limiting.burst', '20', 20],
  ['security.rate_limiting.protocol.requests_per_minute', '900', 900],
  ['security.rate_limiting.protocol.burst', '90', 90],
  ['security.rate_limiting.api_read.requests_per_minute', '800', 800],
  ['security.rate_limiting.api_read.burst', '80', 80],
  ['security.rate_limiting.api_write.requests_per_minute', '700', 700],
  ['security.rate_limiting.api_write.burst', '70', 70],
  ['security.rate_limiting.sign_in.requests_per_minute', '6', 6],
  ['security.rate_limiting.sign_in.burst', '5', 5],
  ['security.tls.enabled', 'true', true],
  ['security.tls.cert_file', 'c.pem', 'c.pem'],
  ['security.tls.key_file', 'k.pem', 'k.pem'],
  ['catalogue.import_folder', '/imports', '/imports'],
  ['upstream.registries', JSON.stringify(registries), registries],
  ['upstream.requests_per_second', '2', 2],
  ['upstream.concurrency', '1', 1],
  ['upstream.tries', '3', 3],
  ['upstream.refresh', 'false', false],
  ['upstream.refresh_interval', '1d', 86_400_000],
  ['upstream.cache_max_age', '24h', 86_400_000],
  ['upstream.cache_max_bytes', '100MB', 100_000_000],
  ['logging.level', 'warn', 'warn'],
  ['logging.format', 'text', 'text'],
  ['logging.output', 'stderr', 'stderr'],
  ['telemetry.enabled', 'false', false],
  ['telemetry.service_name', 's', 's'],
  ['telemetry.metrics.enabled', 'false', false],
  ['telemetry.metrics.prometheus_port', '0', 0],
  ['telemetry.tracing.enabled', 'true', true],
  ['telemetry.tracing.otlp_endpoint', 'http://o', 'http://o'],
  ['telemetry.profiling.enabled', 'true', true],
  ['telemetry.profiling.port', '6061', 6061],
  ['publish.semver_check', 'block', 'block'],
  ['publish.max_module_bytes', '64MiB', 64 * 1024 * 1024],
  ['publish.max_provider_bytes', '1GB', 1_000_000_000],
  ['publish.max_waiting_bytes', '5GB', 5_000_000_000],
]

test('no setting is missing in the table below', () => {
  expect(inEnvironment.map(([key]) => key).sort()).toEqual(leaves.map((leaf) => leaf.key).sort())
})

test.each(inEnvironment)('%s is read from its variable', (key, text, value) => {
  const { values, problems, notices } = findSettings(cwd, { [variableOf(key)]: text })

  expect(values.get(key)).toEqual({ value, source: variableOf(key) })
  const { schema } = leaves.find((leaf) => leaf.key === key)!
  expect(schema.safeParse(value).success).toBe(true)
  expect({ problems, notices }).toEqual({ problems: [], notices: [] })
})
