/**
 * A real registry for a test file: its own copy of the migrated database, storage in a temporary folder, HTTP on a free
 * loopback port, the application role. `another()` starts a second server process on the same database and storage.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Role } from '@cadastre/contract/roles'
import type { Scope } from '@cadastre/contract/scopes'
import pg from 'pg'
import pino from 'pino'
import type { Visibility } from '../src/access/permit.ts'
import { makeKey, prepareFirstUse } from '../src/commands/first-keys.ts'
import type { App } from '../src/foundation/app.ts'
import { loadSettings } from '../src/foundation/config/load.ts'
import type { Environment } from '../src/foundation/config/sources.ts'
import { announce } from '../src/foundation/database/changes.ts'
import { transaction } from '../src/foundation/database/database.ts'
import { createWorkers, type Workers } from '../src/foundation/workers.ts'
import { startRegistry as start } from '../src/main.ts'
import { type Client, clientOf, expectStatus } from './client.ts'
import { copyOfTemplate, type TestDatabase } from './database.ts'
import { type OtherProcess, startProcess } from './other-process.ts'

export type TestRegistry = {
  app: App
  url: string
  /** what the server answers, each as `GET /v1/modules/:namespace` */
  routes: readonly string[]
  /** the token of a platform administrator */
  adminToken: string
  admin: Client
  anonymous: Client
  as(token: string): Client
  given: {
    /** a namespace of the default organization, unless another is named; public unless said otherwise */
    namespace(name: string, visibility?: Visibility, organization?: string): Promise<void>
    /** needs `TFR_MULTI_TENANCY_ENABLED` */
    organization(name: string): Promise<void>
    /** @param options.roles organization null: on the platform @returns with the token of a key that may all that they may */
    user(options: { email: string; roles?: { organization: string | null; role: Role }[] }): Promise<GivenUser>
    /** @returns the token of a new key of the default organization */
    key(
      scopes: Scope[],
      options?: { namespaces?: string[]; organization?: string | null; expiresAt?: string; owner?: string },
    ): Promise<string>
    /** as above, with the id under which it can be revoked */
    revocableKey(scopes: Scope[]): Promise<{ id: string; token: string }>
  }
  /** Facts of the audit trail, oldest first: of what was done, or of what was refused. */
  facts(
    outcome?: 'done' | 'refused',
  ): Promise<{ kind: string; subject: string; caller_name: string; details: unknown }[]>
  /** Every file below the storage folder and the uploads folder. */
  storedFiles(): Promise<string[]>
  /** As the owner of the database. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  sql<Row = any>(text: string, values?: unknown[]): Promise<Row[]>
  /**
   * Does `work` while another transaction holds what the statement locks, and commits once so many wait for it.
   * @param options.waiting one, unless given @param options.meanwhile what is done before it commits
   */
  whileHeld<Result>(
    statement: string,
    work: () => Promise<Result>,
    options?: { waiting?: number; meanwhile?: () => Promise<unknown> },
  ): Promise<Result>
  /** @param env settings that differ from those of the first */
  another(env?: Environment): Promise<OtherProcess>
  stop(): Promise<void>
}

export type GivenUser = { id: string; email: string; token: string }

export type TestOptions = {
  env?: Environment
  clock?: () => number
  /** instead of a copy of the template */
  database?: TestDatabase
}

const log = Object.assign(pino({ enabled: false }), { flushNow: () => {} })

/** Their threads read sources for half a second before the first task, so all registries of a process share them, and none ends them. */
const workers: Workers = { ...createWorkers({ log }), close: async () => {} }

