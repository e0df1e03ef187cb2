/** Indexes a zip by its central directory, held against the local headers; bodies are inflated when they are wanted. */
import type { FileHandle } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type LocalFileHeader, type ZipFile } from 'yauzl'
import { Refusal } from '../refusal.ts'
import { allBytes, bytesOf } from './bytes.ts'
import type { ArchiveEntry, ArchiveLimits, EntryKind } from './entry.ts'
import {
  archiveBroken,
  archiveContradicts,
  archiveEncrypted,
  archiveTruncated,
  formatUnsupported,
  pathTooLong,
  shown,
  tooManyEntries,
  trailingBytes,
} from './refusals.ts'

const [stored, deflated] = [0, 8]
const maxTargetBytes = 4096
const endOfDirectoryBytes = 22
const largeRecordBytes = 56
const locatorBytes = 20

/** What Unix keeps in the mode beside the permissions; nothing when the zip was made elsewhere. */
const kindOfType = new Map<number, EntryKind>([
  [0, 'file'],
  [0o040000, 'folder'],
  [0o100000, 'file'],
  [0o120000, 'symlink'],
])

/** @throws Refusal when it is no well-formed zip, or one whose two descriptions of an entry differ */
export async function zipEntries(file: FileHandle, fileBytes: number, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  const options = { decodeStrings: false, lazyEntries: true, autoClose: false }
  const zip = await yauzl.fromRandomAccessReaderPromise(new ZipBytes(file), fileBytes, options).catch(refuse)
  if (zip.entryCount > limits.entries) throw tooManyEntries(limits.entries)
  const entries: ArchiveEntry[] = []
  const spans: Span[] = []
  let directoryBytes = 0
  const directory = zip.eachEntry()
  for (let next = await ask(directory); !next.done; next = await ask(directory)) {
    directoryBytes += recordBytes(next.value)
    const span = await locate(zip, next.value)
    spans.push(span)
    entries.push(await entryOf(file, next.value, span))
  }
  checkNothingIsSharedBetween(spans)
  await checkNothingIsUncounted(file, fileBytes - endOfDirectoryBytes - zip.comment.length, directoryBytes)
  return entries
}

const recordBytes = (entry: Entry) => 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength

/**
 * Readers differ in how they find the directory: by where it begins, by its size, or by a second record for large zips,
 * and some read on behind the entries that are counted. Here all ways lead to the same entries, and to nothing else.
 */
async function checkNothingIsUncounted(file: FileHandle, end: number, directoryBytes: number): Promise<void> {
  const record = await allBytes(bytesOf(file, end, endOfDirectoryBytes))
  const [size, start] = [record.readUInt32LE(12), record.readUInt32LE(16)]
  const large = await largeRecord(file, end)
  const isRight =
    (size === directoryBytes || (large !== undefined && size === 0xffffffff)) &&
    (large === undefined
      ? start + directoryBytes === end
      : large.size === directoryBytes &&
        large.start + directoryBytes === large.at &&
        (start === large.start || start === 0xffffffff))
  if (!isRight) throw archiveContradicts("the zip's directory holds other entries than it counts")
}

/** What zip64 writes before the end, if anything: a record, and behind it where that one lies. */
async function largeRecord(file: FileHandle, end: number) {
  if (end < largeRecordBytes + locatorBytes) return undefined
  const locator = await allBytes(bytesOf(file, end - locatorBytes, locatorBytes))
  if (locator.readUInt32LE(0) !== 0x07064b50) return undefined
  const at = end - locatorBytes - largeRecordBytes
  const record = await allBytes(bytesOf(file, at, largeRecordBytes))
  const isWhole = locator.readBigUInt64LE(8) === BigInt(at) && record.readUInt32LE(0) === 0x06064b50
  if (!isWhole) throw archiveContradicts("the zip's directory ends in two places")
  return { at, size: Number(record.readBigUInt64LE(40)), start: Number(record.readBigUInt64LE(48)) }
}

/** Where an entry lies: from its local header to the end of its body. */
type Span = { start: number; body: number; end: number; name: Buffer }

async function locate(zip: ZipFile, entry: Entry): Promise<Span> {
  if (entry.isEncrypted()) throw archiveEncrypted()
  if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
    throw formatUnsupported(
      `a zip with compression method ${entry.compressionMethod}`,
      'Let its entries be deflated, which zip programs do unless told otherwise.',
    )
  }
  const local = await zip.readLocalFileHeaderPromise(entry).catch(refuse)
  if (!agree(entry, local)) {
    throw archiveContradicts(`the zip's directory and the entry itself differ about ${shown(entry.fileNameRaw)}`)
  }
  const body = local.fileDataStart
  return { start: entry.relativeOffsetOfLocalHeader, body, end: body + entry.compressedSize, name: entry.fileNameRaw }
}

