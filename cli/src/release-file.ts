/** A file of a provider version on disk, with what is said of it in SHA256SUMS. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { exit, Failure } from './exit.ts'

export type ReleaseFile = {
  /** as the registry knows it; on disk it may be called otherwise */
  filename: string
  path: string
  sizeBytes: number
  sha256: string
}

export type SmallFile = ReleaseFile & { bytes: Buffer }

/** What the registry takes of such files; none of them comes near. */
const smallKb = 256

/** A file that has to be understood, and so is read whole. @returns undefined when there is none, or something else */
export function smallFile(filename: string, path: string): SmallFile | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  // Reading from a pipe could wait for ever.
  if (!stat?.isFile()) return undefined
  if (stat.size > smallKb * 1024)
    throw new Failure(
      exit.content,
      'file-too-large',
      `${path} is larger than ${smallKb} KiB, which none of its kind is.`,
    )
  const bytes = readFileSync(path)
  return { filename, path, bytes, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** In large pieces, since zips are large. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
