/** Reads a stored archive from its first byte on, and keeps of it what is asked for: nothing of it touches a disk. */
import { blockBytes, isZeroBlock, paddedBytes, readHeader, readPax } from '../tar-header.ts'

export type Unpacked = {
  path: string
  sizeBytes: number
  /** where a symlink points; of a file undefined */
  target: string | undefined
  /** undefined unless it was wanted */
  content: Buffer | undefined
}

export type UnpackLimits = { entries: number; unpackedBytes: number }

/**
 * @param tar in our own normal form: nothing else is ever stored
 * @param wants whether the content of an entry is kept
 */
export async function* unpack(
  tar: AsyncIterable<Buffer>,
  wants: (entry: Unpacked) => boolean,
  limits: UnpackLimits,
): AsyncGenerator<Unpacked> {
  const take = reader(tar, limits.unpackedBytes + limits.entries * 4 * blockBytes)
  let pax = new Map<string, Buffer>()
  for (let entries = 0; entries <= limits.entries; ) {
    const block = (await take(blockBytes, true))!
    if (isZeroBlock(block)) return
    const header = readHeader(block)
    if (header.type === 'x') {
      pax = readPax((await take(paddedBytes(header.sizeBytes), true))!.subarray(0, header.sizeBytes))
      continue
    }
    const isLink = header.type === '2'
    const entry: Unpacked = {
      path: (pax.get('path') ?? header.name).toString(),
      sizeBytes: header.sizeBytes,
      target: isLink ? (pax.get('linkpath') ?? header.target).toString() : undefined,
      content: undefined,
    }
    pax = new Map()
    entries += 1
    const body = await take(paddedBytes(entry.sizeBytes), wants(entry))
    entry.content = body?.subarray(0, entry.sizeBytes)
    yield entry
  }
  throw new Error('A stored archive has more entries than any archive that is taken.')
}

/** Takes so many bytes off the front: kept as one piece, or let go as they come. */
function reader(source: AsyncIterable<Buffer>, maxBytes: number) {
  const pieces = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  let taken = 0

  return async function take(bytes: number, keep: boolean): Promise<Buffer | undefined> {
    taken += bytes
    if (taken > maxBytes) throw new Error('A stored archive is larger than any archive that is taken.')
    const kept: Buffer[] = []
    for (let missing = bytes; missing > 0; ) {
      if (rest.length === 0) rest = await nextPiece()
      const piece = rest.subarray(0, missing)
      rest = rest.subarray(piece.length)
      missing -= piece.length
      if (keep) kept.push(piece)
    }
    return keep ? Buffer.concat(kept) : undefined
  }

  async function nextPiece(): Promise<Buffer> {
    for (;;) {
      const { value, done } = await pieces.next()
      if (done) throw new Error('A stored archive ends before its end.')
      if (value.length > 0) return value
    }
  }
}
