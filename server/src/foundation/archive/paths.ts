/** What a path in an archive may look like. Pure. */
import { pathAbsolute, pathBackslash, pathCharacters, pathClimbs, pathEncoding, pathTooLong } from './refusals.ts'

export const maxPathBytes = 1024
// What ext4, XFS, APFS and NTFS take for one name.
const maxNameBytes = 255

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @returns the path below the root without "." and empty parts; empty for the root itself */
export function pathIn(name: Buffer): string {
  const text = readableText(name)
  if (text.startsWith('/')) throw pathAbsolute(name)
  const parts = text.split('/').filter((part) => part !== '' && part !== '.')
  // Wherever it stands: a folder around it may be stripped.
  if (parts.some((part) => /^[A-Za-z]:/.test(part))) throw pathAbsolute(name)
  if (parts.includes('..')) throw pathClimbs(name)
  if (parts.some((part) => Buffer.byteLength(part) > maxNameBytes))
    throw pathTooLong(name, `${maxNameBytes} bytes in one name`)
  return parts.join('/')
}

/** Empty for what lies at the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The same for two paths that are one on macOS or Windows, which tell neither case nor ways to write an accent apart. */
export const folded = (path: string): string => path.normalize('NFD').toUpperCase().toLowerCase()

/** Text that can be a path on every system an archive is unpacked on. */
export function readableText(name: Buffer): string {
  if (name.length > maxPathBytes) throw pathTooLong(name, `${maxPathBytes} bytes`)
  const text = decoded(name)
  if (text.includes('\\')) throw pathBackslash(name)
  if (/\p{Cc}/u.test(text)) throw pathCharacters(name)
  return text
}

function decoded(name: Buffer): string {
  try {
    return strictUtf8.decode(name)
  } catch {
    throw pathEncoding(name)
  }
}

/** As `LC_ALL=C sort` does, so that one content has one order everywhere. */
export function inByteOrder<Item>(items: Item[], nameOf: (item: Item) => string | Buffer): Item[] {
  const keyed = items.map((item) => ({ item, key: Buffer.from(nameOf(item)) }))
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item)
}
