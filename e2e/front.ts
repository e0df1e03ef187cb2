/**
 * What stands between a client and the registry: a small proxy that writes down what both say. A test may let it answer
 * by itself, or change an answer on its way; that is how a client's reaction to a server that misbehaves is shown.
 */
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Authority, Certificate } from './certificates.ts'

export type Reply = { status: number; headers?: Record<string, string | string[] | undefined>; body?: string | Buffer }

/** One request as the client sent it, and the answer as the client got it. */
export type Seen = {
  method: string
  /** path and query */
  url: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  atMs: number
  answer: { status: number; headers: Reply['headers'] & object; body: Buffer }
}

/** A registry as a machine of a user knows it. */
export type Entrance = {
  /** how module sources name it: `registry.example.test`, or `127.0.0.1:PORT` over TLS */
  host: string
  url: string
  /** the `host` block that replaces discovery, or nothing */
  cliConfig: string
  /** file with the authority that signed its certificate */
  trust: string | undefined
}

export type Front = Entrance & {
  seen: Seen[]
  /** `GET /path` of what was seen, in order. */
  requests(): string[]
  /** The first one whose path ends so. */
  find(pathEnd: string): Seen
}

export type Tls = { authority: Authority; certificate: Certificate }

export type FrontOptions = {
  /** Answers instead of the registry when it returns something. */
  answer?(request: IncomingMessage & { url: string }): Reply | undefined | Promise<Reply | undefined>
  /** Changes what the registry answered. */
  change?(reply: Required<Reply>, request: IncomingMessage & { url: string }): Reply
  /** Path and query at the registry of a path and query here. */
  path?(url: string): string
  /** Headers for the registry to see beside those of the client. */
  headers?: Record<string, string>
  /** Where it listens, when the registry knows of it beforehand. */
  port?: number
  /** Where its modules service is below its address, in the `host` block. */
  modules?: string
  /** The same of its providers service. */
  providers?: string
}

/** Stops with the test. @param target address of the registry @param tls its own certificate; without one it speaks plain http */
export async function startFront(target: string, options: FrontOptions = {}, tls?: Tls): Promise<Front> {
  const seen: Seen[] = []
  const listen = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = request as IncomingMessage & { url: string }
    const [atMs, body] = [performance.now(), await bytesOf(request)]
    const { status, headers = {}, body: bytes = '' } = await replyTo(target, asked, body, options)
    const { method = '', url } = asked
    const answer = { status, headers, body: Buffer.from(bytes) }
    seen.push({ method, url, path: url.split('?')[0]!, headers: request.headers, body, atMs, answer })
    if (method !== 'HEAD' && 'content-length' in headers) headers['content-length'] = String(answer.body.length)
    response.writeHead(status, headers as http.OutgoingHttpHeaders)
    response.end(method === 'HEAD' ? undefined : bytes)
  }
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    void listen(request, response).catch((error) => response.destroy(error))
  const server = tls ? https.createServer(tls.certificate, handle) : http.createServer(handle)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => void server.close(() => resolve()))
  })

  const { port } = server.address() as AddressInfo
  const host = tls ? `127.0.0.1:${port}` : 'registry.example.test'
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`
  return {
    host,
    url,
    cliConfig: tls
      ? ''
      : hostBlock(host, url + (options.modules ?? '/v1/modules/'), url + (options.providers ?? '/v1/providers/')),
    trust: tls?.authority.file,
    seen,
    requests: () => seen.map(({ method, path }) => `${method} ${path}`),
    find(pathEnd) {
      const found = seen.find(({ path }) => path.endsWith(pathEnd))
      if (!found) throw new Error(`nobody asked for …${pathEnd}, only for ${seen.map(({ url }) => url).join(' ')}`)
      return found
    },
  }
}

const hostBlock = (host: string, modules: string, providers: string) =>
  `host "${host}" {\n  services = {\n    "modules.v1" = "${modules}"\n    "providers.v1" = "${providers}"\n  }\n}\n`

async function replyTo(
  target: string,
  request: IncomingMessage & { url: string },
  body: Buffer,
  { answer, change, path = (url) => url, headers = {} }: FrontOptions,
): Promise<Reply> {
  const own = await answer?.(request)
  if (own) return own
  const reply = await ask(target, path(request.url), request, { ...request.headers, ...headers }, body)
  return change ? { ...reply, ...change(reply, request) } : reply
}

function ask(
  target: string,
  url: string,
  { method }: IncomingMessage,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<Required<Reply>> {
  return new Promise((resolve, reject) => {
    // The path as it came: an URL object would tidy it up.
    const { hostname, port } = new URL(target)
    const asking = http.request({ host: hostname, port, path: url, method, headers, agent: false }, (response) => {
      bytesOf(response).then((bytes) => {
        const { connection, 'transfer-encoding': chunked, ...kept } = response.headers
        resolve({ status: response.statusCode!, headers: kept, body: bytes })
      }, reject)
    })
    asking.once('error', reject)
    asking.end(body)
  })
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
