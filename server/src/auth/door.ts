/** The hook at the door: every protocol and API request has a caller before anything else happens. */
import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { anonymous, type Caller } from '../access/caller.ts'
import type { Http } from '../foundation/http/http.ts'
import type { AttemptLimit } from './attempts.ts'
import { badToken } from './bad-token.ts'
import type { Callers, KnownKey } from './callers.ts'
import type { KeyUses } from './key-uses.ts'

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

// What this connection presented last, and who that was: most clients send one token on one connection.
// Beside the socket and not in it: Node's own code is quicker with sockets that are all alike.
const lastSeen = new WeakMap<object, { header: string; key: KnownKey }>()

export type Door = {
  /** Who this is, if that can be told without hashing or waiting: nobody, or whom this connection presented before. */
  remembered(request: Pick<IncomingMessage, 'headers' | 'socket'>): Caller | undefined
}

export function rememberConnections(callers: Callers, uses: KeyUses): Door {
  return {
    remembered({ headers: { authorization }, socket }) {
      if (authorization === undefined) return anonymous
      const memory = lastSeen.get(socket)
      if (!memory || memory.header !== authorization || !callers.usable(memory.key)) return undefined
      uses.note(memory.key.keyId)
      return memory.key.caller
    },
  }
}

export function identifyCallers(http: Http, door: Door, callers: Callers, attempts: AttemptLimit, uses: KeyUses): void {
  http.decorateRequest('caller', null as unknown as Caller)

  http.addHook('onRequest', identify)
  // A body may come so slowly that its key is taken back meanwhile; nothing is to be done for it then.
  http.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD' || !request.headers.authorization) return done()
    identify(request, reply, done)
  })

  function identify(request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) {
    const remembered = door.remembered(request.raw)
    if (remembered) {
      request.caller = remembered
      return done()
    }
    const header = request.headers.authorization!
    const token = bearerToken(header)
    const key = token && callers.known(token)
    if (key) return accept(key)
    const waitSeconds = attempts.secondsToWait(request.ip)
    if (waitSeconds > 0) return done(attempts.refusal(waitSeconds))
    if (!token) return refuse(badToken('unknown'))
    callers.identify(token).then(accept, refuse)

    function accept(known: KnownKey) {
      lastSeen.set(request.raw.socket, { header, key: known })
      request.caller = known.caller
      uses.note(known.keyId)
      done()
    }
    function refuse(error: Error) {
      attempts.failed(request.ip, error)
      done(error)
    }
  }
}

/** The scheme is compared without case; any other scheme is not a token. */
function bearerToken(header: string): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header)?.[1]
}
