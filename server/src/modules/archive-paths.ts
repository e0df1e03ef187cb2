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

/** The same for two paths that are one on macOS or Windows, which tell neither case nor ways to write an accent apart. */
export const folded = (path: string): string => path.normalize('NFD').toUpperCase().toLowerCase()

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
 * Follows every symlink through all others, as an operating system would: a target that looks harmless as text can still
 * climb out of the root by way of a second link. Each is followed once, or a few kilobytes could ask for minutes.
 * @param links path → target of every symlink
 */
export function checkLinksStayInside(links: Map<string, string>): void {
  const known = new Map<string, { end: string; steps: number }>()
  for (const path of links.keys()) follow(path, 1)

  function follow(path: string, depth: number): { end: string; steps: number } {
    const before = known.get(path)
    if (before) return before
    if (depth > maxLinkSteps) throw linkLoops(path)
    const target = links.get(path)!
    let [here, steps] = [folderOf(path), 1]
    for (const part of target.split('/').filter((part) => part !== '' && part !== '.')) {
      if (part === '..' && here === '') throw linkLeaves(path, target)
      here = part === '..' ? folderOf(here) : here === '' ? part : `${here}/${part}`
      if (here.length > maxPathBytes) throw pathTooLong(Buffer.from(path), `${maxPathBytes} bytes where it leads`)
      if (part === '..' || !links.has(here)) continue
      const next = follow(here, depth + 1)
      steps += next.steps
      if (steps > maxLinkSteps) throw linkLoops(path)
      here = next.end
    }
    known.set(path, { end: here, steps })
    return { end: here, steps }
  }
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
