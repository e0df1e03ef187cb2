/** Walking and reading trees of HTML. */
import type { Element, ElementContent, Nodes, Root } from 'hast'

/** Every element in the order of the document, a parent before its children. */
export function* elementsOf(parent: Root | Element): Generator<Element> {
  for (const node of parent.children) {
    if (node.type !== 'element') continue
    yield node
    yield* elementsOf(node)
  }
}

/** Puts in the place of every element what `change` makes of it, its children first. */
export function replaceElements(
  parent: Root | Element,
  change: (element: Element, ancestors: Element[]) => ElementContent[] | undefined,
  ancestors: Element[] = [],
): void {
  const inside = parent.type === 'element' ? [...ancestors, parent] : ancestors
  parent.children = parent.children.flatMap((node) => {
    if (node.type !== 'element') return [node as ElementContent]
    replaceElements(node, change, inside)
    return change(node, inside) ?? [node]
  })
}

export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (node.type === 'element' && node.tagName === 'img') return String(node.properties.alt ?? '')
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

export const text = (value: string): ElementContent => ({ type: 'text', value })
