/** Starts a registry: database, schema, storage, HTTP; and stops it again without losing what it promised. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { buildHttp } from './app.ts'
import type { App } from './foundation/app.ts'
import type { Config } from './foundation/config/settings.ts'
import { listenForChanges } from './foundation/database/changes.ts'
import { createDatabase, type Database } from './foundation/database/database.ts'
import { openDatabase } from './foundation/database/open.ts'
import { ownConnection } from './foundation/database/own-connection.ts'
import { openEgress } from './foundation/egress.ts'
import { encryptionKey, keysFrom } from './foundation/encryption-key.ts'
import { trackConnections } from './foundation/http/drain.ts'
import { uploadSlots } from './foundation/http/upload-slots.ts'
import { createJobs } from './foundation/jobs.ts'
import type { Log } from './foundation/log.ts'
import { createMetrics, serveMetrics } from './foundation/metrics.ts'
import { urlSigner } from './foundation/signed-url.ts'
import { openStorages } from './foundation/storage/open.ts'
import { createWorkers, type Workers } from './foundation/workers.ts'

export type Registry = {
  app: App
  /** where it listens, e.g. `http://127.0.0.1:8080` */
  address: string
  /** what it answers, each as `GET /v1/modules/:namespace` */
  routes: readonly string[]
  /** Stops accepting, finishes requests, writes what was counted, stops the database. */
  stop(): Promise<void>
  /** Resolves with the reason when the registry cannot go on, such as an embedded database that died. */
  failed: Promise<string>
}

export type StartOptions = {
  config: Config
  log: Log
  host: string
  metricsPortRequired: boolean
  /** Nothing of it stays when it stops; false unless given. */
  isPassing?: boolean
  clock?: () => number
  /** Of several registries in one process; unless given it has its own. */
  workers?: Workers
  /** Runs when everything is open and nobody is served yet: first keys, seeding. */
  prepare?(app: App): Promise<void>
}

const flushEveryMs = 1_000
const finishRequestsMs = 25_000
const hearChangesMs = 5_000

export async function startRegistry(options: StartOptions): Promise<Registry> {
  const { config, log } = options
  await mkdir(config.data_dir, { recursive: true, mode: 0o700 })
  const opened = await openDatabase(config, log)
  const undo: (() => Promise<unknown>)[] = [() => opened.stop()]
  try {
    const database = createDatabase(opened.application, { maxConnections: config.database.max_connections, log })
    undo.unshift(() => database.close())
    let stopping = false
    const app = await openApp(options, database, opened.application, () => stopping)
    undo.unshift(
      () => app.changes.close(),
      () => app.workers.close(),
      () => app.egress.close(),
    )
    const { http, flush } = await buildHttp(app)
    const connections = trackConnections(http.server)
    await options.prepare?.(app)
    const flushing = setInterval(
      () => flush().catch((error) => log.warn({ error: error.message }, 'counts could not be written yet')),
      flushEveryMs,
    )
    undo.unshift(async () => clearInterval(flushing))
    // Until then every answer would say that PostgreSQL is out of reach, and what is in memory by then would be forgotten.
    await app.changes.heard(hearChangesMs)
    const address = await http.listen({ host: options.host, port: config.server.port })
    undo.unshift(() => http.close())
    const metricsServer =
      config.telemetry.enabled && config.telemetry.metrics.enabled
        ? await serveMetrics(app.metrics, {
            host: options.host,
            port: config.telemetry.metrics.prometheus_port,
            required: options.metricsPortRequired,
            log,
          })
        : undefined
    app.jobs.start().catch((error: Error) => log.error({ error: error.message }, 'the job queue could not be started'))

    async function stop() {
      stopping = true
      clearInterval(flushing)
      metricsServer?.close()
      metricsServer?.closeAllConnections()
      const closed = http.close()
      connections.drain(finishRequestsMs)
      await closed
      await app.jobs.stop(5_000)
      await flush().catch((error) => log.error({ error: error.message }, 'counted downloads could not be written'))
      await app.workers.close()
      await app.egress.close()
      await app.changes.close()
      await database.close()
      await opened.stop()
      log.info('stopped')
    }
    return { app, address, routes: http.routes(), stop, failed: opened.failed }
  } catch (error) {
    for (const step of undo) await step().catch(() => {})
    throw error
  }
}

async function openApp(
  { config, log, isPassing = false, clock = Date.now, workers = createWorkers({ log }) }: StartOptions,
  { db, pool }: Database,
  login: ClientConfig,
  stopping: () => boolean,
): Promise<App> {
  const uploads = join(config.data_dir, 'uploads')
  await mkdir(uploads, { recursive: true, mode: 0o700 })
  const derivedKey = keysFrom(await encryptionKey(config, db))
  const storages = await openStorages(config.storage)
  const metrics = createMetrics(config.telemetry.service_name)
  const changes = listenForChanges(login, log)
  metrics.gauge(
    'cadastre_database_stale_seconds',
    'How long PostgreSQL has been out of reach; 0 when it is well.',
    () => changes.staleForMs() / 1000,
  )
  metrics.gauge('cadastre_database_pool_connections', 'Open database connections.', () => pool.totalCount)
  metrics.gauge(
    'cadastre_database_pool_waiting',
    'Requests that wait for a database connection.',
    () => pool.waitingCount,
  )
  return {
    config,
    db,
    ownConnection: (purpose) => ownConnection(login, purpose),
    changes,
    storages,
    uploads,
    uploadSlots: uploadSlots(),
    jobs: createJobs(pool, log),
    workers,
    signer: urlSigner(derivedKey('signed archive addresses'), clock),
    derivedKey,
    egress: openEgress(config.security.egress.allowlist),
    metrics,
    log,
    isPassing,
    stopping,
    clock,
  }
}
