/** Markdown as GitHub reads it, into a tree that is no deeper or larger than it may be. */
import type { Definition, Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { countedWork } from './counted-work.ts'
import { limits, TooMuch } from './limits.ts'

/** @throws TooMuch */
export function readMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, {
    extensions: [gfm(), countedWork(markdown.length)],
    // What walks the tree after it was read calls itself, so its depth is looked at first.
    mdastExtensions: [{ transforms: [requireSmall] }, gfmFromMarkdown()],
  })
}

function requireSmall(root: Root): void {
  const definitions = new Map<string, number>()
  const references: string[] = []
  let nodes = 0
  let cells = 0
  let level: Nodes[] = [root]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) throw new TooMuch('nesting')
    nodes += level.length
    if (nodes > limits.nodes) throw new TooMuch('nodes')
    const below: Nodes[] = []
    for (const node of level) {
      if (node.type === 'definition')
        definitions.set(node.identifier, (definitions.get(node.identifier) ?? 0) + sizeOf(node))
      if (node.type === 'linkReference' || node.type === 'imageReference') references.push(node.identifier)
      if (node.type === 'table') cells += node.children.length * (node.align?.length ?? 1)
      if ('children' in node) for (const child of node.children) below.push(child)
    }
    level = below
  }
  if (cells > limits.tableCells) throw new TooMuch('cells of tables')
  const referred = references.reduce((sum, identifier) => sum + (definitions.get(identifier) ?? 0), 0)
  if (referred > limits.referredCharacters) throw new TooMuch('references')
}

const sizeOf = ({ url, title }: Definition) => url.length + (title?.length ?? 0)
