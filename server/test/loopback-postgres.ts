/** A PostgreSQL on loopback TCP with passwords, as servers in production are: the embedded programs with settings of their own. */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { type Binaries, findBinaries } from '../src/foundation/database/embedded-binaries.ts'
import { type Cluster, runPostgres, runToEnd } from '../src/foundation/database/embedded-process.ts'
import { giveTo } from '../src/foundation/database/embedded-user.ts'
import type { Certificates } from './certificates.ts'
import { query, temporaryFolder, testUser, until } from './embedded.ts'
import { freePort } from './free-port.ts'

export type LoopbackPostgres = {
  port: number
  superuser: pg.ClientConfig & { host: string; port: number; user: string; password: string }
  /** PGHOST … of its administrator. */
  env: Record<string, string>
  /** `pg_hba.conf` from now on. */
  letIn(lines: string[]): Promise<void>
  stop(): Promise<void>
}

const everybody = ['host all all 127.0.0.1/32 scram-sha-256', 'host all all ::1/128 scram-sha-256']
/** The administrator asks whether a change has arrived. */
const administrator = 'host postgres postgres 127.0.0.1/32 scram-sha-256'

/** Its folder goes with the other temporary folders of the test file. @param tls its certificate; without one it does not speak TLS */
export async function startLoopbackPostgres({ tls }: { tls?: Certificates } = {}): Promise<LoopbackPostgres> {
  const folder = await temporaryFolder()
  const home = { folder: join(folder, 'home'), log: join(folder, 'log') }
  const binaries = otherPrograms() ?? (await findBinaries(testUser, [join(folder, 'programs')]))
  const cluster: Cluster = { binaries, user: testUser, home, data: join(home.folder, 'data') }
  for (const each of [home.folder, home.log]) {
    await mkdir(each, { mode: 0o700 })
    await giveTo(testUser, each)
  }
  const password = randomBytes(12).toString('hex')
  const passwordFile = join(home.folder, 'password')
  await writeFile(passwordFile, password)
  await giveTo(testUser, passwordFile)
  await runToEnd(cluster, binaries.initdb, [
    ...['-D', cluster.data, '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--no-sync'],
    ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
  ])
  const port = await freePort()
  const hba = join(cluster.data, 'pg_hba.conf')
  await writeFile(hba, everybody.join('\n'))
  const postgres = await runPostgres(cluster, {
    listen_addresses: 'localhost',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    shared_buffers: '16MB',
    max_connections: '30',
    ...(tls ? { ssl: 'on', ssl_cert_file: tls.cert, ssl_key_file: tls.key } : {}),
  })
  const superuser = {
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    ssl: tls ? { rejectUnauthorized: false } : false,
  }
  return {
    port,
    superuser,
    env: {
      PGHOST: '127.0.0.1',
      PGPORT: String(port),
      PGUSER: 'postgres',
      PGPASSWORD: password,
      PGSSLMODE: tls ? 'require' : 'disable',
    },
    async letIn(lines) {
      const loaded = () => query<{ at: string }>(superuser, 'select pg_conf_load_time()::text as at')
      const [before] = await loaded()
      await writeFile(hba, [administrator, ...lines].join('\n'))
      await query(superuser, 'select pg_reload_conf()')
      await until(async () => (await loaded())[0]!.at !== before!.at)
    },
    stop: () => postgres.stop(),
  }
}

/** Of another version of PostgreSQL, such as /usr/lib/postgresql/15/bin. */
function otherPrograms(): Binaries | undefined {
  const folder = process.env.CADASTRE_TEST_POSTGRES_PROGRAMS
  if (!folder) return undefined
  const program = (name: string) => join(folder, name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version: '', major: '' }
}
