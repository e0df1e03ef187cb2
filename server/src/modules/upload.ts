/** Receives an archive onto disk, within the size that the settings allow; a cut or oversized upload leaves nothing. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { App } from '../foundation/app.ts'
import { Refusal } from '../foundation/refusal.ts'

export type ReceivedFile = { path: string; remove(): Promise<void> }

/** @throws too-large, or malformed when the body ended early; the part that had arrived is gone then */
export async function receiveFile(app: App, body: Readable): Promise<ReceivedFile> {
  const path = join(app.uploads, randomUUID())
  const remove = () => rm(path, { force: true })
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    await pipeline(body, atMost(app.config.publish.max_module_bytes), file)
    return { path, remove }
  } catch (error) {
    await remove()
    throw isCut(error) ? uploadCut() : error
  }
}

/** Refuses by the announced length, before any byte is received. */
export function refuseTooLarge(app: App, contentLength: string | undefined, allowance = 0): void {
  const maxBytes = app.config.publish.max_module_bytes
  if (contentLength !== undefined && Number(contentLength) > maxBytes + allowance) throw archiveTooLarge(maxBytes)
}

function atMost(maxBytes: number): Transform {
  let received = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length
      if (received > maxBytes) done(archiveTooLarge(maxBytes))
      else done(null, chunk)
    },
  })
}

const isCut = (error: unknown) =>
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'ABORT_ERR'].includes((error as NodeJS.ErrnoException).code ?? '') ||
  /aborted|Unexpected end of/i.test((error as Error).message)

export const archiveTooLarge = (maxBytes: number) =>
  new Refusal(
    'too-large',
    'archive-too-large',
    `The archive is larger than the ${Math.floor(maxBytes / 1_000_000)} MB that this registry accepts.`,
    'Leave out what the module does not need (.terraformignore), or ask for a larger publish.max_module_bytes.',
  )

export const uploadCut = () =>
  new Refusal('malformed', 'upload-cut', 'The upload ended before all of it had arrived.', 'Send it again.')
