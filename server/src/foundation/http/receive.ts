/** Receives a file onto disk, within a size, with its digest taken on the way; a cut or oversized upload leaves nothing. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { App } from '../app.ts'
import { Refusal } from '../refusal.ts'

export type ReceivedFile = { path: string; sha256: string; sizeBytes: number; remove(): Promise<void> }

export type SizeLimit = { maxBytes: number; tooLarge(): Refusal }

/** @throws too-large, or malformed when the body ended early; the part that had arrived is gone then */
export async function receiveFile(app: App, body: Readable, limit: SizeLimit): Promise<ReceivedFile> {
  const path = join(app.uploads, randomUUID())
  const remove = () => rm(path, { force: true })
  const measured = measure(limit)
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    await pipeline(body, measured.through, file)
    return { path, ...measured.result(), remove }
  } catch (error) {
    await remove()
    throw isCut(error) ? uploadCut() : error
  }
}

/** Refuses by the announced length, before any byte is received. */
export function refuseTooLarge(
  contentLength: string | undefined,
  { maxBytes, tooLarge }: SizeLimit,
  allowance = 0,
): void {
  if (contentLength !== undefined && Number(contentLength) > maxBytes + allowance) throw tooLarge()
}

function measure({ maxBytes, tooLarge }: SizeLimit) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) return done(tooLarge())
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { through, result: () => ({ sha256: hash.digest('hex'), sizeBytes }) }
}

const isCut = (error: unknown) =>
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'].includes((error as NodeJS.ErrnoException).code ?? '') ||
  /aborted|Unexpected end of/i.test((error as Error).message)

export const uploadCut = () =>
  new Refusal('malformed', 'upload-cut', 'The upload ended before all of it had arrived.', 'Send it again.')