/** @param options.env settings as an operator would set them, `TFR_…` */
export async function startRegistry({ env = {}, clock, database: given }: TestOptions = {}): Promise<TestRegistry> {
  const database = given ?? (await copyOfTemplate())
  const folder = await mkdtemp(join(tmpdir(), 'cadastre-registry-'))
  const { host, port, user, password, database: name } = database.application as Required<pg.ClientConfig>
  const environment: Environment = {
    TFR_DATA_DIR: folder,
    TFR_SERVER_PORT: '0',
    TFR_DATABASE_HOST: host,
    TFR_DATABASE_PORT: String(port),
    TFR_DATABASE_NAME: name,
    TFR_DATABASE_USER: user,
    TFR_DATABASE_PASSWORD: typeof password === 'string' ? password : undefined,
    TFR_DATABASE_SSL_MODE: 'disable',
    TFR_TELEMETRY_METRICS_ENABLED: 'false',
    TFR_SECURITY_RATE_LIMITING_ENABLED: 'false',
    TFR_LOGGING_LEVEL: 'error',
    ...env,
  }
  const { config } = loadSettings({ cwd: folder, env: environment })
  const registry = await start({
    config,
    log,
    workers,
    host: '127.0.0.1',
    metricsPortRequired: false,
    clock,
    prepare: prepareFirstUse,
  })
  const { app, address } = registry
  const { token: adminToken } = await makeKey(app, 'test admin', ['admin'])
  const owner = new pg.Pool({ ...database.owner, max: 2 })
  owner.on('error', () => {})
  const others: OtherProcess[] = []
  const url = address + new URL(config.server.base_url).pathname.replace(/\/+$/, '')
  const admin = clientOf(url, adminToken)

  async function givenKey(
    scopes: Scope[],
    options: { namespaces?: string[]; organization?: string | null; expiresAt?: string; owner?: string } = {},
  ): Promise<{ id: string; token: string }> {
    const body = { name: `test ${scopes.join(' ')}`, scopes, ...options }
    const { token, apiKey } = expectStatus(await admin.send('POST', '/api/v1/api-keys', body), 201).json
    return { id: apiKey.id, token }
  }

  async function waitingFor(pid: number): Promise<number> {
    const { rows } = await owner.query('select from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [pid])
    return rows.length
  }

  return {
    app,
    url,
    routes: registry.routes,
    adminToken,
    admin,
    anonymous: clientOf(url),
    as: (token) => clientOf(url, token),
    given: {
      async namespace(name, visibility = 'public', organization = undefined) {
        expectStatus(await admin.send('POST', '/api/v1/namespaces', { name, visibility, organization }), 201)
      },
      async organization(name) {
        expectStatus(await admin.send('POST', '/api/v1/organizations', { name }), 201)
      },
      async user({ email, roles = [] }) {
        const { id } = expectStatus(await admin.send('POST', '/api/v1/users', { email }), 201).json
        for (const place of new Set(roles.map(({ organization }) => organization))) {
          const path = place === null ? '/api/v1/platform' : `/api/v1/organizations/${place}`
          const held = roles.filter(({ organization }) => organization === place).map(({ role }) => role)
          expectStatus(await admin.send('PUT', `${path}/members/${id}`, { roles: held }), 200)
        }
        return { id, email, token: (await givenKey(['admin'], { organization: null, owner: email })).token }
      },
      key: async (scopes, options) => (await givenKey(scopes, options)).token,
      revocableKey: givenKey,
    },
    facts: async (outcome = 'done') =>
      (
        await owner.query('select kind, subject, caller_name, details from audit_logs where outcome = $1 order by id', [
          outcome,
        ])
      ).rows,
    storedFiles: async () => [
      ...(await filesBelow(join(folder, 'storage'))),
      ...(await filesBelow(join(folder, 'uploads'))),
    ],
    sql: async (text, values) => (await owner.query(text, values as unknown[])).rows,
    async whileHeld(statement, work, { waiting = 1, meanwhile } = {}) {
      const holder = new pg.Client(database.owner)
      await holder.connect()
      try {
        await holder.query(`begin; ${statement}`)
        const holding = (await holder.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid
        const working = work()
        // Whoever awaits it hears of its failure; until then it is nobody's.
        working.catch(() => {})
        while ((await waitingFor(holding)) < waiting) await pause(5)
        await meanwhile?.()
        await holder.query('commit')
        return await working
      } finally {
        await holder.end()
      }
    },
    async another(env = {}) {
      const other = await startProcess({ ...environment, ...env }, folder)
      others.push(other)
      return other
    },
    async stop() {
      for (const other of others) await other.stop()
      await registry.stop()
      await owner.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A clock that stands: links are signed anew every five minutes, and those that a test compares are to be of the same. */
export function standingClock(): () => number {
  const now = Date.now()
  return () => now
}

/** What was changed before is told once more by PostgreSQL, in order, and drops what is in memory by then. */
export async function allNewsHeard({ app }: TestRegistry): Promise<void> {
  const last = `test:${Math.random()}`
  const heard = new Promise<void>((resolve) => app.changes.onChange((topic) => topic === last && resolve()))
  await transaction(app.db, (tx) => announce(tx, last))
  await heard
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
