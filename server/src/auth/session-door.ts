/** The second hook at the door of the API: whoever came without a token may come with the cookie of a session. */
import type { FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import { cookieIn } from '../foundation/http/cookies.ts'
import type { Http } from '../foundation/http/http.ts'
import type { AttemptLimit } from './attempts.ts'
import { isFromOtherSite } from './other-sites.ts'
import { csrfMissing, csrfTokens, type GoodSession, type Sessions, sessionOver } from './sessions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** of the cookie that came with it; null with a token, or without either */
    session: GoodSession | null
  }
}

export const isSecure = (app: App) => app.config.server.base_url.startsWith('https:')

/** `__Host-` keeps other hosts of the domain from setting it, and browsers take that name over https alone. */
export const cookieName = (app: App, name: string) => (isSecure(app) ? `__Host-${name}` : name)
export const sessionCookie = (app: App) => cookieName(app, 'cadastre')

const tokenIn = (app: App, request: FastifyRequest) => cookieIn(request.headers.cookie, sessionCookie(app))

/** What a request came with when its cookie names a good session. */
export async function sessionOf(
  app: App,
  sessions: Sessions,
  request: FastifyRequest,
): Promise<GoodSession | undefined> {
  const token = tokenIn(app, request)
  const session = token === undefined ? 'unknown' : await sessions.identify(token)
  return typeof session === 'string' ? undefined : session
}

/** @param attempts made-up cookies count like bad keys; one whose session is over is an honest one */
export function identifySessions(
  http: Pick<Http, 'addHook' | 'decorateRequest'>,
  app: App,
  sessions: Sessions,
  attempts: AttemptLimit,
): void {
  const csrf = csrfTokens(app.derivedKey)
  http.decorateRequest('session', null)

  http.addHook('onRequest', async (request) => {
    if (request.headers.authorization !== undefined) return
    const token = tokenIn(app, request)
    if (token === undefined) return
    const waitSeconds = sessions.knows(token) ? 0 : attempts.secondsToWait(request.ip)
    if (waitSeconds > 0) throw attempts.refusal(waitSeconds)
    const session = await sessions.identify(token)
    if (session === 'unknown') attempts.failed(request.ip, sessionOver())
    if (typeof session === 'string') return
    if (isChange(request.method)) refuseForged(request, session.row.id)
    request.session = session
    request.caller = session.caller
  })
  // A body may come so slowly that the session ends meanwhile; nothing is to be done for it then.
  http.addHook('preHandler', async (request) => {
    if (request.session && isChange(request.method) && !(await sessionOf(app, sessions, request))) throw sessionOver()
  })

  function refuseForged(request: FastifyRequest, sessionId: string): void {
    const given = request.headers['x-csrf-token']
    const isForged = typeof given !== 'string' || !csrf.fits(sessionId, given)
    if (isForged || isFromOtherSite(app, request.headers)) throw csrfMissing()
  }
}

export const isChange = (method: string) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
