/** Tables and lists of tasks, so that they can be used with a keyboard and a narrow screen, and are said aloud. */
import type { Element, Root } from 'hast'
import { elementsOf, replaceElements, textOf } from './tree.ts'

export function makeReachable(root: Root): void {
  let tables = 0
  replaceElements(root, (element, ancestors) => {
    if (element.tagName === 'th') nameColumn(element, ancestors)
    if (element.tagName === 'pre') element.properties.tabIndex = 0
    if (element.tagName === 'summary' && textOf(element).trim() === '') return []
    if (element.tagName !== 'table' || ancestors.some(({ tagName }) => tagName === 'table')) return undefined
    tables += 1
    // Regions need names that differ.
    const properties = { className: ['table-scroll'], tabIndex: 0, role: 'region', ariaLabel: `Table ${tables}` }
    return [{ type: 'element', tagName: 'div', properties, children: [element] }]
  })
  for (const { tagName, properties } of elementsOf(root)) {
    if (tagName === 'input') properties.ariaLabel = properties.checked ? 'Done' : 'Not done'
  }
}

/** A head without a text names nothing. */
function nameColumn(cell: Element, ancestors: Element[]): void {
  if (textOf(cell).trim() === '') cell.tagName = 'td'
  else if (ancestors.some(({ tagName }) => tagName === 'thead')) cell.properties.scope = 'col'
}