/** Readers differ in which of the two they believe, so a zip in which they differ means different things to them. */
function agree(entry: Entry, local: LocalFileHeader): boolean {
  const describedBehind = (local.generalPurposeBitFlag & 0x8) !== 0
  const same = (here: number, there: number) => here === there || here === 0xffffffff || (describedBehind && here === 0)
  return (
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    (local.generalPurposeBitFlag & 0x1) === 0 &&
    same(local.crc32, entry.crc32) &&
    same(local.compressedSize, entry.compressedSize) &&
    same(local.uncompressedSize, entry.uncompressedSize)
  )
}

/** Entries that share a body are how a small zip unpacks to petabytes. */
function checkNothingIsSharedBetween(spans: Span[]): void {
  const inOrder = spans.toSorted((a, b) => a.start - b.start)
  for (const [index, span] of inOrder.entries()) {
    const before = inOrder[index - 1]
    if (before && before.end > span.start) {
      throw archiveContradicts(`${shown(before.name)} and ${shown(span.name)} share their bytes`)
    }
  }
}

async function entryOf(file: FileHandle, entry: Entry, span: Span): Promise<ArchiveEntry> {
  const mode = unixMode(entry)
  const kind = kindOf(entry, mode)
  if (kind === 'folder' && entry.uncompressedSize > 0) {
    throw archiveContradicts(`${shown(span.name)} is a folder, and has content`)
  }
  const content = () => contentOf(file, entry, span)
  let target: Buffer = Buffer.alloc(0)
  if (kind === 'symlink') {
    if (entry.uncompressedSize > maxTargetBytes) throw pathTooLong(span.name, `${maxTargetBytes} bytes as a link`)
    target = await allBytes(content())
  }
  return { name: span.name, kind, executable: (mode & 0o100) !== 0, sizeBytes: entry.uncompressedSize, target, content }
}

/** Only Unix and macOS keep a mode; elsewhere those bits mean other things. */
function unixMode(entry: Entry): number {
  const madeOn = entry.versionMadeBy >>> 8
  return madeOn === 3 || madeOn === 19 ? entry.externalFileAttributes >>> 16 : 0
}

function kindOf(entry: Entry, mode: number): EntryKind {
  const kind = kindOfType.get(mode & 0o170000) ?? 'special'
  return kind === 'file' && entry.fileNameRaw.at(-1) === 0x2f ? 'folder' : kind
}

async function* contentOf(file: FileHandle, entry: Entry, { body, name }: Span): AsyncGenerator<Buffer> {
  const compressed = bytesOf(file, body, entry.compressedSize)
  const contents = entry.compressionMethod === deflated ? inflated(compressed, entry) : compressed
  let [size, sum] = [0, 0]
  for await (const piece of contents) {
    size += piece.length
    sum = crc32(piece, sum)
    if (size > entry.uncompressedSize) break
    yield piece
  }
  if (size !== entry.uncompressedSize || sum !== entry.crc32) {
    throw archiveContradicts(`the content of ${shown(name)} is not what its size and checksum promise`)
  }
}

async function* inflated(compressed: AsyncIterable<Buffer>, entry: Entry): AsyncGenerator<Buffer> {
  // Thousands of small files would each claim a large buffer otherwise.
  const chunkSize = Math.min(1024 * 1024, Math.max(1024, entry.uncompressedSize))
  const inflate = createInflateRaw({ chunkSize })
  pipeline(Readable.from(compressed, { objectMode: true }), inflate, () => {})
  try {
    yield* inflate
  } catch (error) {
    refuse(error as Error)
  }
  if (inflate.bytesWritten !== entry.compressedSize)
    throw archiveContradicts(`${shown(entry.fileNameRaw)} ends before its end`)
}

const ask = (directory: AsyncIterableIterator<Entry>) => directory.next().catch(refuse)

/** What yauzl and zlib throw is about the zip; what the file system throws is not. */
function refuse(error: Error): never {
  if (error instanceof Refusal || 'syscall' in error) throw error
  if (/encrypt/.test(error.message)) throw archiveEncrypted()
  if (/truncated|unexpected EOF|overflows/.test(error.message)) throw archiveTruncated()
  if (/extra bytes at the end/.test(error.message)) throw trailingBytes()
  throw archiveBroken(error.message.replace(/^./, (first) => first.toLowerCase()))
}

/** yauzl's own reader passes on offsets that Node refuses by throwing where nobody can catch it. */
class ZipBytes extends yauzl.RandomAccessReader {
  constructor(readonly file: FileHandle) {
    super()
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
    if (!Number.isSafeInteger(position)) return done(archiveTruncated())
    this.file.read(buffer, offset, length, position).then(
      ({ bytesRead }) => done(bytesRead < length ? archiveTruncated() : null),
      (error) => done(error),
    )
  }
}
