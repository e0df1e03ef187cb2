/** Cross-origin requests of browsers, for the origins that the settings name; never with credentials, never on archives. */
import type { Config } from '../config/settings.ts'
import type { Http } from './http.ts'

const preflightSeconds = 600
const allowedHeaders = 'authorization, content-type, x-request-id'
const exposedHeaders = 'x-terraform-get, x-request-id, x-cadastre-stale, etag, retry-after'

/** @param paths prefixes below which a preflight is answered, e.g. `/api/v1` */
export function answerCors(http: Http, config: Config, paths: string[]): void {
  const { allowed_origins, allowed_methods } = config.security.cors
  if (allowed_origins.length === 0) return
  const anyOrigin = allowed_origins.includes('*')
  const isAllowed = (origin: string | undefined) =>
    origin !== undefined && (anyOrigin || allowed_origins.includes(origin))

  http.addHook('onRequest', (request, reply, done) => {
    reply.header('vary', 'origin')
    const { origin } = request.headers
    if (isAllowed(origin)) {
      // On the raw answer, since prepared documents go round the framework.
      reply.raw.setHeader('access-control-allow-origin', anyOrigin ? '*' : origin!)
      reply.raw.setHeader('access-control-expose-headers', exposedHeaders)
    }
    done()
  })

  for (const path of paths) {
    http.options(`${path}/*`, (request, reply) => {
      if (isAllowed(request.headers.origin)) {
        reply
          .header('access-control-allow-methods', allowed_methods.join(', '))
          .header('access-control-allow-headers', allowedHeaders)
          .header('access-control-max-age', preflightSeconds)
      }
      return reply.code(204).send()
    })
  }
}
