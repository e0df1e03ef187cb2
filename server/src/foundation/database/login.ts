/** From settings to a login for node-postgres, with the TLS modes as libpq means them; node-postgres reads some otherwise. */
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import type { Config } from '../config/settings.ts'
import { Refusal } from '../refusal.ts'

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
export function addressIn(
  url: string,
  {
    port,
    name,
    user,
    ssl_mode,
    ssl_root_cert,
  }: Pick<Config['database'], 'port' | 'name' | 'user' | 'ssl_mode' | 'ssl_root_cert'>,
): Address {
  const parts = new URL(url)
  const query = parts.searchParams
  // libpq's word for the authorities of the system, which only make sense together with the host's name.
  const usual = query.get('sslrootcert') === 'system'
  return {
    host: query.get('host') ?? (decodeURIComponent(parts.hostname).replace(/^\[|\]$/g, '') || 'localhost'),
    port: Number(query.get('port') ?? parts.port) || port,
    name: decodeURIComponent(parts.pathname.slice(1)) || name,
    user: decodeURIComponent(parts.username) || user,
    password: decodeURIComponent(parts.password) || undefined,
    sslMode: usual ? 'verify-full' : (sslModeIn(query.get('sslmode')) ?? ssl_mode),
    sslRootCert: usual ? undefined : (query.get('sslrootcert') ?? ssl_root_cert),
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
function tlsOptions({ host, sslMode, sslRootCert }: Address): ConnectionOptions | false {
  if (sslMode === 'disable' || host.startsWith('/')) return false
  const ca = sslRootCert === undefined ? undefined : readAuthorities(sslRootCert)
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

function readAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Refusal(
      'invalid',
      'database-tls',
      `The file with the authorities for PostgreSQL's certificate cannot be read: ${(error as Error).message}`,
      'Check database.ssl_root_cert, or sslrootcert in the address.',
    )
  }
}

/** A server that refuses us with TLS may take us without, as libpq tries too. */
async function speaksTls(login: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    return true
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    // Any other failure is for the real connection to report.
    return !/pg_hba\.conf|SSL|TLS/i.test(`${code} ${message}`)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Where, as whom and how, without the password. */
export const shownAddress = ({ host, port, name, user, sslMode }: Address) =>
  `${user}@${host.startsWith('/') ? host : `${host}:${port}`}/${name} (ssl_mode ${sslMode})`
