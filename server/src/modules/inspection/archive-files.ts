/** Goes through a stored archive once: lists what is in it, and takes out the files that are read. */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ArchivedFile } from '@cadastre/contract/module-knowledge'
import { bytesOf } from '../../foundation/archive/bytes.ts'
import { archiveBroken, archiveTruncated } from '../../foundation/archive/refusals.ts'
import { blockBytes, isZeroBlock, paddedBytes, readHeader, readPax } from '../tar-header.ts'

export type ArchiveContent = {
  files: ArchivedFile[]
  /** path → content, of what was wanted */
  taken: Map<string, Buffer>
}

/** Enough to tell a text from everything else. */
const sampleBytes = 4096
/** The stored form has longer headers for nothing but paths. */
const maxExtensionBytes = 64 * 1024

/**
 * @param wants is asked for each file in turn, as there may only be so much of all together
 * @throws Refusal when it is no whole tar.gz
 */
export async function readArchive(
  path: string,
  wants: (path: string, sizeBytes: number) => boolean,
): Promise<ArchiveContent> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const content: ArchiveContent = { files: [], taken: new Map() }
    await pipeline(bytesOf(file, 0, size), createGunzip({ chunkSize: 64 * 1024 }), (pieces) =>
      readTar(new PieceReader(pieces), wants, content),
    )
    return content
  } finally {
    await file.close()
  }
}

async function readTar(
  reader: PieceReader,
  wants: (path: string, sizeBytes: number) => boolean,
  { files, taken }: ArchiveContent,
): Promise<void> {
  for (let longPath: string | undefined; ; ) {
    const block = await reader.take(blockBytes)
    if (isZeroBlock(block)) break
    const { type, name, sizeBytes } = readHeader(block)
    if (type === 'x') {
      if (sizeBytes > maxExtensionBytes) throw archiveBroken('a tar header is longer than its form allows')
      longPath = readPax(await reader.take(sizeBytes))
        .get('path')
        ?.toString()
      await reader.skip(paddedBytes(sizeBytes) - sizeBytes)
      continue
    }
    const path = longPath ?? name.toString()
    longPath = undefined
    if (type !== '0') {
      await reader.skip(paddedBytes(sizeBytes))
      continue
    }
    const isWanted = wants(path, sizeBytes)
    const start = await reader.take(isWanted ? sizeBytes : Math.min(sizeBytes, sampleBytes))
    const digest = createHash('sha256').update(start)
    await reader.skip(sizeBytes - start.length, (piece) => digest.update(piece))
    await reader.skip(paddedBytes(sizeBytes) - sizeBytes)
    if (isWanted) taken.set(path, start)
    files.push({ path, sizeBytes, isText: isText(start.subarray(0, sampleBytes)), sha256: digest.digest('hex') })
  }
  await reader.end()
}

/** UTF-8 without NUL, as far as it was looked at; the last character may be cut off. */
function isText(sample: Buffer): boolean {
  if (sample.includes(0)) return false
  return [0, 1, 2, 3].some((cut) => cut <= sample.length && isUtf8(sample.subarray(0, sample.length - cut)))
}

/** Takes bytes from pieces of any size. */
class PieceReader {
  private readonly pieces: AsyncIterator<Buffer>
  private rest: Buffer = Buffer.alloc(0)

  constructor(pieces: AsyncIterable<Buffer>) {
    this.pieces = pieces[Symbol.asyncIterator]()
  }

  /** @throws Refusal when there are fewer */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let missing = count; missing > 0; ) {
      const part = await this.some(missing)
      parts.push(part)
      missing -= part.length
    }
    return Buffer.concat(parts)
  }

  /** @param passed is shown what is skipped */
  async skip(count: number, passed?: (piece: Buffer) => void): Promise<void> {
    for (let missing = count; missing > 0; ) {
      const piece = await this.some(missing)
      passed?.(piece)
      missing -= piece.length
    }
  }

  /** Reads on to the end: only then the checksum of the whole was checked. */
  async end(): Promise<void> {
    while (!(await this.pieces.next()).done);
  }

  private async some(atMost: number): Promise<Buffer> {
    if (this.rest.length === 0) {
      const { done, value } = await this.pieces.next()
      if (done) throw archiveTruncated()
      this.rest = value
    }
    const part = this.rest.subarray(0, atMost)
    this.rest = this.rest.subarray(part.length)
    return part
  }
}
