/**
 * The fast lane: what lies in memory is answered before the framework is asked, whose routing and hooks cost more than
 * such an answer (performance.md P1). A lane answers or lets the request go on; it never refuses, so the rules and their
 * sentences have one place, the routes.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { basePathOf, type Http, withoutPrefix } from '../foundation/http/http.ts'
import type { Observer } from '../foundation/http/observe.ts'
import type { Door } from './door.ts'

export type HotRequest = {
  id: string
  method: 'GET' | 'HEAD'
  headers: IncomingHttpHeaders
  caller: Caller
}

/** @returns whether it has answered */
export type HotAnswer = (request: HotRequest, response: ServerResponse, key: string) => boolean

export type FastLane = {
  /** Offers what is asked as `before` + key + `after`. @param route the pattern of the route that answers the same */
  offer(lane: { before: string; after: string; route: string; answer: HotAnswer }): void
}

export function openFastLane(http: Http, app: App, door: Door, observe: Observer): FastLane {
  const lanes: Parameters<FastLane['offer']>[0][] = []
  const basePath = basePathOf(app.config)
  // Fastify has it, and its types do not say so.
  const { genReqId } = http as unknown as { genReqId(request: { headers: IncomingHttpHeaders }): string }
  const [framework] = http.server.listeners('request') as ((from: IncomingMessage, to: ServerResponse) => void)[]
  http.server.removeAllListeners('request')
  http.server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    if (!answered(incoming, response)) framework!(incoming, response)
  })

  function answered(incoming: IncomingMessage, response: ServerResponse): boolean {
    const startedAt = performance.now()
    const { method } = incoming
    if (method !== 'GET' && method !== 'HEAD') return false
    const url = withoutPrefix(incoming.url!, basePath)
    const lane = lanes.find(({ before, after }) => url.endsWith(after) && url.startsWith(before))
    const headers = fewHeaders(incoming.rawHeaders)
    // Other origins need headers of their own, and a server that stops tells its clients to close.
    if (!lane || headers.origin !== undefined || app.stopping()) return false
    const caller = door.remembered({ headers, socket: incoming.socket })
    if (!caller) return false
    const request: HotRequest = { id: genReqId({ headers }), method, headers, caller }
    if (!lane.answer(request, response, url.slice(lane.before.length, -lane.after.length))) return false
    // What did not go out at once has to keep moving, as it has everywhere.
    if (incoming.socket.writableLength > 0) incoming.socket.setTimeout(app.config.server.write_timeout)
    observe.answered({
      id: request.id,
      method,
      url,
      route: lane.route,
      status: response.statusCode,
      elapsedMs: performance.now() - startedAt,
      caller: caller.name,
    })
    return true
  }

  return { offer: (lane) => void lanes.push(lane) }
}

const needed = new Set(['accept-encoding', 'authorization', 'if-none-match', 'origin', 'user-agent', 'x-request-id'])
const lengths = new Set([...needed].map((name) => name.length))

/** What answers from memory depend on; `incoming.headers` would be made of every header for each request. */
function fewHeaders(raw: string[]): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {}
  for (let index = 0; index < raw.length; index += 2) {
    const spelt = raw[index]!
    if (!lengths.has(spelt.length)) continue
    const name = spelt.toLowerCase()
    if (needed.has(name)) headers[name] ??= raw[index + 1]
  }
  return headers
}
