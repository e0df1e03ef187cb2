/** Sends the files of a provider version that the registry does not have yet: four at a time, straight from disk. */
import { createReadStream } from 'node:fs'
import { pipeline, Transform } from 'node:stream'
import type { components } from '@cadastre/contract/openapi.gen'
import type { Call } from './call.ts'
import { exit, Failure } from './exit.ts'
import { contentOf, type Registry } from './registry.ts'
import type { ReleaseFile } from './release-file.ts'
import { progressOf } from './upload-progress.ts'

type StagedFile = components['schemas']['StagedFile']

const atATime = 4

/** @param under the address of the version in the API; each file goes below it */
export async function uploadFiles(call: Call, registry: Registry, under: string, files: ReleaseFile[]): Promise<void> {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const progress = await progressOf(call, total)
  const running = new Set<Transform>()
  const waiting = [...files]
  let sentBytes = 0
  let failed = false

  async function worker(): Promise<void> {
    for (let file = waiting.shift(); file && !failed; file = waiting.shift()) await sendOrRepeat(file)
  }

  async function sendOrRepeat(file: ReleaseFile): Promise<void> {
    try {
      await send(file)
    } catch (error) {
      if (failed || !(error instanceof Failure && error.code === 'unreachable')) throw error
      call.say(`${file.filename}: the connection was lost; sending it again.`)
      await send(file)
    }
  }

  async function send(file: ReleaseFile): Promise<void> {
    let ofThis = 0
    const watched = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        ofThis += chunk.length
        sentBytes += chunk.length
        progress.at(sentBytes)
        done(null, chunk)
      },
    })
    running.add(watched)
    try {
      await sendFile(
        registry,
        under,
        file,
        pipeline(createReadStream(file.path), watched, () => {}),
      )
    } catch (error) {
      sentBytes -= ofThis
      throw error
    } finally {
      running.delete(watched)
    }
  }

  try {
    await Promise.all(Array.from({ length: atATime }, worker))
  } catch (error) {
    failed = true
    for (const stream of running) stream.destroy()
    throw error
  } finally {
    progress.end()
  }
}

async function sendFile({ exchange, authorization }: Registry, under: string, file: ReleaseFile, body: Transform) {
  const url = `${under}/files/${encodeURIComponent(file.filename)}`
  const headers = {
    ...authorization,
    'content-type': 'application/octet-stream',
    'content-length': String(file.sizeBytes),
  }
  const answer = await exchange({ method: 'PUT', url, headers, body })
  const { sha256 } = named(file, () => contentOf<StagedFile>(answer, url))
  if (sha256 === file.sha256) return
  throw new Failure(
    exit.verification,
    'file-changed',
    `${file.path} was changed while it was being sent.`,
    'Publish again when nothing writes to it any more.',
  )
}

/** The registry knows a file by its address alone; here one of many was sent. */
function named<Content>({ filename }: ReleaseFile, read: () => Content): Content {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Failure && error.exitCode === exit.content)) throw error
    const { exitCode, code, message, hint, requestId } = error
    throw new Failure(exitCode, code, `${filename}: ${message}`, hint, requestId)
  }
}
