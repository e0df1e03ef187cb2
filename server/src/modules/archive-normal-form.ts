/**
 * Writes the stored form of a module archive: a tar.gz whose bytes depend on names, contents and executable bits alone.
 * Equal content is recognised by equal bytes, so any change here makes repeated publishes look like conflicts.
 */
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { writePieces } from '../foundation/archive/bytes.ts'
import type { KeptEntry } from './archive-entries.ts'
import { padding, writeHeader } from './tar-header.ts'

const endOfTar = Buffer.alloc(1024)
const [level, osByte, unknownOs] = [6, 9, 255]

export async function writeNormalForm(
  entries: KeptEntry[],
  file: FileHandle,
): Promise<{ sha256: string; contentSha256: string; sizeBytes: number }> {
  const [hash, contentHash] = [createHash('sha256'), createHash('sha256')]
  let sizeBytes = 0

  async function* hashed(pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      contentHash.update(piece)
      yield piece
    }
  }

  async function* measured(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      // zlib names the system it was built for.
      if (sizeBytes === 0) chunk[osByte] = unknownOs
      hash.update(chunk)
      sizeBytes += chunk.length
      yield chunk
    }
  }

  const gzip = createGzip({ level, chunkSize: 64 * 1024 })
  await pipeline(hashed(tarOf(entries)), gzip, measured, (pieces) => writePieces(file, pieces))
  return { sha256: hash.digest('hex'), contentSha256: contentHash.digest('hex'), sizeBytes }
}

/** No folders, no times, no owners. */
async function* tarOf(entries: KeptEntry[]): AsyncGenerator<Buffer> {
  for (const { path, kind, executable, sizeBytes, target, content } of entries) {
    if (kind === 'symlink') {
      yield writeHeader({ path, type: '2', mode: 0o777, sizeBytes: 0, target })
      continue
    }
    yield writeHeader({ path, type: '0', mode: executable ? 0o755 : 0o644, sizeBytes, target: '' })
    yield* content()
    yield padding(sizeBytes)
  }
  yield endOfTar
}
