/** Indexes a tar file by walking its headers in place: what is in it, and where. Bodies are read when they are wanted. */
import type { FileHandle } from 'node:fs/promises'
import { allBytes, bytesOf } from '../foundation/archive/bytes.ts'
import type { ArchiveEntry, ArchiveLimits, EntryKind } from '../foundation/archive/entry.ts'
import { maxPathBytes } from '../foundation/archive/paths.ts'
import {
  archiveBroken,
  archiveContradicts,
  archiveTruncated,
  pathTooLong,
  shown,
  specialFile,
  tooManyEntries,
  trailingBytes,
} from '../foundation/archive/refusals.ts'
import { blockBytes, isZeroBlock, paddedBytes, readHeader, readPax, type TarHeader } from './tar-header.ts'

const kindOf: Record<string, EntryKind> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'special',
  '4': 'special',
  '5': 'folder',
  '6': 'special',
}

const slash = 0x2f

// Larger ones carry extended attributes, which are not kept.
const maxExtensionBytes = 1024 * 1024
// Of all together. Reading them costs much more than reading what they describe.
const maxExtensionsBytes = 16 * 1024 * 1024

/** What headers of their own say about the entry that follows them. */
type Extension = { name?: Buffer; target?: Buffer; sizeBytes?: number }

/** @throws Refusal when it is no well-formed tar from its first to its last byte */
export async function tarEntries(file: FileHandle, fileBytes: number, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  let extension: Extension = {}
  let [at, extensionsBytes] = [0, 0]
  for (let headers = 0; ; headers++) {
    if (entries.length > limits.entries || headers > limits.entries * 4) throw tooManyEntries(limits.entries)
    const block = await allBytes(bytesOf(file, at, blockBytes))
    if (isZeroBlock(block)) break
    const header = readHeader(block)
    const body = at + blockBytes
    if ('xgLK'.includes(header.type)) {
      extensionsBytes += header.sizeBytes
      if (extensionsBytes > maxExtensionsBytes) throw archiveBroken('its tar headers are longer than 16 MB together')
      extension = await extended(extension, header, file, body)
      at = body + paddedBytes(header.sizeBytes)
      continue
    }
    const entry = entryOf(header, extension, file, body)
    entries.push(entry)
    extension = {}
    at = body + paddedBytes(entry.sizeBytes)
    if (at > fileBytes) throw archiveTruncated()
  }
  if (Object.keys(extension).length > 0) throw archiveBroken('its last tar header belongs to nothing')
  for await (const piece of bytesOf(file, at, fileBytes - at)) {
    if (!piece.equals(Buffer.alloc(piece.length))) throw trailingBytes()
  }
  return entries
}

async function extended(before: Extension, header: TarHeader, file: FileHandle, body: number): Promise<Extension> {
  if (header.sizeBytes > maxExtensionBytes) throw archiveBroken('a tar header is longer than 1 MB')
  const bytes = await allBytes(bytesOf(file, body, header.sizeBytes))
  switch (header.type) {
    case 'L':
      return { ...before, name: keptName(untilNul(bytes)) }
    case 'K':
      return { ...before, target: keptName(untilNul(bytes)) }
    case 'x':
      return { ...before, ...paxExtension(readPax(bytes)) }
    default:
      // A global header is a remark on the whole: git leaves its commit there.
      return before
  }
}

function paxExtension(records: Map<string, Buffer>): Extension {
  const [name, target, size] = [records.get('path'), records.get('linkpath'), records.get('size')?.toString()]
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.'))) throw specialFile(name ?? Buffer.from('A file'))
  if (size && !/^[0-9]{1,15}$/.test(size)) throw archiveBroken('a pax header has a size out of range')
  return {
    ...(name && { name: keptName(name) }),
    ...(target && { target: keptName(target) }),
    ...(size && { sizeBytes: Number(size) }),
  }
}

/** Thousands of names are held at once, so a name does not hold on to the megabyte that it came in. */
function keptName(name: Buffer): Buffer {
  if (name.length > maxPathBytes) throw pathTooLong(name, `${maxPathBytes} bytes`)
  return Buffer.from(name)
}

function entryOf(header: TarHeader, extension: Extension, file: FileHandle, body: number): ArchiveEntry {
  const { name, target, sizeBytes } = { ...header, ...extension }
  // Before there was a type for folders they were told by their last character.
  const kind = header.type === '\0' && name.at(-1) === slash ? 'folder' : (kindOf[header.type] ?? 'special')
  if (kind !== 'file' && kind !== 'special' && sizeBytes > 0) {
    throw archiveContradicts(`${shown(name)} is a folder or a link, and has content`)
  }
  const executable = (header.mode & 0o100) !== 0
  return { name, kind, executable, sizeBytes, target, content: () => bytesOf(file, body, sizeBytes) }
}

function untilNul(bytes: Buffer): Buffer {
  const nul = bytes.indexOf(0)
  return nul < 0 ? bytes : bytes.subarray(0, nul)
}
