/** Reads HTML as browsers do, and gives up where it would become larger or deeper than it may. */
import type { Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parseFragment, type TreeAdapter } from 'parse5'
import { limits, TooMuch } from './limits.ts'

export function countedHtml(html: string): Root {
  const fragment = parseFragment(html, { treeAdapter: counting() })
  requireFlat(fragment)
  return fromParse5(fragment) as Root
}

/** Elements that close one another crosswise are nested deeper than they were opened. */
function requireFlat(fragment: DefaultTreeAdapterTypes.ParentNode): void {
  let level = [fragment]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw new TooMuch('elements in elements')
    level = level.flatMap(({ childNodes }) => childNodes).filter((node) => 'childNodes' in node)
  }
}

// A quote in a list is three elements, each of them one in the other.
const maxDepth = 3 * limits.depth

/** A tag that is left open is opened again in every paragraph after it: elements are counted as they come to be. */
function counting(): TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap> {
  let elements = 0
  let depth = 0
  return {
    ...defaultTreeAdapter,
    createElement(...args) {
      elements += 1
      if (elements > limits.nodes) throw new TooMuch('elements')
      return defaultTreeAdapter.createElement(...args)
    },
    onItemPush() {
      depth += 1
      if (depth > maxDepth) throw new TooMuch('elements in elements')
    },
    onItemPop() {
      depth -= 1
    },
  }
}
