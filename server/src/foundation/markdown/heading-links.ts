/** Beside each heading a link to it: what is read there can be pointed to. */
import type { Element, Root } from 'hast'
import { evenlySpaced } from '../one-line.ts'
import { replaceElements, text, textOf } from './tree.ts'

/** In these one link more would be a link in a link, or stand in the way of what opens them. */
const holders = new Set(['a', 'summary'])

/** Beside it and not in it, so that the heading is called what it is called. */
export function linkHeadings(root: Root): void {
  replaceElements(root, (heading, ancestors) => {
    const { id, className } = heading.properties
    if (!/^h[2-6]$/.test(heading.tagName) || typeof id !== 'string' || className) return undefined
    if (ancestors.some(({ tagName }) => holders.has(tagName))) return undefined
    return [
      {
        type: 'element',
        tagName: 'div',
        properties: { className: ['heading'] },
        children: [heading, linkTo(heading, id)],
      },
    ]
  })
}

const linkTo = (heading: Element, id: string): Element => ({
  type: 'element',
  tagName: 'a',
  properties: {
    className: ['heading-link'],
    href: `#${encodeURIComponent(id)}`,
    ariaLabel: `Link to ${evenlySpaced(textOf(heading))}`,
  },
  children: [text('#')],
})
