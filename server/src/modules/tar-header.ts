/** Headers of tar files (ustar, pax, GNU long names): read strictly, and written in one way only. */
import { archiveBroken } from '../foundation/archive/refusals.ts'

export const blockBytes = 512

export type TarHeader = {
  name: Buffer
  /** what a link points to */
  target: Buffer
  /** the type flag: `0` a file, `1` a hard link, `2` a symlink, `5` a folder, … */
  type: string
  mode: number
  sizeBytes: number
}

const field = {
  name: [0, 100],
  mode: [100, 108],
  owner: [108, 116],
  group: [116, 124],
  size: [124, 136],
  time: [136, 148],
  checksum: [148, 156],
  type: [156, 157],
  target: [157, 257],
  magic: [257, 263],
  deviceMajor: [329, 337],
  deviceMinor: [337, 345],
  prefix: [345, 500],
} as const

export const isZeroBlock = (block: Buffer) => block.equals(Buffer.alloc(blockBytes))

export const looksLikeTar = (block: Buffer) =>
  block.length >= blockBytes && isUstar(block.subarray(...field.magic)) && checksumFits(block)

/** @throws Refusal when the block is no header */
export function readHeader(block: Buffer): TarHeader {
  const magic = block.subarray(...field.magic)
  if (!isUstar(magic) || !checksumFits(block)) throw archiveBroken('a tar header does not fit its checksum')
  const [mode, sizeBytes] = [numberIn(block, field.mode), numberIn(block, field.size)]
  if (!Number.isSafeInteger(mode) || !Number.isSafeInteger(sizeBytes)) {
    throw archiveBroken('a tar header has a number out of range')
  }
  // GNU keeps other things where ustar keeps the front part of a long path.
  const prefix = magic[5] === 0 ? textIn(block, field.prefix) : Buffer.alloc(0)
  const name = textIn(block, field.name)
  return {
    name: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : name,
    target: textIn(block, field.target),
    type: String.fromCharCode(block[field.type[0]]!),
    mode,
    sizeBytes,
  }
}

/** The records of a pax header, `<length> <key>=<value>\n` each. */
export function readPax(bytes: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>()
  for (let at = 0; at < bytes.length; ) {
    const [record, digits] = /^([1-9][0-9]{0,9}) /.exec(bytes.toString('latin1', at, at + 11)) ?? []
    const end = at + Number(digits)
    const equals = bytes.indexOf('=', at)
    if (!record || end > bytes.length || bytes[end - 1] !== 0x0a || equals < 0 || equals >= end) {
      throw archiveBroken('a pax header cannot be read')
    }
    records.set(bytes.toString('utf8', at + record.length, equals), bytes.subarray(equals + 1, end - 1))
    at = end
  }
  return records
}

export type WrittenEntry = { path: string; type: '0' | '2'; mode: number; sizeBytes: number; target: string }

/** One ustar header where the path fits, else a pax header before it. */
export function writeHeader(entry: WrittenEntry): Buffer {
  const fitting = ustarPath(entry.path)
  if (fitting && Buffer.byteLength(entry.target) <= 100) return ustarBlock({ ...entry, ...fitting })

  const records = Buffer.from(paxRecord('path', entry.path) + (entry.target && paxRecord('linkpath', entry.target)))
  const plain = { prefix: '', name: 'PaxHeader', target: entry.target && 'PaxHeader', mode: entry.mode }
  return Buffer.concat([
    ustarBlock({ ...plain, type: 'x', sizeBytes: records.length }),
    records,
    padding(records.length),
    ustarBlock({ ...plain, type: entry.type, sizeBytes: entry.sizeBytes }),
  ])
}

export const paddedBytes = (sizeBytes: number) => Math.ceil(sizeBytes / blockBytes) * blockBytes

/** What fills the last block of a body. */
export const padding = (sizeBytes: number) => Buffer.alloc(paddedBytes(sizeBytes) - sizeBytes)

type UstarFields = Omit<TarHeader, 'name' | 'target'> & { prefix: string; name: string; target: string }

function ustarBlock({ prefix, name, target, type, mode, sizeBytes }: UstarFields): Buffer {
  const block = Buffer.alloc(blockBytes)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')} `
  block.write(name, field.name[0])
  block.write(octal(mode, 6), field.mode[0])
  for (const [start] of [field.owner, field.group, field.deviceMajor, field.deviceMinor])
    block.write(octal(0, 6), start)
  block.write(octal(sizeBytes, 11), field.size[0])
  block.write(octal(0, 11), field.time[0])
  block.write(type, field.type[0])
  block.write(target, field.target[0])
  block.write('ustar\x0000', field.magic[0])
  block.write(prefix, field.prefix[0])
  block.write(octal(checksum(block), 6), field.checksum[0])
  return block
}

/** A long path is cut at the first "/" that lets its rest fit; names beyond ASCII are left to pax. */
function ustarPath(path: string): { prefix: string; name: string } | undefined {
  if (Buffer.byteLength(path) !== path.length) return undefined
  for (let cut = -1; cut <= 155; cut = path.indexOf('/', cut + 1)) {
    const name = path.slice(cut + 1)
    if (name.length <= 100) return { prefix: path.slice(0, Math.max(cut, 0)), name }
    if (!name.includes('/')) return undefined
  }
  return undefined
}

/** The length in front of a record counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = Buffer.byteLength(rest)
  while (length < String(length).length + Buffer.byteLength(rest))
    length = String(length).length + Buffer.byteLength(rest)
  return length + rest
}

const isUstar = (magic: Buffer) => magic.equals(Buffer.from('ustar\0')) || magic.equals(Buffer.from('ustar '))

const checksumFits = (block: Buffer) => numberIn(block, field.checksum) === checksum(block)

/** The sum of all bytes, those of the checksum itself taken as blanks. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20
  for (const [index, byte] of block.entries()) {
    if (index < field.checksum[0] || index >= field.checksum[1]) sum += byte
  }
  return sum
}

function textIn(block: Buffer, [start, end]: readonly [number, number]): Buffer {
  const nul = block.indexOf(0, start)
  return block.subarray(start, nul >= 0 && nul < end ? nul : end)
}

/** Octal digits, or GNU's binary form for what these cannot hold; NaN for anything else. */
function numberIn(block: Buffer, [start, end]: readonly [number, number]): number {
  if (block[start] === 0x80) return Number(BigInt(`0x${block.toString('hex', start + 1, end)}`))
  const digits = /^[ \0]*([0-7]*)[ \0]*$/.exec(block.toString('latin1', start, end))?.[1]
  return digits === undefined ? Number.NaN : Number.parseInt(digits || '0', 8)
}
