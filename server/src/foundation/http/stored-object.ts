/**
 * Sends an object of a store to whoever came with a signed address: HEAD, Range, a redirect to the store where it can
 * answer itself, else the bytes. An object that was written again behind our back is read and compared before anybody
 * gets it, and not sent when it is another one.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { boundedMap } from '../bounded-map.ts'
import { Refusal } from '../refusal.ts'
import { asRefusal, holds } from '../storage/objects.ts'
import { type BackendName, backendNames, type Storage, type Stored, troubleOf } from '../storage/storage.ts'
import { readRange } from './range.ts'
import { sendFile } from './send-file.ts'

/** As its row has it. */
export type ObjectPlace = { backend: BackendName; revision: string | null }

export type AskedObject = {
  /** as `placeText` wrote it */
  place: string
  key: string
  sha256: string
  fileName: string
  contentType: string
}

export type ObjectSender = (request: FastifyRequest, reply: FastifyReply, asked: AskedObject) => Promise<FastifyReply>

const linkSeconds = 15 * 60

/** Where an object lies, and which revision of it, as a part of an address: `s3-1f2e3d4c5b`. */
export const placeText = ({ backend, revision }: ObjectPlace) =>
  revision === null ? backend : `${backend}-${markOf(revision)}`

const markOf = (revision: string) => createHash('sha256').update(revision).digest('hex').slice(0, 10)

function readPlace(text: string): { backend: BackendName; mark: string | undefined } | undefined {
  const [, name, mark] = /^([a-z0-9]+)(?:-([0-9a-f]{10}))?$/.exec(text) ?? []
  const backend = backendNames.find((known) => known === name)
  return backend && { backend, mark }
}

export function objectSender(app: App): ObjectSender {
  // Revisions that were read and found right: an object that was restored from a copy is read once, not each time.
  const compared = boundedMap<Promise<boolean>>(1_000)
  let altered = 0
  app.metrics.counter(
    'cadastre_storage_altered_total',
    'Objects not sent because they had been altered.',
    () => altered,
  )

  async function refuseAltered(storage: Storage, asked: AskedObject, mark: string | undefined, found: Stored) {
    if (mark === undefined || mark === markOf(found.revision)) return
    const name = `${storage.backend}/${asked.key}@${found.revision}`
    const comparing =
      compared.get(name) ?? holds(storage, asked.key, found, { sha256: asked.sha256, sizeBytes: found.sizeBytes })
    compared.set(name, comparing)
    const isRight = await comparing.catch((error) => {
      compared.delete(name)
      throw error
    })
    if (isRight) return
    altered += 1
    app.log.error({ backend: storage.backend, key: asked.key }, 'an archive in the storage was altered and is not sent')
    throw archiveAltered()
  }

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: AskedObject,
    place: { backend: BackendName; mark: string | undefined },
  ) {
    const storage = await app.storages.at(place.backend)
    const found = await storage.head(asked.key)
    if (!found) throw archiveNotFound()
    await refuseAltered(storage, asked, place.mark, found)

    const etag = `"sha256-${asked.sha256}"`
    reply
      .header('etag', etag)
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'private, max-age=300, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('x-request-id', request.id)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    if (request.method === 'GET' && !app.config.storage[place.backend].serve_directly) {
      const link = await storage.link(asked.key, { lifetimeSeconds: linkSeconds, fileName: asked.fileName })
      if (link !== undefined) return reply.header('cache-control', 'no-store').redirect(link, 302)
    }
    reply.type(asked.contentType)
    const range = readRange(
      request.headers.range,
      request.headers['if-range'] as string | undefined,
      etag,
      found.sizeBytes,
    )
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${found.sizeBytes}`).send()
    const length = range ? range.end - range.start + 1 : found.sizeBytes
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${found.sizeBytes}`)
    reply.header('content-length', length)
    if (request.method === 'HEAD') return sendHead(reply)
    const file = length > 0 ? await storage.openFile?.(asked.key, found.revision) : undefined
    if (file) return sendFile(reply, file, range ?? { start: 0, end: found.sizeBytes - 1 })
    return reply.send(await storage.get(asked.key, { range, revision: found.revision }))
  }

  return async (request, reply, asked) => {
    const place = readPlace(asked.place)
    if (!place) throw archiveNotFound()
    try {
      return await send(request, reply, asked, place)
    } catch (error) {
      for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name)
      throw refusalOf(error, asked, place.backend)
    }
  }

  /** What was there a moment ago may be gone, or written again, by the time it is read. */
  function refusalOf(error: unknown, { key }: AskedObject, backend: BackendName): unknown {
    if (troubleOf(error) === 'missing') return archiveNotFound()
    if (troubleOf(error) === 'altered') return archiveAltered()
    const refusal = asRefusal(error, backend)
    if (refusal !== error) app.log.warn({ backend, key, error: (error as Error).message }, 'the storage is in trouble')
    return refusal
  }
}

/** Without a body the framework would say that the length is 0, and clients believe it. */
function sendHead(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>).end()
  return reply
}

export function refuseWrongSignature(verdict: 'valid' | 'expired' | 'wrong'): void {
  if (verdict === 'valid') return
  throw verdict === 'expired'
    ? new Refusal(
        'forbidden',
        'link-expired',
        'This download link has expired.',
        'Run terraform init again: it asks for a new one.',
      )
    : new Refusal('forbidden', 'link-invalid', 'This download link is not one that this registry signed.')
}

export const archiveNotFound = () => new Refusal('not-found', 'archive-not-found', 'The archive is not in the store.')

export const archiveAltered = () =>
  new Refusal(
    'unavailable',
    'archive-altered',
    'The archive in the storage of this registry is not the one that was published, so it is not sent.',
    'An administrator has to restore it from a copy, or the version has to be published again under a new number.',
  )
