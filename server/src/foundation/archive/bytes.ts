/** Reading parts of a file by position, in pieces small enough to forget. */
import type { FileHandle } from 'node:fs/promises'
import { archiveTruncated } from './refusals.ts'

// Large reads cost less per byte, small ones less memory; beyond this the gain is lost in noise.
const pieceBytes = 256 * 1024

/** @throws Refusal when the file ends before `length` bytes */
export async function* bytesOf(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  const end = start + length
  for (let at = start; at < end; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, end - at))
    const { bytesRead } = await file.read(piece, 0, piece.length, at)
    if (bytesRead === 0) throw archiveTruncated()
    yield piece.subarray(0, bytesRead)
    at += bytesRead
  }
}

/** The same as one buffer; for what is known to be small. */
export async function allBytes(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const kept: Buffer[] = []
  for await (const piece of pieces) kept.push(piece)
  return Buffer.concat(kept)
}

/** Writes the pieces one after the other. A stream on a FileHandle would keep it from being closed (Node 20). */
export async function writePieces(file: FileHandle, pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten
  }
}
