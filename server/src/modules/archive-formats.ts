/** Tells the format of an archive from its first bytes, whatever its name, and lists what is in it. */
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { allBytes, bytesOf, writePieces } from '../foundation/archive/bytes.ts'
import type { ArchiveEntry, ArchiveLimits } from '../foundation/archive/entry.ts'
import {
  archiveBroken,
  archiveTruncated,
  formatUnsupported,
  ratioTooHigh,
  trailingBytes,
  unpackedTooLarge,
} from '../foundation/archive/refusals.ts'
import { zipEntries } from '../foundation/archive/zip.ts'
import { archiveEmpty, archiveNotRecognised } from './archive-refusals.ts'
import { tarEntries } from './archive-tar.ts'
import { blockBytes, isZeroBlock, looksLikeTar } from './tar-header.ts'

/**
 * @param spool an empty file that takes the unpacked tar of a tar.gz, so that it can be read in any order
 * @throws Refusal when it is no archive that is read here, or not whole
 */
export async function listArchive(
  sent: FileHandle,
  sentBytes: number,
  spool: FileHandle,
  limits: ArchiveLimits,
): Promise<ArchiveEntry[]> {
  if (sentBytes === 0) throw archiveEmpty()
  const start = await firstBlock(sent, sentBytes)
  if (beginsWith(start, '1f8b')) {
    const unpackedBytes = await unpackGzip(sent, sentBytes, spool, limits)
    if (unpackedBytes === 0) throw archiveEmpty()
    if (!isTar(await firstBlock(spool, unpackedBytes))) throw archiveNotRecognised()
    return tarEntries(spool, unpackedBytes, limits)
  }
  if (beginsWith(start, '504b0304') || beginsWith(start, '504b0506')) return zipEntries(sent, sentBytes, limits)
  if (isTar(start)) return tarEntries(sent, sentBytes, limits)
  throw unreadFormat(start)
}

// Known by name only. For bzip2 and xz there is no decoder that is both kept up and works in little memory: xz may ask
// for a window of many gigabytes.
const unread: [magic: string, format: string][] = [
  ['425a68', 'a tar.bz2'],
  ['fd377a585a00', 'a tar.xz'],
  ['28b52ffd', 'a tar.zst'],
  ['4c5a4950', 'a tar.lz'],
  ['377abcaf271c', 'a 7z'],
  ['526172211a07', 'a rar'],
]

function unreadFormat(start: Buffer) {
  const found = unread.find(([magic]) => beginsWith(start, magic))
  return found ? formatUnsupported(found[1], 'Send tar.gz or zip.') : archiveNotRecognised()
}

/** @returns the number of unpacked bytes */
async function unpackGzip(
  sent: FileHandle,
  sentBytes: number,
  spool: FileHandle,
  limits: ArchiveLimits,
): Promise<number> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 })
  const bound = tarBound(sentBytes, limits)
  let unpackedBytes = 0

  async function* bounded(pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      unpackedBytes += piece.length
      if (unpackedBytes > bound.bytes) throw bound.refusal()
      yield piece
    }
  }

  try {
    await pipeline(bytesOf(sent, 0, sentBytes), gunzip, bounded, (pieces) => writePieces(spool, pieces))
  } catch (error) {
    throw gunzipRefusal(error as NodeJS.ErrnoException)
  }
  // Behind the end of the last gzip member zlib skips over zeros.
  if (gunzip.bytesWritten !== sentBytes) throw trailingBytes()
  return unpackedBytes
}

/** A bomb stops here. What is unpacked is judged again when it is known what of it are headers and blanks. */
function tarBound(sentBytes: number, limits: ArchiveLimits): { bytes: number; refusal(): Error } {
  const headerBytes = limits.entries * 4 * blockBytes
  const byRatio = Math.max(limits.ratioFromBytes, limits.ratio * sentBytes)
  return byRatio < limits.unpackedBytes
    ? { bytes: byRatio + headerBytes, refusal: () => ratioTooHigh(limits.ratio) }
    : { bytes: limits.unpackedBytes + headerBytes, refusal: () => unpackedTooLarge(limits.unpackedBytes) }
}

function gunzipRefusal(error: NodeJS.ErrnoException): Error {
  if (error.code === 'Z_BUF_ERROR') return archiveTruncated()
  // The first member begins as it should, so what does not is where zlib looks for a second one.
  if (error.message === 'incorrect header check') return trailingBytes()
  return error.code?.startsWith('Z_') ? archiveBroken(`gzip says ${error.message}`) : error
}

const firstBlock = (file: FileHandle, fileBytes: number) => allBytes(bytesOf(file, 0, Math.min(blockBytes, fileBytes)))

const isTar = (start: Buffer) => start.length === blockBytes && (looksLikeTar(start) || isZeroBlock(start))

const beginsWith = (start: Buffer, magic: string) => start.subarray(0, magic.length / 2).toString('hex') === magic
