/** For load balancers and people with curl: is the process alive, is it ready, what is it. */
import { sql } from 'kysely'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { version } from './version.ts'

type Check = { status: 'up' | 'down'; detail?: string }

const checkTimeoutMs = 3_000

export function health(http: Http, app: App) {
  http.get('/live', (_request, reply) => reply.send({ status: 'live' }))

  // Ready means: requests can be answered, if need be from memory. Health says what is wrong inside.
  http.get('/ready', (_request, reply) => {
    const ready = !app.stopping() && app.changes.staleForMs() <= app.config.auth.stale_rights
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not-ready' })
  })

  http.get('/health', async (_request, reply) => {
    const checks = { database: await databaseCheck(app), storage: await storageCheck(app) }
    const healthy = Object.values(checks).every((check) => check.status === 'up')
    return reply
      .code(healthy ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: healthy ? 'healthy' : 'unhealthy', time: new Date(app.clock()).toISOString(), checks })
  })

  http.get('/version', (_request, reply) =>
    reply.send({ version, api_version: 'v1', protocols: { modules: 'v1', providers: 'v1', network_mirror: 'v1' } }),
  )
}

async function databaseCheck(app: App): Promise<Check> {
  const answered = sql`select 1`.execute(app.db).then(
    (): Check => ({ status: 'up' }),
    (): Check => ({ status: 'down', detail: 'The database does not answer.' }),
  )
  return withinTime(answered, {
    status: 'down',
    detail: `The database did not answer within ${checkTimeoutMs / 1000} s.`,
  })
}

async function storageCheck(app: App): Promise<Check> {
  const answered = app.storages.current.head('health/probe').then(
    (): Check => ({ status: 'up' }),
    (): Check => ({ status: 'down', detail: 'The storage does not answer.' }),
  )
  return withinTime(answered, {
    status: 'down',
    detail: `The storage did not answer within ${checkTimeoutMs / 1000} s.`,
  })
}

function withinTime(check: Promise<Check>, otherwise: Check): Promise<Check> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), checkTimeoutMs)
  })
  return Promise.race([check, late]).finally(() => clearTimeout(timer))
}
