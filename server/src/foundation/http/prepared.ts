/** Documents that are made when something is published and sent as they are: no serialiser, no compression per request. */
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** At least one of the two forms is there; the plain one is made from the other when somebody asks for it. */
export type PreparedDocument = { etag: string; plain: Buffer | null; gzip: Buffer | null; plainBytes: number }

export function prepareDocument(value: unknown) {
  const plain = Buffer.from(JSON.stringify(value))
  // Level 9 is paid once per publish and saved on every answer.
  return { plain, plainBytes: plain.length, gzip: gzipSync(plain, { level: 9 }), etag: etagOf(plain) }
}

const etagOf = (plain: Buffer) => `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`

/** What the document takes in memory once both forms have been asked for. */
export const preparedBytes = (document: PreparedDocument) => document.plainBytes + (document.gzip?.length ?? 0)

/**
 * Sends the form that the client can read, or 304. Goes round the framework's serialisers, so it writes the headers itself.
 * @param staleMs how long PostgreSQL has been out of reach; tells the client the age of what it gets
 */
export function sendPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  document: PreparedDocument,
  staleMs: number,
): FastifyReply {
  reply.hijack()
  writePrepared(request, reply.raw, document, staleMs)
  return reply
}

/** What an answer depends on; both the framework's requests and Node's own have it. */
type Asked = { id: string; method?: string; headers: IncomingHttpHeaders }

/** The same, for those who go round the framework altogether. */
export function writePrepared(
  request: Asked,
  response: ServerResponse,
  document: PreparedDocument,
  staleMs: number,
): void {
  const { etag, gzip } = document
  const head = ['etag', etag, 'vary', 'accept-encoding, origin', 'x-request-id', request.id]
  // Who may have it is asked each time, and shared caches ask nobody.
  head.push('cache-control', 'private, no-cache')
  if (staleMs > 0) head.push('x-cadastre-stale', String(Math.ceil(staleMs / 1000)))
  if (namesTag(request.headers['if-none-match'], etag)) {
    response.writeHead(304, head)
    response.end()
    return
  }
  const gzipped = gzip !== null && acceptsGzip(request.headers['accept-encoding'])
  const body = gzipped ? gzip : plainOf(document)
  if (gzipped) head.push('content-encoding', 'gzip')
  head.push('content-type', 'application/json', 'x-content-type-options', 'nosniff')
  head.push('content-length', String(body.length))
  response.writeHead(200, head)
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** Proxies that compress make a tag weak, and clients may name several; the quotes keep one from being part of another. */
export const namesTag = (header: string | undefined, etag: string) =>
  header !== undefined && (header.includes(etag) || header.trim() === '*')

function plainOf(document: PreparedDocument): Buffer {
  document.plain ??= gunzipSync(document.gzip!)
  return document.plain
}

export function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false
  if (header === 'gzip') return true
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(header))
}
