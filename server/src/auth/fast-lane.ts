/**
 * The fast lane: simple answers that are known or one look-up away are given before the framework is asked, whose routing
 * and hooks cost more than such an answer (docs/performance.md, P1). A lane answers or lets the request go on; it never
 * refuses, so the rules and their sentences have one place, the routes.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import { basePathOf, type Http, withoutPrefix } from '../foundation/http/http.ts'
import type { Observer } from '../foundation/http/observe.ts'
import type { Door } from './door.ts'
import type { RequestLimits, Spent } from './request-limits.ts'

export type HotRequest = {
  id: string
  method: 'GET' | 'HEAD'
  headers: IncomingHttpHeaders
  caller: Caller
}

export type Lane<Found> = {
  /** What its addresses begin with. */
  before: string
  /** The key in such an address; undefined when it is not one of this lane. */
  keyOf(url: string): string | undefined
  /** the pattern of the route that answers the same */
  route: string
  find(key: string): Found | undefined
  /** Asks for what is not in memory; undefined when there can be nothing under this key. */
  load(key: string): Promise<Found> | undefined
  /** @returns whether it has answered */
  answer(request: HotRequest, response: ServerResponse, found: Found): boolean
}

type Taken = HotRequest & {
  url: string
  startedAt: number
  spent: Spent | undefined
  lane: Lane<unknown>
  socket: Socket
  response: ServerResponse
}

export type FastLane = { offer<Found>(lane: Lane<Found>): void }

export function openFastLane(http: Http, app: App, door: Door, limits: RequestLimits, observe: Observer): FastLane {
  const lanes: Lane<unknown>[] = []
  const basePath = basePathOf(app.config)
  const isLimited = app.config.security.rate_limiting.enabled
  // Fastify has it, and its types do not say so.
  const { genReqId } = http as unknown as { genReqId(request: { headers: IncomingHttpHeaders }): string }
  const [framework] = http.server.listeners('request') as ((from: IncomingMessage, to: ServerResponse) => void)[]
  http.server.removeAllListeners('request')
  http.server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    if (!takes(incoming, response)) framework!(incoming, response)
  })

  function takes(incoming: IncomingMessage, response: ServerResponse): boolean {
    const startedAt = performance.now()
    const { method, socket } = incoming
    if (method !== 'GET' && method !== 'HEAD') return false
    const url = withoutPrefix(incoming.url!, basePath)
    const [lane, key] = laneOf(url)
    if (!lane) return false
    const headers = fewHeaders(incoming.rawHeaders)
    // Other origins need headers of their own, and a server that stops tells its clients to close.
    if (headers.origin !== undefined || app.stopping()) return false
    const caller = door.remembered({ headers, socket })
    if (!caller) return false
    const spent = isLimited
      ? limits.remembered({ caller, socket, forwarded: headers['x-forwarded-for'] as string | undefined })
      : undefined
    if (isLimited && !spent) return false

    const id = genReqId({ headers })
    const taken: Taken = { id, method, headers, caller, url, startedAt, spent, lane, socket, response }
    const found = lane.find(key)
    if (found !== undefined) return answers(taken, found)
    const loading = lane.load(key)
    loading
      ?.then((loaded) => answers(taken, loaded))
      .catch(() => false)
      .then((done) => done || framework!(incoming, response))
    return loading !== undefined
  }

  function laneOf(url: string): [Lane<unknown>, string] | [undefined, ''] {
    for (const lane of lanes) {
      const key = url.startsWith(lane.before) ? lane.keyOf(url) : undefined
      if (key !== undefined) return [lane, key]
    }
    return [undefined, '']
  }

  function answers(taken: Taken, found: unknown): boolean {
    const { lane, response, socket, spent } = taken
    if (spent && limits.secondsToWait(spent, 'protocol') > 0) return false
    if (!lane.answer(taken, response, found)) return false
    if (spent) limits.charge(spent, 'protocol')
    // What did not go out at once has to keep moving, as it has everywhere.
    if (socket.writableLength > 0) socket.setTimeout(app.config.server.write_timeout)
    observe.answered({
      id: taken.id,
      method: taken.method,
      url: taken.url,
      route: lane.route,
      status: response.statusCode,
      elapsedMs: performance.now() - taken.startedAt,
      caller: taken.caller.name,
    })
    return true
  }

  return { offer: (lane) => void lanes.push(lane as Lane<unknown>) }
}

/** For addresses whose key stands between two texts, such as `/v1/modules/` and `/versions`. */
export const between = (before: string, after: string) => ({
  before,
  keyOf: (url: string) => (url.endsWith(after) ? url.slice(before.length, -after.length) : undefined),
})

/** What these answers depend on; `incoming.headers` would be made of every header for each request. */
function fewHeaders(raw: string[]): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {
    'accept-encoding': undefined,
    authorization: undefined,
    'if-none-match': undefined,
    origin: undefined,
    'user-agent': undefined,
    'x-forwarded-for': undefined,
    'x-request-id': undefined,
  }
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase()
    const value = raw[index + 1]
    if (name === 'authorization') headers.authorization ??= value
    else if (name === 'accept-encoding') headers['accept-encoding'] ??= value
    else if (name === 'if-none-match') headers['if-none-match'] ??= value
    else if (name === 'user-agent') headers['user-agent'] ??= value
    else if (name === 'origin') headers.origin ??= value
    else if (name === 'x-request-id') headers['x-request-id'] ??= value
    // Several lines are one list.
    else if (name === 'x-forwarded-for')
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  return headers
}
