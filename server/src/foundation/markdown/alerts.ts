/** Quotes that begin with `[!NOTE]` and its like, as GitHub shows them: a box with a title. */
import type { Blockquote, Nodes, Paragraph, Root } from 'mdast'

const titles: Record<string, string> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
}

export function markAlerts(parent: Root | Nodes): void {
  if (!('children' in parent)) return
  for (const node of parent.children) {
    if (node.type === 'blockquote') markAlert(node)
    markAlerts(node)
  }
}

function markAlert(quote: Blockquote): void {
  const [first] = quote.children
  const text = first?.type === 'paragraph' ? first.children[0] : undefined
  if (first?.type !== 'paragraph' || text?.type !== 'text') return
  const [marker, kind] = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)/i.exec(text.value) ?? []
  // Behind the marker there is nothing else on its line.
  if (!marker || !kind || (!marker.endsWith('\n') && first.children[1] && first.children[1].type !== 'break')) return
  text.value = text.value.slice(marker.length)
  if (first.children[1]?.type === 'break') first.children.splice(1, 1)
  const rest = text.value === '' && first.children.length === 1 ? quote.children.slice(1) : quote.children
  quote.children = [titled(titles[kind.toUpperCase()]!), ...rest]
  quote.data = { hName: 'div', hProperties: { className: ['alert', `alert-${kind.toLowerCase()}`] } }
}

const titled = (title: string): Paragraph => ({
  type: 'paragraph',
  data: { hProperties: { className: ['alert-title'] } },
  children: [{ type: 'text', value: title }],
})
