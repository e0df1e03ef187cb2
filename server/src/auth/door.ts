/** The hook at the door: every protocol and API request has a caller before anything else happens. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous, type Caller } from '../access/caller.ts'
import type { Http } from '../foundation/http/http.ts'
import type { AttemptLimit } from './attempts.ts'
import { badToken, type Callers, type KnownKey } from './callers.ts'
import type { KeyUses } from './key-uses.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

// What this connection presented last, and who that was: most clients send one token on one connection.
const lastSeen = Symbol('last token on this connection')
type Remembering = { [lastSeen]?: { header: string; key: KnownKey } }

export function identifyCallers(http: Http, callers: Callers, attempts: AttemptLimit, uses: KeyUses): void {
  http.decorateRequest('caller', null as unknown as Caller)

  http.addHook('onRequest', (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) => {
    const header = request.headers.authorization
    if (header === undefined) {
      request.caller = anonymous
      return done()
    }
    const socket = request.raw.socket as Remembering
    const memory = socket[lastSeen]
    if (memory && memory.header === header && callers.usable(memory.key)) {
      request.caller = memory.key.caller
      uses.note(memory.key.keyId)
      return done()
    }
    const token = bearerToken(header)
    const key = token && callers.known(token)
    if (key) return accept(key)
    const waitSeconds = attempts.secondsToWait(request.ip)
    if (waitSeconds > 0) return done(attempts.refusal(waitSeconds))
    if (!token) return refuse(badToken())
    callers.identify(token).then(accept, refuse)

    function accept(known: KnownKey) {
      socket[lastSeen] = { header: header!, key: known }
      request.caller = known.caller
      uses.note(known.keyId)
      done()
    }
    function refuse(error: Error) {
      attempts.failed(request.ip, error)
      done(error)
    }
  })
}

/** The scheme is compared without case; any other scheme is not a token (protocols.md C-09). */
function bearerToken(header: string): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header)?.[1]
}
