/** The embedded PostgreSQL: the real server as a child process, one owner per folder, with the same two roles as in production. */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '../refusal.ts'
import { copyPlaces, findBinaries } from './embedded-binaries.ts'
import { type DatabaseLogin, loginOf, makeData, makeRoles, roles } from './embedded-cluster.ts'
import { findHome } from './embedded-folder.ts'
import { stopLeftover } from './embedded-leftover.ts'
import { type Listening, listenOnLoopback, listenOnSocket } from './embedded-listening.ts'
import { takeLock } from './embedded-lock.ts'
import { type Cluster, type PostgresProcess, runPostgres } from './embedded-process.ts'
import { serverUser } from './embedded-user.ts'

export type { DatabaseLogin } from './embedded-cluster.ts'

export type EmbeddedPostgres = {
  /** Owns the database and runs the migrations; not a superuser. */
  owner: DatabaseLogin
  /** Makes no tables; what it may do is granted by the migrations. */
  application: DatabaseLogin
  /** For export, import and tests. */
  superuser: DatabaseLogin
  /** Where the data lies: in data_dir, or outside of it when PostgreSQL's user cannot enter that. */
  folder: string
  /** Resolves with PostgreSQL's last log lines when it ends without `stop()`. */
  died: Promise<string>
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  dataDir: string
  /** Runs PostgreSQL when we are root. */
  user?: string
  port?: number
  /** Windows listens on loopback, others on a unix socket. */
  transport?: 'socket' | 'loopback'
  /** How many of them the registry may hold (`database.max_connections`); as many again are left for others. */
  connections?: number
  log?: (message: string) => void
}

const defaultTransport = process.platform === 'win32' ? 'loopback' : 'socket'

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, user: userName = 'nobody', port, transport = defaultTransport } = options
  const { connections = 25, log = () => undefined } = options
  const user = await serverUser(userName)
  const home = await findHome({ dataDir, user, log })
  const binaries = await findBinaries(user, copyPlaces(dataDir))
  const cluster: Cluster = { binaries, user, home, data: join(home.folder, 'data') }
  const lock = await takeLock(home.folder)
  try {
    const listening = await (transport === 'socket'
      ? listenOnSocket(home.folder, user, port)
      : listenOnLoopback(home.folder, port))
    await makeData(cluster, listening)
    const postgres = await takeOver(cluster, listening, settings(cluster, connections))
    await makeRoles(cluster, listening).catch((error) => postgres.stop().then(() => Promise.reject(error)))
    return {
      owner: loginOf(roles.owner, listening),
      application: loginOf(roles.application, listening),
      superuser: loginOf(roles.superuser, listening),
      folder: home.folder,
      died: postgres.died,
      stop: () => postgres.stop().finally(() => lock.release()),
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/**
 * How to sign in, as the application, to the one that another process runs on this folder.
 * @returns undefined where it listens on a port that only that process knows
 */
export async function runningEmbeddedLogin({
  dataDir,
  user: userName = 'nobody',
  transport = defaultTransport,
  log = () => undefined,
}: EmbeddedOptions): Promise<DatabaseLogin | undefined> {
  if (transport !== 'socket') return undefined
  const user = await serverUser(userName)
  const home = await findHome({ dataDir, user, log })
  return loginOf(roles.application, await listenOnSocket(home.folder, user))
}

const attempts = 50

/** What a dead server left behind may hold the folder for a moment longer: a PostgreSQL, or only its last children. */
async function takeOver(cluster: Cluster, listening: Listening, own: Record<string, string>): Promise<PostgresProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const environment = await stopLeftover(cluster)
    try {
      return await runPostgres(cluster, { ...own, ...listening.settings }, environment)
    } catch (error) {
      if (attempt === attempts || !(error instanceof Refusal) || !stillHeld.test(error.message)) throw error
      await setTimeout(100)
    }
  }
}

const stillHeld = /lock file "postmaster.pid" already exists|pre-existing shared memory block/

/** fsync, full_page_writes and synchronous_commit stay on, as PostgreSQL has them. The log is a wheel of seven days. */
const settings = ({ home }: Cluster, connections: number) => ({
  shared_buffers: '128MB',
  max_connections: String(2 * Math.max(connections, 25)),
  cluster_name: 'cadastre',
  logging_collector: 'on',
  log_directory: home.log,
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
})
