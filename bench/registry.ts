/** The case: the shipped bundle with the default configuration, on its own embedded PostgreSQL in a temporary data_dir. */
import type { ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { Agent, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { commandLine, cores, freePort, startOn, stop, treeOf } from './processes.ts'

export const bundle = fileURLToPath(new URL('../server/dist/commands.cjs', import.meta.url))

/** What the table's head says of the case. */
export const caseName =
  'the shipped bundle (server/dist) with the default configuration, but for rate limits that no load reaches: token, rights, rate limits, request id, metrics, JSON access log to a file, embedded PostgreSQL'

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

export type Registry = {
  pid: number
  port: number
  metricsPort: number
  dataDir: string
  adminToken: string
  /** of a key that may read modules and providers */
  token: string
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>
  /** As superuser of its embedded database. */
  sql(text: string, values?: unknown[]): Promise<pg.QueryResult>
  /** How another process reaches its embedded database. */
  socketFolder(): string
  metric(name: string): Promise<number>
  /** Ends it; the data stay. @returns the exit code */
  end(): Promise<number | null>
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

export type RequestOptions = { token?: string; body?: unknown; headers?: Record<string, string> }

export type StartOptions = { env?: Record<string, string>; dataDir?: string; core?: number | string; ca?: Buffer }

/** Answers a request with `settings` as the environment. */
export async function startRegistry({
  env = {},
  dataDir,
  core = cores.servers,
  ca,
}: StartOptions = {}): Promise<Registry> {
  const folder = dataDir ?? (await temporaryFolder('cadastre-bench-'))
  const [port, metricsPort] = [await freePort(), await freePort()]
  const child = await serve(folder, core, { ...settingsFor(folder, port, metricsPort), ...env })
  const ask = asking(port, ca)
  await untilHealthy(child, ask, folder)
  const adminToken = await readFile(join(folder, 'admin-token'), 'utf8').then(
    (text) => text.trim(),
    () => '',
  )
  let database: pg.Client | undefined
  const registry: Registry = {
    pid: child.pid!,
    port,
    metricsPort,
    dataDir: folder,
    adminToken,
    token: '',
    request: (method, path, options = {}) => ask(method, path, { token: adminToken, ...options }),
    async sql(text, values) {
      database ??= await connected(socketFolderOf(child.pid!))
      return database.query(text, values)
    },
    socketFolder: () => socketFolderOf(child.pid!),
    metric: (name) => metricOf(metricsPort, name),
    async end() {
      await database?.end()
      database = undefined
      return stop(child)
    },
    async remove() {
      await registry.end()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return registry
}

export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  // Root's PostgreSQL runs as another user, who has to enter.
  await chmod(folder, 0o755)
  return folder
}

export const settingsFor = (dataDir: string, port: number, metricsPort: number) => ({
  TFR_DATA_DIR: dataDir,
  TFR_SERVER_HOST: '127.0.0.1',
  TFR_SERVER_PORT: String(port),
  TFR_TELEMETRY_METRICS_PROMETHEUS_PORT: String(metricsPort),
  ...outOfReach,
})

// The load of a hundred fleets comes with one key here: it is to be counted, and not to be refused.
const outOfReach = Object.fromEntries(
  ['PROTOCOL', 'API_READ', 'API_WRITE'].flatMap((kind) =>
    ['REQUESTS_PER_MINUTE', 'BURST'].map((name) => [`TFR_SECURITY_RATE_LIMITING_${kind}_${name}`, '10000000']),
  ),
)

/** Starts the bundle as an operator does who sends the log to a file. */
export async function serve(cwd: string, core: number | string, env: Record<string, string>): Promise<ChildProcess> {
  const log = await open(join(cwd, 'registry.log'), 'a')
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(TFR_|TOFU_|PG)/.test(name)))
  const child = startOn(core, [...profiling(), '-e', `require(${JSON.stringify(bundle)}).run(['serve'])`], {
    cwd,
    env: { ...own, ...env },
    stdio: ['ignore', log.fd, log.fd],
  })
  await log.close()
  return child
}

// CADASTRE_BENCH_NODE_OPTIONS='--cpu-prof --cpu-prof-dir=DIR' shows where the time goes.
const profiling = () => process.env.CADASTRE_BENCH_NODE_OPTIONS?.split(' ') ?? []

async function untilHealthy(child: ChildProcess, ask: ReturnType<typeof asking>, folder: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`the registry ended:\n${await readFile(join(folder, 'registry.log'), 'utf8')}`)
    const answer = await ask('GET', '/health').catch(() => undefined)
    if (answer?.status === 200) return
    await setTimeout(20)
  }
}

function asking(port: number, ca?: Buffer) {
  const agent = ca ? undefined : new Agent({ keepAlive: true })
  return (method: string, path: string, { token, body, headers = {} }: RequestOptions = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      const sent = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(bytes ? { 'content-type': Buffer.isBuffer(body) ? 'application/gzip' : 'application/json' } : {}),
        ...headers,
      }
      const options = { host: ca ? 'localhost' : '127.0.0.1', port, path, method, headers: sent, agent, ca }
      const request = (ca ? tlsRequest : plainRequest)(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }),
        )
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(bytes)
    })
}

/** Where the PostgreSQL that this process started listens. */
function socketFolderOf(pid: number): string {
  for (const child of treeOf(pid)) {
    const setting = commandLine(child).find((argument) => argument.startsWith('unix_socket_directories='))
    if (setting) return setting.slice('unix_socket_directories='.length).replaceAll('"', '')
  }
  throw new Error('the registry runs no embedded PostgreSQL')
}

async function connected(host: string): Promise<pg.Client> {
  const client = new pg.Client({ host, user: 'cadastre', database: 'cadastre' })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function metricOf(port: number, name: string): Promise<number> {
  const { body } = await asking(port)('GET', '/metrics')
  const line = body
    .toString()
    .split('\n')
    .find((text) => text.startsWith(`${name}{`) || text.startsWith(`${name} `))
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}
