/** Archives by signed address: no token, HEAD, Range, and no question to the database (protocols.md §3.2, §4.3). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { readRange } from '../foundation/http/range.ts'
import { Refusal } from '../foundation/refusal.ts'
import { archiveKey } from './stored-objects.ts'

type ArchivePath = { Params: { namespace: string; name: string; system: string; version: string; file: string } }

export function moduleArchives(http: Http, app: App) {
  http.get<ArchivePath>('/archives/modules/:namespace/:name/:system/:version/:file', async (request, reply) => {
    refuseWrongSignature(app.signer.verify(request.url))
    const sha256 = /^([0-9a-f]{64})\.tar\.gz$/.exec(request.params.file)?.[1]
    const found = sha256 && (await app.storage.head(archiveKey(sha256)))
    if (!sha256 || !found) throw new Refusal('not-found', 'archive-not-found', 'The archive is not in the store.')
    return sendArchive(request, reply, sha256, found.sizeBytes)
  })

  async function sendArchive(request: FastifyRequest, reply: FastifyReply, sha256: string, sizeBytes: number) {
    const etag = `"sha256-${sha256}"`
    reply
      .header('etag', etag)
      .header('accept-ranges', 'bytes')
      .header('cache-control', 'private, max-age=300, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('x-request-id', request.id)
      .type('application/gzip')
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    const range = readRange(request.headers.range, request.headers['if-range'] as string | undefined, etag, sizeBytes)
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send()
    const length = range ? range.end - range.start + 1 : sizeBytes
    if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
    reply.header('content-length', length)
    if (request.method === 'HEAD') return sendHead(reply)
    return reply.send(await app.storage.get(archiveKey(sha256), range))
  }
}

/** Without a body the framework would say that the length is 0, and clients believe it. */
function sendHead(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>).end()
  return reply
}

function refuseWrongSignature(verdict: 'valid' | 'expired' | 'wrong'): void {
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
