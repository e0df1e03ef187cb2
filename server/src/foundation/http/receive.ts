/** Receives a file onto disk, within a size, with its digest taken on the way; a cut or oversized upload leaves nothing. */
import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { Refusal } from '../refusal.ts'

export type ReceivedFile = { path: string; sha256: string; sizeBytes: number; remove(): Promise<void> }

// Fewer writes, and still in the processor's cache from hashing: twice as much costs more again.
const writtenAtOnce = 512 * 1024

export type SizeLimit = { maxBytes: number; tooLarge(): Refusal }

/** @throws too-large, or malformed when the body ended early; the part that had arrived is gone then */
export async function receiveFile(app: App, body: Readable, limit: SizeLimit): Promise<ReceivedFile> {
  const path = join(app.uploads, randomUUID())
  const remove = () => rm(path, { force: true })
  const file = await open(path, 'wx', 0o600)
  try {
    const received = await receiveInto(file, body, limit).finally(() => file.close())
    return { path, ...received, remove }
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

/** What comes is gathered, and hashed while what came before is being written: fewer, larger writes cost less. */
async function receiveInto(file: FileHandle, body: Readable, { maxBytes, tooLarge }: SizeLimit) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let gathered: Buffer[] = []
  let gatheredBytes = 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) throw tooLarge()
      hash.update(piece)
      gathered.push(piece)
      gatheredBytes += piece.length
      if (gatheredBytes < writtenAtOnce) continue
      await writing
      writing = writeAll(file, gathered)
      // Waited for in any case, though perhaps not before the next piece comes.
      writing.catch(() => {})
      gathered = []
      gatheredBytes = 0
    }
    await writing
    if (gathered.length > 0) await writeAll(file, gathered)
    return { sha256: hash.digest('hex'), sizeBytes }
  } finally {
    await writing.catch(() => {})
  }
}

async function writeAll(file: FileHandle, pieces: Buffer[]): Promise<void> {
  const { bytesWritten } = await file.writev(pieces)
  const allBytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (bytesWritten === allBytes) return
  const rest = Buffer.concat(pieces).subarray(bytesWritten)
  for (let at = 0; at < rest.length; ) at += (await file.write(rest, at)).bytesWritten
}

const isCut = (error: unknown) =>
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'].includes((error as NodeJS.ErrnoException).code ?? '') ||
  /aborted|Unexpected end of/i.test((error as Error).message)

export const uploadCut = () =>
  new Refusal('malformed', 'upload-cut', 'The upload ended before all of it had arrived.', 'Send it again.')
