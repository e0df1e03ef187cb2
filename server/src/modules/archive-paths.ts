/** What a path in an archive may look like, and where its symlinks may lead. Pure. */
import {
  linkLeaves,
  linkLoops,
  pathAbsolute,
  pathBackslash,
  pathCharacters,
  pathClimbs,
  pathEncoding,
  pathTooLong,
} from './archive-refusals.ts'

export const maxPathBytes = 1024
// What ext4, XFS, APFS and NTFS take for one name.
const maxNameBytes = 255
// What Linux follows before it gives up.
const maxLinkSteps = 40

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** @returns the path below the root without "." and empty parts; empty for the root itself */
export function pathIn(name: Buffer): string {
  const text = readableText(name)
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) throw pathAbsolute(name)
  const parts = text.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw pathClimbs(name)
  if (parts.some((part) => Buffer.byteLength(part) > maxNameBytes))
    throw pathTooLong(name, `${maxNameBytes} bytes in one name`)
  return parts.join('/')
}

/** Where a symlink points, as written; whether it may point there is asked once all links are known. */
export function targetOf(path: string, name: Buffer): string {
  const text = readableText(name)
  if (text === '' || text.startsWith('/') || /^[A-Za-z]:/.test(text)) throw linkLeaves(path, name)
  return text
}

/** Text that can be a path on every system a module is unpacked on. */
function readableText(name: Buffer): string {
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

/**
 * Follows a symlink through all others, as an operating system would: a target that looks harmless as text can still
 * climb out of the root by way of a second link.
 * @param links path → target of every symlink
 */
export function checkLinkStaysInside(path: string, links: Map<string, string>): void {
  const target = links.get(path)!
  const here = path.split('/').slice(0, -1)
  const ahead = target.split('/').reverse()
  for (let steps = 0; ahead.length > 0; ) {
    const part = ahead.pop()!
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (here.pop() === undefined) throw linkLeaves(path, target)
      continue
    }
    here.push(part)
    const next = links.get(here.join('/'))
    if (next === undefined) continue
    if (++steps > maxLinkSteps) throw linkLoops(path)
    here.pop()
    ahead.push(...next.split('/').reverse())
  }
}
