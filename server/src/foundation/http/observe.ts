/** Counts and logs each answered request, once, when it is over. */
import type { App } from '../app.ts'
import type { Http } from './http.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** what the metrics call this route */
    group?: string
  }
}

/** Adds the hook to every route of `http`; paths, never queries, are logged: a query may hold a signature. */
export function observeRequests(http: Http, app: App) {
  const { log, metrics } = app
  const level = log.isLevelEnabled('info')
  http.addHook('onResponse', (request, reply, done) => {
    const status = reply.raw.statusCode
    const elapsedMs = reply.elapsedTime
    metrics.answered(groupOf(request.routeOptions.url), status, elapsedMs)
    if (level) {
      const { url } = request
      const end = url.indexOf('?')
      log.info({
        requestId: request.id,
        method: request.method,
        path: end < 0 ? url : url.slice(0, end),
        status,
        ms: Math.round(elapsedMs * 100) / 100,
        caller: request.caller?.name,
      })
    }
    done()
  })
}

const groups = new Map<string, string>()

/** `/v1/modules/:namespace/:name/:system/versions` → `v1.modules.versions`: bounded by the number of routes. */
function groupOf(pattern: string | undefined): string {
  if (pattern === undefined) return 'none'
  let group = groups.get(pattern)
  if (group === undefined) {
    group =
      pattern
        .split('/')
        .filter((part) => part !== '' && !part.startsWith(':'))
        .join('.') || 'root'
    groups.set(pattern, group)
  }
  return group
}
