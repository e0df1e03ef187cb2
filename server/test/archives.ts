/**
 * Makes archives for tests, byte by byte: good ones with `tarGz` and `zip`, and with `tarOf` and `zipOf` whatever a
 * header can say, true or not. Shares no code with what reads archives.
 */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

/** Path → content. */
export type Files = Record<string, string | Buffer>

export const tarGz = (files: Files): Buffer => gzipSync(tarOf(entriesOf(files)))

export const tar = (files: Files): Buffer => tarOf(entriesOf(files))

export const zip = (files: Files): Buffer => zipOf(entriesOf(files))

/** The smallest module that is accepted, with these files more. */
export const moduleFiles = (files: Files = {}): Files => ({ 'main.tf': 'output "one" { value = 1 }\n', ...files })

const entriesOf = (files: Files) => Object.entries(files).map(([name, content]) => ({ name, content }))

export type TarEntry = {
  name: string | Buffer
  content?: string | Buffer
  /** the type flag, `0` unless said; `5` a folder, `1` a hard link, `2` a symlink, `3` a device … */
  type?: string
  mode?: number
  target?: string | Buffer
  prefix?: string
  time?: number
  magic?: string
  /** what the header says, when it is not the truth; bytes are written as they are */
  size?: number | string | Buffer
}

export const tarOf = (entries: TarEntry[], end: Buffer = Buffer.alloc(1024)): Buffer =>
  Buffer.concat([...entries.map(tarEntry), end])

export const tarGzOf = (entries: TarEntry[], end?: Buffer): Buffer => gzipSync(tarOf(entries, end))

export const tarEntry = (entry: TarEntry): Buffer => {
  const content = Buffer.from(entry.content ?? '')
  return Buffer.concat([tarHeader(entry), content, Buffer.alloc(-content.length & 511)])
}

export function tarHeader(entry: TarEntry): Buffer {
  const block = Buffer.alloc(512)
  const put = (text: string | Buffer, at: number, width: number) => Buffer.from(text).copy(block, at, 0, width)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  put(entry.name, 0, 100)
  put(octal(entry.mode ?? 0o644, 7), 100, 8)
  put(octal(1000, 7), 108, 8)
  put(octal(1000, 7), 116, 8)
  const size = entry.size ?? Buffer.byteLength(entry.content ?? '')
  put(typeof size === 'number' ? octal(size, 11) : size, 124, 12)
  put(octal(entry.time ?? 1_700_000_000, 11), 136, 12)
  put(entry.type ?? '0', 156, 1)
  put(entry.target ?? '', 157, 100)
  put(entry.magic ?? 'ustar\x0000', 257, 8)
  put(entry.prefix ?? '', 345, 155)
  return withChecksum(block)
}

export function withChecksum(block: Buffer): Buffer {
  block.fill(' ', 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1')
  return block
}

/** A pax header for the entry that follows it (`x`), or for all of them (`g`). */
export function pax(records: Record<string, string | Buffer>, type: 'x' | 'g' = 'x'): TarEntry {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')])
    let length = rest.length
    while (length !== rest.length + String(length).length) length = rest.length + String(length).length
    return Buffer.concat([Buffer.from(String(length)), rest])
  })
  return { name: 'PaxHeaders/next', type, content: Buffer.concat(lines) }
}

/** GNU's header for a name, or with `K` a link's target, that is longer than a header has room for. */
export const gnuLong = (name: string | Buffer, type: 'L' | 'K' = 'L'): TarEntry => ({
  name: '././@LongLink',
  type,
  magic: 'ustar  \0',
  content: Buffer.concat([Buffer.from(name), Buffer.alloc(1)]),
})

export type ZipEntry = {
  name: string | Buffer
  content?: string | Buffer
  /** with its type; 0 leaves out what Unix says of a file */
  mode?: number
  /** 8 deflated, 0 stored */
  method?: number
  flags?: number
  madeOn?: number
  /** instead of the compressed content */
  body?: Buffer
  /** what both descriptions say, when it is not the truth */
  says?: Partial<ZipDescription>
  /** what only the entry itself says, other than the directory */
  local?: Partial<ZipDescription>
  /** where the directory says that the entry begins */
  offset?: number
  /** sizes and checksum come behind the body */
  described?: boolean
}

type ZipDescription = {
  name: string | Buffer
  method: number
  flags: number
  crc: number
  packed: number
  size: number
}

/** @param end what the end of the directory says, when it is not the truth */
export function zipOf(entries: ZipEntry[], end: { count?: number; comment?: string } = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { local, central } = zipEntry(entry, entry.offset ?? at)
    bodies.push(local)
    directory.push(central)
    at += local.length
  }
  const records = Buffer.concat(directory)
  const count = end.count ?? entries.length
  const comment = Buffer.from(end.comment ?? '')
  const last = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, records.length], [4, at])
  return Buffer.concat([...bodies, records, last, numbers([2, comment.length]), comment])
}

function zipEntry(entry: ZipEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content ?? '')
  const method = entry.method ?? 8
  const body = entry.body ?? (method === 8 ? deflateRawSync(content) : content)
  const truth = {
    method,
    flags: 0x800 | (entry.flags ?? 0),
    crc: crc32(content),
    packed: body.length,
    size: content.length,
  }
  const described = { ...truth, name: entry.name, ...entry.says }
  if (entry.described) described.flags |= 0x8
  const blank = entry.described ? { crc: 0, packed: 0, size: 0 } : {}
  const own = zipDescription({ ...described, ...blank, ...entry.local })
  const behind = numbers([4, 0x08074b50], [4, described.crc], [4, described.packed], [4, described.size])
  const listed = zipDescription(described)
  const mode = entry.mode ?? 0o100644
  return {
    local: Buffer.concat([numbers([4, 0x04034b50]), own.fields, own.name, body, ...(entry.described ? [behind] : [])]),
    central: Buffer.concat([
      numbers([4, 0x02014b50], [2, ((entry.madeOn ?? 3) << 8) | 20]),
      listed.fields,
      numbers([2, 0], [2, 0], [2, 0], [4, (mode << 16) >>> 0], [4, offset]),
      listed.name,
    ]),
  }
}

/** The part that an entry and its record in the directory have in common. */
function zipDescription({ name, method, flags, crc, packed, size }: ZipDescription) {
  const bytes = Buffer.from(name)
  const time = numbers([2, 0], [2, 0x5821])
  const sizes = numbers([4, crc], [4, packed], [4, size], [2, bytes.length], [2, 0])
  return { name: bytes, fields: Buffer.concat([numbers([2, 20], [2, flags], [2, method]), time, sizes]) }
}

function numbers(...fields: [bytes: number, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes)
      field.writeUIntLE(value, 0, bytes)
      return field
    }),
  )
}
