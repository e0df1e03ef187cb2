/** The second hook at the door of the API: whoever came without a token may come with the cookie of a session. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { cookieIn } from '../foundation/http/cookies.ts'
import type { Http } from '../foundation/http/http.ts'
import { csrfMissing, csrfTokens, type Sessions } from './sessions.ts'

/** `__Host-` keeps other hosts of the domain from setting it, and browsers take that name over https alone. */
export const sessionCookie = (app: App) =>
  app.config.server.base_url.startsWith('https:') ? '__Host-cadastre' : 'cadastre'

export function identifySessions(http: Http, app: App, sessions: Sessions): void {
  const csrf = csrfTokens(app.derivedKey)
  const name = sessionCookie(app)

  http.addHook('onRequest', async (request: FastifyRequest, _reply: FastifyReply) => {
    if (request.caller.kind !== 'anonymous') return
    const token = cookieIn(request.headers.cookie, name)
    const caller = token === undefined ? undefined : await sessions.identify(token)
    if (!caller) return
    if (changes(request.method)) refuseForged(request, csrf, caller.sessionId!)
    request.caller = caller
  })
}

const changes = (method: string) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

function refuseForged(request: FastifyRequest, csrf: ReturnType<typeof csrfTokens>, sessionId: string): void {
  const site = request.headers['sec-fetch-site']
  const given = request.headers['x-csrf-token']
  const isForeign = site !== undefined && site !== 'same-origin'
  if (isForeign || typeof given !== 'string' || !csrf.fits(sessionId, given)) throw csrfMissing()
}
