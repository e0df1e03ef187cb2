/** A file of a provider version on disk, with what is said of it in SHA256SUMS. */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'

export type ReleaseFile = {
  /** as the registry knows it; on disk it may be called otherwise */
  filename: string
  path: string
  sizeBytes: number
  sha256: string
}

export type SmallFile = ReleaseFile & { bytes: Buffer }

/** A file that has to be understood, and so is read whole. @returns undefined when there is none */
export function smallFile(filename: string, path: string): SmallFile | undefined {
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  return { filename, path, bytes, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
