/** Where the symlinks of a module may lead. Pure. */
import { folderOf, maxPathBytes, readableText } from '../foundation/archive/paths.ts'
import { pathTooLong } from '../foundation/archive/refusals.ts'
import { linkLeaves, linkLoops } from './archive-refusals.ts'

// What Linux follows before it gives up.
const maxLinkSteps = 40

/** Where a symlink points, as written; whether it may point there is asked once all links are known. */
export function targetOf(path: string, name: Buffer): string {
  const text = readableText(name)
  if (text === '' || text.startsWith('/') || /^[A-Za-z]:/.test(text)) throw linkLeaves(path, name)
  return text
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
