/** The HTTP server without routes: limits, request ids, the base path, answers to what no route takes. */
import { readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { isOwnQuestion } from './own-question.ts'
import { sendProblem } from './problem.ts'
import { requestIds } from './request-id.ts'
import { routeTable } from './route-table.ts'

export type Http = FastifyInstance

declare module 'fastify' {
  interface FastifyInstance {
    /** `server.base_url` without a slash at its end */
    baseUrl: string
    /** each as `GET /v1/modules/:namespace` */
    routes(): readonly string[]
    /** what is said where no route is, or another method alone */
    noSuchRoute(request: FastifyRequest): Refusal
  }
}

// Long enough for a 128-character version beside two 64-character names; find-my-way's default is 100.
const maxSegmentLength = 256
const maxHeaderBytes = 16 * 1024
// One init is a chain of small requests over few connections; opening them anew costs more than answering.
const keepAliveMs = 75_000
const maxJsonBytes = 1024 * 1024

export function createHttp(config: Config, log: Log): Http {
  const basePath = new URL(config.server.base_url).pathname.replace(/\/+$/, '')
  const tls = config.security.tls
  const http = Fastify({
    http: { maxHeaderSize: maxHeaderBytes },
    ...(tls.enabled
      ? {
          https: {
            maxHeaderSize: maxHeaderBytes,
            cert: readFileSync(tls.cert_file!),
            key: readFileSync(tls.key_file!),
            minVersion: 'TLSv1.2' as const,
          },
        }
      : {}),
    routerOptions: { maxParamLength: maxSegmentLength },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: maxJsonBytes,
    keepAliveTimeout: keepAliveMs,
    // Silence is limited request by request (limitSilence): a slow but moving transfer may take as long as it needs.
    requestTimeout: 0,
    trustProxy: config.server.trusted_proxies.length > 0 ? config.server.trusted_proxies : false,
    logger: false,
    genReqId: requestIds(),
    // Works behind a proxy that keeps the prefix of base_url and behind one that strips it.
    rewriteUrl: ({ url = '/', headers }: import('node:http').IncomingMessage) =>
      readableFor(headers.accept, withoutPrefix(url, basePath)),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, badUrl(error), log),
    clientErrorHandler: answerBrokenRequest,
    return503OnClosing: false,
  } as Parameters<typeof Fastify>[0]) as unknown as Http
  http.server.headersTimeout = config.server.read_timeout

  http.decorate('baseUrl', config.server.base_url.replace(/\/+$/, ''))
  const routes = routeTable(http)
  http.decorate('routes', routes.list)
  http.decorate('noSuchRoute', (request: FastifyRequest) => noSuchRoute(request, routes.methodsOf(pathOf(request.url))))
  http.setErrorHandler((error, request, reply) => sendProblem(request, reply, error, log))
  http.setNotFoundHandler((request, reply) => sendProblem(request, reply, http.noSuchRoute(request), log))
  http.addHook('preParsing', (request, _reply, payload, done) => {
    if (!isOwnQuestion(request)) limitSilence(request, config)
    done(null, payload)
  })
  return http
}

/** Schemas are in scopes that bring their own compilers (api.ts). The framework's, for none, are an eighth of its start. */
const noSchemas = () => () => {
  throw new Error('A route outside of the API has a schema.')
}

/** The path prefix of `server.base_url`, without a trailing slash: addresses in answers begin with it. */
export const basePathOf = (config: Config) => new URL(config.server.base_url).pathname.replace(/\/+$/, '')

const pathOf = (url: string) => url.split('?')[0]!

/** The address as routes know it. */
export function withoutPrefix(url: string, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url
  const rest = url.slice(basePath.length)
  return rest === '' ? '/' : /^[/?]/.test(rest) ? rest : url
}

/** Programs are told that an address is malformed. For people its signs are taken as they stand, so that a page can say what is not there. */
function readableFor(accept: string | undefined, url: string): string {
  const path = pathOf(url)
  if (!path.includes('%') || !accept?.includes('text/html')) return url
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length)
  }
}

// Node's own limit on silent connections would set a timer twice for each answer from memory. A body must keep arriving;
// once it is there the silence is ours, and a client that waits for our work is not cut off. Answers must keep leaving.
function limitSilence(request: FastifyRequest, config: Config): void {
  const { socket } = request.raw
  if (request.method === 'GET' || request.method === 'HEAD') return void socket.setTimeout(config.server.write_timeout)
  socket.setTimeout(config.server.read_timeout)
  request.raw.once('end', () => socket.setTimeout(0))
}

function noSuchRoute(request: FastifyRequest, methods: string[]): Refusal {
  // The route is there, and the router gave up on a part that is too long for it.
  if (methods.includes(request.method)) return badUrl(new Error(`a part has more than ${maxSegmentLength} characters.`))
  if (methods.length > 0) {
    return new Refusal(
      'method-not-allowed',
      'method-not-allowed',
      `${request.method} is not answered here; ${methods.join(', ')} is.`,
      undefined,
      { allow: methods.join(', ') },
    )
  }
  return new Refusal(
    'not-found',
    'route-not-found',
    'There is nothing at this address.',
    `What there is stands in ${request.server.baseUrl}/api/v1/openapi.json.`,
  )
}

const badUrl = (error: Error) =>
  new Refusal('malformed', 'address-malformed', `The address cannot be read: ${error.message}`)

// The parser gave up before there was a request, so this is written to the bare socket, in our own form.
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: import('node:net').Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [status, text] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'The request headers are too large.']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'The request took too long to arrive.']
        : ['400 Bad Request', 'The request is not HTTP that can be read.']
  const body = JSON.stringify({ errors: [text], code: 'request-malformed' })
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}
