/** What settings must be together, and which of them ask for something that this version does not bring yet. */
import { accessSync, constants } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { parseUrl } from '@cadastre/contract/parse-url'
import { isConfigured } from '../storage/configured.ts'
import { checkIssuers } from './issuer-checks.ts'
import type { Config } from './settings.ts'
import { leaves, type Problem } from './sources.ts'

const minSecretLength = 32
const shortestRetentionDays = 30
/** In an address, as libpq has them; `allow` is read as `prefer`. */
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

export function checkTogether(
  config: Config,
  sources: Map<string, string>,
): { problems: Problem[]; notices: string[] } {
  const problems: Problem[] = []
  const notices: string[] = []
  const say = (key: string, says: string, fix?: string) =>
    problems.push({ key, source: sources.get(key) ?? 'default', says, fix })

  checkAddresses(config, say)
  checkSecrets(config, say)
  checkTls(config, say)
  checkDatabase(config, sources, say)
  checkStorage(config, say)
  checkHostnames(config, say)
  checkOrganization(config, say)
  checkIssuers(config, say)
  checkRegistries(config, say)
  checkRetention(config, say)
  refuseWhatIsNotThere(config, say)
  for (const provider of ['oidc', 'azure_ad'] as const) {
    const filledIn = leaves.some(
      (leaf) => leaf.key.startsWith(`auth.${provider}.`) && sources.has(leaf.key) && leaf.written === undefined,
    )
    if (filledIn && !config.auth[provider].enabled) {
      notices.push(`auth.${provider} is filled in and not used: auth.${provider}.enabled is false.`)
    }
  }
  return { problems, notices }
}

export type Say = (key: string, says: string, fix?: string) => void

function checkAddresses({ server, security }: Config, say: Say): void {
  const base = parseUrl(server.base_url)
  if (!base || !/^https?:$/.test(base.protocol)) {
    say('server.base_url', 'This is no http or https address.', 'Write it like https://registry.example.com.')
  } else if (base.username || base.search || base.hash) {
    say('server.base_url', 'The address may have a path, and nothing behind or before it.', 'Leave out user, ? and #.')
  }
  for (const proxy of server.trusted_proxies) {
    if (!isNetwork(proxy))
      say('server.trusted_proxies', `${proxy} is neither an address nor a CIDR block.`, 'Write it like 10.0.0.0/8.')
  }
  for (const entry of security.egress.allowlist) {
    if (isNetwork(entry) || /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(entry)) continue
    say(
      'security.egress.allowlist',
      `${entry} is no host, address or CIDR block.`,
      'Write it like vault.internal.example, or 10.1.0.0/16.',
    )
  }
  for (const origin of security.cors.allowed_origins) {
    if (origin === '*' || parseUrl(origin)?.origin === origin) continue
    say(
      'security.cors.allowed_origins',
      `${origin} is no origin.`,
      'Write it like https://portal.example.com, without a path.',
    )
  }
}

function checkRegistries({ upstream }: Config, say: Say): void {
  for (const { hostname, address } of upstream.registries) {
    const url = parseUrl(address)
    if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '') continue
    say(
      'upstream.registries',
      `${address} is no address where ${hostname} could be asked.`,
      'Write it like https://registry.example.com.',
    )
  }
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (prefix === undefined) return true
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 6 ? 'ipv6' : 'ipv4')
    return /^\d+$/.test(prefix)
  } catch {
    return false
  }
}

function checkRetention({ audit }: Config, say: Say): void {
  if (audit.retention_days === 0 || audit.retention_days >= shortestRetentionDays) return
  say(
    'audit.retention_days',
    'The database keeps what is younger than 30 days, whatever it is told.',
    'Set it to 30 or more, or to 0 to keep everything.',
  )
}

function checkSecrets({ auth, security }: Config, say: Say): void {
  const short = `At least ${minSecretLength} characters are needed.`
  if (auth.bootstrap_token !== undefined && !/^\S{32,}$/.test(auth.bootstrap_token)) {
    say(
      'auth.bootstrap_token',
      `The token is too short or has blanks in it. ${short}`,
      'Make one with: openssl rand -hex 32',
    )
  }
  if (security.encryption_key !== undefined && security.encryption_key.length < minSecretLength) {
    say('security.encryption_key', `The key is too short. ${short}`, 'Make one with: openssl rand -hex 32')
  }
  if (!/^[a-z0-9]{0,16}_?$/.test(auth.api_keys.prefix)) {
    say('auth.api_keys.prefix', 'A prefix is up to 16 lower-case letters and digits, and may end in _.')
  }
}

function checkTls({ security: { tls } }: Config, say: Say): void {
  if (!tls.enabled) return
  for (const name of ['cert_file', 'key_file'] as const) {
    const path = tls[name]
    if (path === undefined) say(`security.tls.${name}`, 'TLS is switched on, and this is missing.', 'Name a PEM file.')
    else if (!isReadable(path)) say(`security.tls.${name}`, `The file ${path} cannot be read.`)
  }
}

