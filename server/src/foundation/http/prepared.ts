/** Documents that are made when something is published and sent as they are: no serialiser, no compression per request. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** At least one of the two forms is there; the plain one is made from the other when somebody asks for it. */
export type PreparedDocument = { etag: string; plain: Buffer | null; gzip: Buffer | null; plainBytes: number }

export function prepareDocument(value: unknown) {
  const plain = Buffer.from(JSON.stringify(value))
  // Level 9 is paid once per publish and saved on every answer.
  return {
    plain,
    plainBytes: plain.length,
    gzip: gzipSync(plain, { level: 9 }),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  }
}

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
  const gzipped = document.gzip !== null && acceptsGzip(request.headers['accept-encoding'])
  const headers = [
    'content-type',
    'application/json',
    'etag',
    document.etag,
    // Who may have it is asked each time, and shared caches ask nobody.
    'cache-control',
    'private, no-cache',
    'vary',
    'accept-encoding, origin',
    'x-request-id',
    request.id,
    'x-content-type-options',
    'nosniff',
  ]
  if (staleMs > 0) headers.push('x-cadastre-stale', String(Math.ceil(staleMs / 1000)))
  reply.hijack()
  if (names(request.headers['if-none-match'], document.etag)) {
    reply.raw.writeHead(304, headers)
    reply.raw.end()
    return reply
  }
  const body = gzipped ? document.gzip! : plainOf(document)
  if (gzipped) headers.push('content-encoding', 'gzip')
  headers.push('content-length', String(body.length))
  reply.raw.writeHead(200, headers)
  reply.raw.end(request.method === 'HEAD' ? undefined : body)
  return reply
}

/** Proxies that compress make a tag weak, and clients may name several; the quotes keep one from being part of another. */
const names = (header: string | undefined, etag: string) =>
  header !== undefined && (header.includes(etag) || header.trim() === '*')

function plainOf(document: PreparedDocument): Buffer {
  document.plain ??= gunzipSync(document.gzip!)
  return document.plain
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  if (header === undefined) return false
  if (header === 'gzip') return true
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(header))
}
