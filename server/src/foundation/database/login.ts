/** From settings to a login for node-postgres, with the TLS modes as libpq means them; node-postgres reads some otherwise. */
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import type { Config } from '../config/settings.ts'

export type SslMode = Config['database']['ssl_mode']

/** Where a database is and how to get in; `host` may be the folder of a unix socket. */
export type Address = {
  host: string
  port: number
  name: string
  user: string
  password: string | undefined
  sslMode: SslMode
  sslRootCert: string | undefined
}

/** undefined: the embedded PostgreSQL is wanted. */
export function applicationAddress({ database }: Config): Address | undefined {
  const { url, host, port, name, user, password, ssl_mode, ssl_root_cert } = database
  if (url !== undefined) return addressIn(url, database)
  return host === undefined
    ? undefined
    : { host, port, name, user, password, sslMode: ssl_mode, sslRootCert: ssl_root_cert }
}

/** The owner's, for migrations; the application's own when there is no other. */
export function ownerAddress(config: Config): Address | undefined {
  const { migration_url } = config.database
  return migration_url === undefined ? applicationAddress(config) : addressIn(migration_url, config.database)
}

/** The parts of a `postgresql://` address; what it leaves out comes from the settings. */
function addressIn(url: string, { port, name, user, ssl_mode, ssl_root_cert }: Config['database']): Address {
  const parts = new URL(url)
  const query = parts.searchParams
  return {
    host: query.get('host') ?? (decodeURIComponent(parts.hostname).replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(query.get('port') ?? parts.port) || port,
    name: decodeURIComponent(parts.pathname.slice(1)) || name,
    user: decodeURIComponent(parts.username) || user,
    password: decodeURIComponent(parts.password) || undefined,
    sslMode: sslModeIn(query.get('sslmode')) ?? ssl_mode,
    sslRootCert: query.get('sslrootcert') ?? ssl_root_cert,
  }
}

function sslModeIn(text: string | null): SslMode | undefined {
  // `allow` prefers no encryption and takes it when the server insists; `prefer` meets the same servers.
  if (text === 'allow') return 'prefer'
  return (['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const).find((mode) => mode === text)
}

/** Ready for pg; `prefer` asks the server once whether it speaks TLS. */
export async function loginFor(address: Address): Promise<pg.ClientConfig> {
  const { host, port, name: database, user, password } = address
  const login: pg.ClientConfig = { host, port, database, user, password }
  const ssl = tlsOptions(address)
  if (ssl === false || address.sslMode !== 'prefer') return { ...login, ssl }
  return (await speaksTls({ ...login, ssl })) ? { ...login, ssl } : { ...login, ssl: false }
}

/** https://www.postgresql.org/docs/current/libpq-ssl.html, table 32.1. */
export function tlsOptions({ host, sslMode, sslRootCert }: Address): ConnectionOptions | false {
  if (sslMode === 'disable' || host.startsWith('/')) return false
  const ca = sslRootCert === undefined ? undefined : readFileSync(sslRootCert, 'utf8')
  // With a root certificate at hand libpq checks the chain even for `require`.
  const checksChain =
    sslMode === 'verify-ca' || sslMode === 'verify-full' || (sslMode === 'require' && ca !== undefined)
  if (!checksChain) return { rejectUnauthorized: false }
  return {
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
    ...(sslMode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }),
  }
}

async function speaksTls(login: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    // Any other failure is for the real connection to report.
    return !/does not support SSL|no pg_hba.conf entry/i.test((error as Error).message)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Where, as whom and how, without the password. */
export const shownAddress = ({ host, port, name, user, sslMode }: Address) =>
  `${user}@${host.startsWith('/') ? host : `${host}:${port}`}/${name} (ssl_mode ${sslMode})`
