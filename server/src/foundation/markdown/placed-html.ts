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

/** @throws TooMuch */
export function placedHtml(html: string): Root {
  let root = countedHtml(html)
  for (let round = 0; leaveOutMisplaced(root); round += 1) {
    if (round === maxRounds) throw new TooMuch('elements out of their places')
    root = countedHtml(toHtml(root))
  }
  return root
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