function checkDatabase({ database }: Config, sources: Map<string, string>, say: Say): void {
  for (const key of ['url', 'migration_url'] as const) {
    const url = database[key]
    if (url !== undefined && !(parseUrl(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) {
      say(
        `database.${key}`,
        'This is no PostgreSQL address.',
        'Write it like postgresql://user:password@host:5432/name.',
      )
    } else if (url !== undefined && !isDecodable(url)) {
      say(`database.${key}`, 'A % in this address begins no escape.', 'Write % in a user or password as %25.')
    } else if (url !== undefined) {
      const mode = new URL(url).searchParams.get('sslmode')
      if (mode !== null && !sslModes.includes(mode)) {
        say(`database.${key}`, `${mode} is no sslmode.`, `Use one of ${sslModes.join(', ')}.`)
      }
    }
  }
  if (database.ssl_root_cert !== undefined && !isReadable(database.ssl_root_cert)) {
    say('database.ssl_root_cert', `The file ${database.ssl_root_cert} cannot be read.`)
  }
  if (database.url !== undefined && database.host !== undefined) {
    say(
      'database.url',
      `The database is named twice, here and in database.host (${sources.get('database.host')}).`,
      'Leave one of the two out.',
    )
  }
  if (database.url === undefined && database.host === undefined && database.migration_url !== undefined) {
    say(
      'database.migration_url',
      'The embedded PostgreSQL has an owner role of its own.',
      'Set database.url too, or leave this out.',
    )
  }
}

/** Of a backend that is filled in, or where new archives go: what it cannot do without. */
function checkStorage({ storage }: Config, say: Say): void {
  const { s3, azure, gcs, default_backend: chosen } = storage
  const needs = (backend: string, key: string, value: unknown, fix: string) => {
    if (value === undefined) say(`storage.${backend}.${key}`, `Storage in ${backend} needs this.`, fix)
  }
  if (chosen === 's3' || isConfigured('s3', storage)) {
    needs('s3', 'bucket', s3.bucket, 'Name the bucket.')
    if ((s3.access_key_id === undefined) !== (s3.secret_access_key === undefined) || s3.auth_method === 'static') {
      needs('s3', 'access_key_id', s3.access_key_id, 'Give key and secret, or neither.')
      needs('s3', 'secret_access_key', s3.secret_access_key, 'Give key and secret, or neither.')
    }
    if (s3.auth_method === 'assume_role') needs('s3', 'role_arn', s3.role_arn, 'Name the role.')
  }
  if (chosen === 'azure' || isConfigured('azure', storage)) {
    needs('azure', 'account_name', azure.account_name, 'Name the storage account.')
    needs('azure', 'container_name', azure.container_name, 'Name the container.')
    if (azure.auth_method === 'account_key')
      needs('azure', 'account_key', azure.account_key, 'Give the key of the account, or choose another auth_method.')
    if (azure.auth_method === 'sas') needs('azure', 'sas_token', azure.sas_token, 'Give the token.')
  }
  if (chosen === 'gcs' || isConfigured('gcs', storage)) {
    needs('gcs', 'bucket', gcs.bucket, 'Name the bucket.')
    if (gcs.auth_method === 'key_file') needs('gcs', 'credentials_file', gcs.credentials_file, 'Name the file.')
    if (gcs.credentials_file !== undefined && !isReadable(gcs.credentials_file))
      say('storage.gcs.credentials_file', `The file ${gcs.credentials_file} cannot be read.`)
  }
  for (const [key, url] of [
    ['s3.endpoint', s3.endpoint],
    ['azure.endpoint', azure.endpoint],
    ['azure.cdn_url', azure.cdn_url],
    ['gcs.endpoint', gcs.endpoint],
  ] as const) {
    if (url !== undefined && !(parseUrl(url) && /^https?:$/.test(new URL(url).protocol)))
      say(`storage.${key}`, 'This is no http or https address.', 'Write it like https://storage.example.com.')
  }
  for (const [backend, { prefix }] of [
    ['s3', s3],
    ['azure', azure],
    ['gcs', gcs],
  ] as const) {
    if (prefix !== undefined && !/^([a-z0-9][a-z0-9._-]*\/)+$/.test(prefix))
      say(
        `storage.${backend}.prefix`,
        'A prefix is made of lower-case names and ends in /.',
        'Write it like cadastre/.',
      )
  }
}

function checkHostnames({ server }: Config, say: Say): void {
  for (const name of server.hostnames) {
    if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name))
      say(
        'server.hostnames',
        `${name} is no lower-case host name without a port.`,
        'Write it like registry.example.com.',
      )
  }
}

/** As it is written in addresses; platform means all organizations. */
function checkOrganization({ multi_tenancy: { default_organization: name } }: Config, say: Say): void {
  if (/^[^A-Z\s/]{1,63}$/.test(name) && name !== 'platform') return
  say(
    'multi_tenancy.default_organization',
    `${name} is no name for an organization.`,
    'Use lower-case letters, digits and -; platform means all organizations.',
  )
}

/** A setting that did nothing would be worse than a refusal. */
function refuseWhatIsNotThere(config: Config, say: Say): void {
  const { server, storage, telemetry } = config
  const later = (key: string, what: string, fix: string) => say(key, `${what} not part of this version.`, fix)
  if (server.workers > 1) {
    later(
      'server.workers',
      'Several processes under one roof are',
      'Start several servers on one PostgreSQL, or set it to 1.',
    )
  }
  if (!storage.local.serve_directly) {
    say(
      'storage.local.serve_directly',
      'Nobody but the registry can send what lies in its local folder.',
      'Set it to true.',
    )
  }
  if (telemetry.tracing.enabled) later('telemetry.tracing.enabled', 'Tracing is', 'Set it to false.')
  if (telemetry.profiling.enabled) later('telemetry.profiling.enabled', 'Profiling is', 'Set it to false.')
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
