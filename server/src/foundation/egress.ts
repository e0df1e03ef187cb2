/**
 * Requests to other servers. A name is looked up once, what it means is checked, and that very address is connected to,
 * so that no name leads into the network that the registry stands in (`security.egress.allowlist` says what may).
 */
import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Agent, Dispatcher } from 'undici'
import { type Allowlist, allowlist, egressRefused, hostOf } from './egress-addresses.ts'
import { evenlySpaced } from './one-line.ts'
import { Refusal } from './refusal.ts'

export type EgressRequest = {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** `manual`: an answer that leads elsewhere is the answer, so that what was sent here is sent nowhere else */
  redirect?: 'follow' | 'manual'
  /** until the whole answer is there, and not a moment longer */
  timeoutMs?: number
  /** of the body as it is after decompression; one that is longer breaks while it is read */
  maxBytes?: number
  /** The operator named this very host in the settings: it may lie in a private network. Redirects of it may not. */
  trusted?: boolean
}

export type Egress = {
  /** @throws Refusal `egress-refused`, `upstream-unreachable` */
  fetch(url: string | URL, request?: EgressRequest): Promise<Response>
  close(): Promise<void>
}

const defaultTimeoutMs = 30_000
const defaultMaxBytes = 16 * 1024 * 1024
const connectWithinMs = 10_000
const maxRedirects = 5

/** Nothing is opened, and no library loaded, before the first request. */
export function openEgress(allowed: readonly string[]): Egress {
  const known = allowlist(allowed)
  let opened: Promise<Agents> | undefined

  async function fetchOnce(url: URL, request: EgressRequest, signal: AbortSignal): Promise<Response> {
    const host = hostOf(url)
    const isTrusted = request.trusted === true || known.hasHost(host)
    if (!isTrusted && isIP(host) !== 0 && !known.hasAddress(host)) throw egressRefused(host)
    // A proxy looks names up by itself, and connects to whatever it finds.
    if (!isTrusted && isIP(host) === 0 && hasProxy()) await refusePrivateName(host, known)
    opened ??= openAgents(known)
    const { checking, trusting, fetch } = await opened
    const { method = 'GET', headers = {}, body } = request
    const dispatcher = isTrusted ? trusting : checking
    try {
      const answer = await fetch(url, { method, headers, body, signal, dispatcher, redirect: 'manual' })
      return answer as unknown as Response
    } catch (error) {
      throw refusalIn(error) ?? unreachable(host, error)
    }
  }

  return {
    async fetch(address, request = {}) {
      const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = request
      const timeout = AbortSignal.timeout(timeoutMs)
      const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout
      let [url, asked] = [new URL(address), request]
      for (let hops = 0; ; hops += 1) {
        if (url.protocol !== 'https:' && url.protocol !== 'http:') throw notHttp(url)
        const answer = await fetchOnce(url, asked, signal)
        const next = asked.redirect === 'manual' ? undefined : redirectOf(url, answer)
        if (!next) return bounded(answer, url, maxBytes)
        await answer.body?.cancel()
        if (hops === maxRedirects) throw unreachable(hostOf(url), new Error('too many redirects'))
        if (url.protocol === 'https:' && next.protocol !== 'https:') throw notHttp(next)
        asked = redirected(asked, answer.status, url.origin === next.origin)
        url = next
      }
    },
    async close() {
      const agents = await opened
      await Promise.all([agents?.checking.close(), agents?.trusting.close()])
    },
  }
}

/** @throws upstream-unreachable when it is longer than `maxBytes` of the request, or breaks off */
export async function bytesOf(response: Response): Promise<Buffer> {
  try {
    return Buffer.from(await response.arrayBuffer())
  } catch (error) {
    throw refusalIn(error) ?? unreachable(response.url === '' ? 'The server' : hostOf(new URL(response.url)), error)
  }
}

const hasProxy = () =>
  ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'].some((name) => Boolean(process.env[name]))

type Agents = { checking: Dispatcher; trusting: Dispatcher; fetch: typeof import('undici').fetch }

