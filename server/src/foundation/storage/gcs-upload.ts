/** Ways for bytes into Google Cloud Storage: at once, or in a session whose object nobody sees before its last byte. */
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { attempt, type GcsHttp } from './gcs-http.ts'

/** As Google describes an object, as far as we ask. */
export type GcsObject = { name: string; size: string; generation: string }

export type GcsUpload = { bucketPath: string; name: string; sizeBytes: number; ifGenerationMatch?: string }

// Google asks for multiples of 256 KB. One of them at a time is in memory, twice while it is put together.
const pieceBytes = 8 * 1024 * 1024
const type = 'application/octet-stream'

export async function uploadToGcs(http: GcsHttp, source: Readable, upload: GcsUpload): Promise<GcsObject> {
  const { bucketPath, name, ifGenerationMatch } = upload
  const request = {
    method: 'POST',
    path: `/upload${bucketPath}/o`,
    query: { uploadType: 'media', name, ifGenerationMatch },
  } as const
  if (upload.sizeBytes <= pieceBytes) {
    const { json } = await http.ask({ ...request, headers: { 'content-type': type }, body: await buffer(source) })
    return json as GcsObject
  }
  const { answer } = await http.ask({
    ...request,
    query: { ...request.query, uploadType: 'resumable' },
    headers: { 'x-upload-content-type': type, 'x-upload-content-length': upload.sizeBytes },
  })
  const session = answer.headers.location!
  try {
    return await sendPieces(http, source, session, upload.sizeBytes)
  } catch (error) {
    // 499 is how Google says that the session is gone.
    http.ask({ method: 'DELETE', path: session }, [204, 499]).catch(() => {})
    throw error
  }
}

async function sendPieces(http: GcsHttp, source: Readable, session: string, sizeBytes: number): Promise<GcsObject> {
  let start = 0
  for await (let piece of pieces(source)) {
    while (piece.length > 0) {
      const { keptBytes, object } = await sendPiece(http, session, piece, start, sizeBytes)
      if (object) return object
      if (keptBytes <= start) throw new Error(`Google keeps no more than ${keptBytes} bytes of the upload`)
      piece = piece.subarray(keptBytes - start)
      start = keptBytes
    }
  }
  throw new Error(`Google does not take ${start} bytes for the whole`)
}

/** How much of an upload Google has; with its last byte there is the object. */
type Progress = { keptBytes: number; object?: GcsObject }

/** Google may keep a part of a piece, and may have kept it although its answer did not arrive: then it is asked. */
function sendPiece(http: GcsHttp, session: string, piece: Buffer, start: number, sizeBytes: number): Promise<Progress> {
  const put = async (range: string, body?: Buffer): Promise<Progress> => {
    const request = { method: 'PUT', path: session, headers: { 'content-range': range }, body, attempts: 1 } as const
    const { answer, json } = await http.ask(request, [200, 201, 308])
    if (answer.statusCode !== 308) return { keptBytes: sizeBytes, object: json as GcsObject }
    return { keptBytes: Number(/-(\d+)$/.exec(answer.headers.range ?? '')?.[1] ?? -1) + 1 }
  }
  return attempt(undefined, async (tried) => {
    const progress = tried === 1 ? undefined : await put(`bytes */${sizeBytes}`)
    if (progress && (progress.object || progress.keptBytes > start)) return progress
    return put(`bytes ${start}-${start + piece.length - 1}/${sizeBytes}`, piece)
  })
}

async function* pieces(source: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of source as AsyncIterable<Buffer>) {
    held.push(chunk)
    heldBytes += chunk.length
    while (heldBytes >= pieceBytes) {
      const all = Buffer.concat(held)
      yield all.subarray(0, pieceBytes)
      const rest = all.subarray(pieceBytes)
      held = [rest]
      heldBytes = rest.length
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held)
}
