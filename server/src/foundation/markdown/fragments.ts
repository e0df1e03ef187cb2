/**
 * Short texts of which a page has many, such as descriptions, into safe HTML: without headings and places, which would
 * come between those of the page.
 */
import type { Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { colourBlocks } from './code-blocks.ts'
import { limits, TooMuch } from './limits.ts'
import { type Links, rewriteLinks } from './links.ts'
import { htmlOf } from './render.ts'
import { safeHtml } from './safe-html.ts'
import { makeReachable } from './tables.ts'
import { elementsOf } from './tree.ts'

export type Fragments = {
  texts: string[]
  links?: Links
  /** for those that are asked for together; what is not begun by then is left */
  deadlineMs?: number
}

/**
 * @returns for each text its HTML; null where it is too large or too intricate, or its turn never came, and is to be
 * shown as it was written
 */
export function renderFragments({ texts, links, deadlineMs = limits.fragmentsMs }: Fragments): (string | null)[] {
  const end = performance.now() + deadlineMs
  let left = limits.fragmentsCharacters
  return texts.map((markdown, at) => {
    const isLate = at > 0 && performance.now() >= end
    if (isLate || left <= 0 || markdown.length > limits.fragmentCharacters) return null
    const html = fragment(markdown, links)
    left -= html?.length ?? 0
    return html
  })
}

function fragment(markdown: string, links: Links | undefined): string | null {
  try {
    const root = htmlOf(markdown)
    leaveOutPlaces(root)
    rewriteLinks(root, links, () => undefined)
    makeReachable(root)
    const safe = safeHtml(root)
    colourBlocks(safe)
    return toHtml(safe)
  } catch (error) {
    if (error instanceof TooMuch) return null
    throw error
  }
}

function leaveOutPlaces(root: Root): void {
  for (const element of elementsOf(root)) {
    const { properties } = element
    for (const name of ['id', 'name', 'ariaDescribedBy']) delete properties[name]
    if (!/^h[1-6]$/.test(element.tagName)) continue
    element.tagName = 'div'
    element.children = [{ type: 'element', tagName: 'strong', properties: {}, children: element.children }]
  }
}
