/** Who sets the database up, and under which names: flags first, then the variables of libpq (PGHOST …), then the settings. */
import { parseUrl } from '@cadastre/contract/parse-url'
import pg from 'pg'
import type { Settings } from '../../foundation/config/load.ts'
import { type Environment, environmentIn } from '../../foundation/config/sources.ts'
import { connectionRefusal } from '../../foundation/database/errors.ts'
import { type Address, addressIn, applicationAddress, loginFor, type SslMode } from '../../foundation/database/login.ts'
import { refuseOldPostgres } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'

export type AdministratorOptions = {
  adminUrl?: string
  host?: string
  port?: number
  user?: string
  passwordEnv?: string
  sslMode?: SslMode
  sslRootCert?: string
}

/** All of it for a command that runs in this folder. `place` is the database in question, as the administrator signs in to it. */
export function administration(options: AdministratorOptions & NameOptions, settings: Settings) {
  const { env } = environmentIn(process.cwd(), process.env)
  const administrator = administratorAddress(options, settings, env)
  const names = namesFor(options, settings, env, administrator)
  return { env, administrator, names, place: { ...administrator, name: names.database } }
}

/** The administrator's way in, to the server's own database `postgres` unless another is named. */
function administratorAddress(options: AdministratorOptions, settings: Settings, env: Environment): Address {
  const { database } = settings.config
  if (options.adminUrl !== undefined) return addressFromUrl(options.adminUrl, settings)
  const known = applicationAddress(settings.config)
  const host = options.host ?? set(env.PGHOST)
  const user = options.user ?? set(env.PGUSER)
  const port = options.port ?? (Number(env.PGPORT) || undefined)
  const sameServer = host === undefined || host === known?.host
  return {
    host: host ?? known?.host ?? 'localhost',
    port: port ?? (sameServer ? (known?.port ?? database.port) : 5432),
    name: set(env.PGDATABASE) ?? 'postgres',
    user: user ?? (known ? known.user : 'postgres'),
    password: passwordFrom(options, env) ?? (user === undefined && sameServer ? known?.password : undefined),
    sslMode: options.sslMode ?? sslModeFrom(env) ?? known?.sslMode ?? database.ssl_mode,
    sslRootCert: options.sslRootCert ?? set(env.PGSSLROOTCERT) ?? known?.sslRootCert ?? database.ssl_root_cert,
  }
}

function addressFromUrl(url: string, { config: { database } }: Settings): Address {
  if (!parseUrl(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw wrongFlag('--admin-url is no PostgreSQL address. Write it like postgresql://postgres:password@host:5432.')
  }
  return addressIn(url, { ...database, port: 5432, name: 'postgres', user: 'postgres' })
}

function passwordFrom({ passwordEnv }: AdministratorOptions, env: Environment): string | undefined {
  if (passwordEnv === undefined) return set(env.PGPASSWORD)
  const password = set(env[passwordEnv])
  if (password === undefined) throw wrongFlag(`--password-env names ${passwordEnv}, and that variable is not set.`)
  return password
}

function sslModeFrom({ PGSSLMODE: mode }: Environment): SslMode | undefined {
  return mode === 'allow' ? 'prefer' : (set(mode) as SslMode | undefined)
}

const set = (text: string | undefined) => (text === '' ? undefined : text)

const wrongFlag = (sentence: string) => new Refusal('invalid', 'flag-invalid', sentence)

export type Names = { database: string; owner: string; application: string }

export type NameOptions = { database?: string; owner?: string; role?: string }

/** The catalogue that came before called its database and user otherwise; whoever uses its variables keeps those names. */
const usualNames = {
  registry: { database: 'terraform_registry', application: 'registry' },
  catalogue: { database: 'opentofu', application: 'opentofu_user' },
}

export const catalogueVariable = /^TOFU_REGISTRY_DB_/

function namesFor(options: NameOptions, settings: Settings, env: Environment, administrator: Address): Names {
  const { config, sources } = settings
  const known = applicationAddress(config)
  const named = (key: string) => sources.has('database.url') || sources.has(`database.${key}`)
  const usesCatalogueNames = Object.entries(env).some(([name, value]) => catalogueVariable.test(name) && value)
  const usual = usesCatalogueNames ? usualNames.catalogue : usualNames.registry
  const database = options.database ?? (named('name') ? (known ?? config.database).name : usual.database)
  // Before the application has its own role, the settings may hold the administrator's.
  const { user } = known ?? config.database
  const application = named('user') && user !== administrator.user ? user : usual.application
  const names = { database, owner: options.owner ?? `${database}_owner`, application: options.role ?? application }
  for (const name of Object.values(names)) checkName(name)
  return names
}

/** PostgreSQL would cut a longer name short, and then not find it. */
function checkName(name: string): void {
  if (name !== '' && Buffer.byteLength(name) <= 63 && !name.includes('\0')) return
  throw new Refusal('invalid', 'name-invalid', `"${name}" is no name for PostgreSQL: it needs 1 to 63 bytes.`)
}

export type Administrator = { client: pg.Client; superuser: boolean; user: string; server: { number: number } }

/** One connection to one database of the server, for as long as `work` takes; what it refuses is told by its cause. */
export async function asAdministrator<T>(address: Address, work: (admin: Administrator) => Promise<T>): Promise<T> {
  let client: pg.Client | undefined
  try {
    client = new pg.Client({ ...(await loginFor(address)), connectionTimeoutMillis: 10_000 })
    // Whatever is asked next fails with it.
    client.on('error', () => {})
    await client.connect()
    return await work({ client, ...(await aboutServer(client)) })
  } catch (error) {
    throw refusalOf(error, address)
  } finally {
    await client?.end().catch(() => {})
  }
}

async function aboutServer(client: pg.Client) {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as number,
    current_setting('server_version') as name`)
  refuseOldPostgres(rows[0])
  const me = await client.query(`select current_user as "user", rolsuper as superuser from pg_roles
    where rolname = current_user`)
  return { server: { number: rows[0].number as number }, ...(me.rows[0] as { user: string; superuser: boolean }) }
}

function refusalOf(error: unknown, address: Address): unknown {
  const named = connectionRefusal(error, address)
  if (named instanceof Refusal || !(named instanceof pg.DatabaseError)) return named
  return new Refusal('invalid', 'database-refused', `PostgreSQL refused: ${named.message}`, named.hint)
}

/** As the owner role, without its password: an administrator steps into it. */
export async function loginAsOwner(address: Address, owner: string): Promise<pg.ClientConfig> {
  const login = await loginFor(address)
  // A blank or a backslash would end the value.
  return owner === address.user ? login : { ...login, options: `-c role=${owner.replaceAll(/[\\\s]/g, '\\$&')}` }
}

/** Lets an administrator who is no superuser step into a role, as making a database for it demands. */
export async function stepInto({ client, superuser, user, server }: Administrator, role: string): Promise<void> {
  if (superuser || role === user) return
  // From 16 on, being a member and being allowed to step in are two things.
  const right = server.number >= 160_000 ? 'set' : 'member'
  const { rows } = await client.query('select pg_has_role($1, $2) as may', [role, right])
  if (!rows[0].may) await client.query(`grant ${pg.escapeIdentifier(role)} to current_user`)
}
