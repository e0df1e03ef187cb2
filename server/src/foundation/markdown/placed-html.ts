/**
 * Reads HTML, and leaves out elements that stand where they mean nothing. What is left is read anew: in
 * `<li><summary><a><li>` the summary keeps one item inside of the other, and without it browsers see two, with the link
 * in both.
 */
import type { Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { countedHtml } from './counted-html.ts'
import { TooMuch } from './limits.ts'
import { placesOfElements } from './safe-html.ts'
import { replaceElements } from './tree.ts'

const maxRounds = 10

/**
 * What comes back is read by browsers as it was read here. A table in a link in a table is not: there a link ends that
 * goes on here, and one place would become two.
 * @throws TooMuch
 */
export function placedHtml(html: string): Root {
  let root = countedHtml(html)
  let written = ''
  for (let round = 0; round <= maxRounds; round += 1) {
    const isPlaced = !leaveOutMisplaced(root)
    const before = written
    written = toHtml(root)
    if (isPlaced && written === before) return root
    root = countedHtml(written)
  }
  throw new TooMuch('elements out of their places')
}

/** @returns whether there was one; what is inside of it stays */
function leaveOutMisplaced(root: Root): boolean {
  let found = false
  replaceElements(root, ({ tagName, children }, ancestors) => {
    const places = placesOfElements[tagName]
    if (!places || ancestors.some((ancestor) => places.includes(ancestor.tagName))) return undefined
    found = true
    return children
  })
  return found
}