async function openAgents(known: Allowlist): Promise<Agents> {
  const undici = await import('undici')
  const options: Agent.Options = { connections: 32, keepAliveTimeout: 10_000, allowH2: false }
  const agent = (connect: Agent.Options['connect']) =>
    hasProxy() ? new undici.EnvHttpProxyAgent({ ...options, connect }) : new undici.Agent({ ...options, connect })
  const checked = undici.buildConnector({ timeout: connectWithinMs, lookup: checkedLookup(known) })
  return {
    fetch: undici.fetch,
    trusting: agent({ timeout: connectWithinMs }),
    // An address that is written out is not looked up.
    checking: agent((to, done) => {
      const host = to.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !known.hasAddress(host)) return done(egressRefused(host), null)
      checked(to, done)
    }),
  }
}

/** As `dns.lookup`, without what may not be connected to. */
function checkedLookup(known: Allowlist): LookupFunction {
  return (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const good = found.filter(({ address }) => known.hasAddress(address))
      if (good.length === 0) return done(egressRefused(host), '')
      if (options.all) return done(null, good)
      done(null, good[0]!.address, good[0]!.family)
    })
}

/** As far as it is known here what the name means. */
const refusePrivateName = (host: string, known: Allowlist) =>
  new Promise<void>((resolve, reject) => {
    checkedLookup(known)(host, { all: true }, (error) => (error instanceof Refusal ? reject(error) : resolve()))
  })

function redirectOf(url: URL, { status, headers }: Response): URL | undefined {
  const location = headers.get('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === null || !parseUrl(location, url.href))
    return undefined
  return new URL(location, url)
}

/** What goes on to where a redirect leads: no body after 301 to 303, and no secrets to another origin. */
function redirected(request: EgressRequest, status: number, isSameOrigin: boolean): EgressRequest {
  const keepsBody = status === 307 || status === 308
  const headers = Object.entries(request.headers ?? {}).filter(
    ([name]) =>
      (isSameOrigin || !/^(authorization|cookie|proxy-authorization)$/i.test(name)) &&
      (keepsBody || !/^content-/i.test(name)),
  )
  return {
    ...request,
    headers: Object.fromEntries(headers),
    trusted: request.trusted === true && isSameOrigin,
    ...(keepsBody ? {} : { method: request.method === 'HEAD' ? 'HEAD' : 'GET', body: undefined }),
  }
}

/** The same answer, whose body breaks where it gets too long. */
function bounded(answer: Response, url: URL, maxBytes: number): Response {
  let left = maxBytes
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      left -= chunk.byteLength
      if (left < 0) controller.error(tooLong(url, maxBytes))
      else controller.enqueue(chunk)
    },
  })
  const headers = new Headers([...answer.headers])
  // The library has undone it already.
  if (headers.has('content-encoding')) for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  const body = answer.body === null ? null : answer.body.pipeThrough(counting)
  const response = new Response(body, { status: answer.status, statusText: answer.statusText, headers })
  Object.defineProperty(response, 'url', { value: url.href })
  return response
}

/** The libraries between us and the socket wrap what was thrown there. */
function refusalIn(error: unknown): Refusal | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof Refusal) return at
  return undefined
}

function unreachable(host: string, error: unknown): Refusal {
  const why = reasonIn(error)
  return new Refusal('unavailable', 'upstream-unreachable', `${host} did not answer${why ? `: ${why}` : ''}.`)
}

function reasonIn(error: unknown): string {
  let said = ''
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError') return 'it took too long'
    if ('code' in at && typeof at.code === 'string') return at.code
    said = at.message
  }
  return evenlySpaced(said).slice(0, 200)
}

const tooLong = ({ host }: URL, maxBytes: number) =>
  new Refusal('unavailable', 'upstream-too-long', `The answer of ${host} is longer than ${maxBytes} bytes.`)

const notHttp = (url: URL) =>
  new Refusal('invalid', 'egress-scheme', `This registry does not go on to ${url.protocol}//${url.host}.`)
