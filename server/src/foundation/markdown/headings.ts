/** Headings below the page's own, and the places of the document that links can lead to. */
import type { Root } from 'hast'
import { evenlySpaced } from '../one-line.ts'
import { elementsOf, textOf } from './tree.ts'

export type Heading = { id: string; text: string; level: number }

const prefix = 'user-content-'

/**
 * The outline starts at 2, since the page has a heading above it, and has no gaps: a level that is left out would be
 * missed by those who walk through a page by its headings.
 */
export function placeHeadings(root: Root): Heading[] {
  const headings: Heading[] = []
  const above: number[] = []
  const ids = new Ids()
  for (const element of elementsOf(root)) {
    const isLabel = element.properties.id === footnoteLabel && element.tagName === 'h2'
    const level = isLabel ? '1' : /^h([1-6])$/.exec(element.tagName)?.[1]
    if (!level) continue
    const content = evenlySpaced(textOf(element))
    if (content === '') {
      element.tagName = 'div'
      continue
    }
    while (above.length > 0 && above.at(-1)! >= Number(level)) above.pop()
    above.push(Number(level))
    const shown = Math.min(6, above.length + 1)
    element.tagName = `h${shown}`
    element.properties.id = ids.next(isLabel ? footnoteLabel : slug(content))
    if (!isLabel) headings.push({ id: element.properties.id, text: content, level: shown })
  }
  placeOthers(root, ids, new Set(headings.map(({ id }) => id)))
  return headings
}

const footnoteLabel = 'footnote-label'

/** Headings were first: where an author's own id is taken, links to it lead to the heading. */
function placeOthers(root: Root, ids: Ids, placed: Set<string>): void {
  for (const element of elementsOf(root)) {
    const { id, name, ariaDescribedBy } = element.properties
    if (ariaDescribedBy) element.properties.ariaDescribedBy = [prefix + footnoteLabel]
    delete element.properties.name
    if (placed.has(String(id)) || /^h[1-6]$/.test(element.tagName)) continue
    const wanted = id ?? name
    const free = typeof wanted === 'string' && wanted !== '' ? ids.take(wanted) : undefined
    if (free) element.properties.id = free
    if (!free) delete element.properties.id
  }
}

/** @returns the place in this document that `#fragment` means; undefined when there is none */
export function placesOf(root: Root): (fragment: string) => string | undefined {
  const ids = new Set([...elementsOf(root)].map(({ properties }) => properties.id))
  return (fragment) => {
    const wanted = [fragment, fragment.toLowerCase()].map(prefixed)
    return wanted.find((id) => ids.has(id))
  }
}

const prefixed = (id: string) => (id.startsWith(prefix) ? id : prefix + id)

/** As GitHub makes them, so that links written for it lead somewhere here. */
const slug = (content: string) =>
  content
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
    .slice(0, 100) || 'section'

class Ids {
  #taken = new Set<string>()
  #seen = new Map<string, number>()

  /** this one, or the first free one that begins like it */
  next(wanted: string): string {
    let count = this.#seen.get(wanted) ?? 0
    let id = prefixed(wanted)
    while (this.#taken.has(id)) {
      count += 1
      id = prefixed(`${wanted}-${count}`)
    }
    this.#seen.set(wanted, count)
    this.#taken.add(id)
    return id
  }

  take(wanted: string): string | undefined {
    const id = prefixed(wanted)
    if (this.#taken.has(id)) return undefined
    this.#taken.add(id)
    return id
  }
}
