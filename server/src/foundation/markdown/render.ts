/** Markdown into safe HTML, from beginning to end. Takes long enough to belong into a worker thread. */
import type { Nodes as HtmlNodes, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { toHast } from 'mdast-util-to-hast'
import { markAlerts } from './alerts.ts'
import { colourBlocks } from './code-blocks.ts'
import { firstSentence } from './first-sentence.ts'
import { linkHeadings } from './heading-links.ts'
import { placeHeadings, placesOf } from './headings.ts'
import { requireReadable } from './intricacy.ts'
import { limits, TooMuch } from './limits.ts'
import { type Links, rewriteLinks } from './links.ts'
import type { Markdown, Rendered } from './markdown.ts'
import { placedHtml } from './placed-html.ts'
import { plainMarkdown } from './plain.ts'
import { knownHtml } from './raw-html.ts'
import { readMarkdown } from './read-markdown.ts'
import { safeHtml } from './safe-html.ts'
import { makeReachable } from './tables.ts'

export function renderMarkdown({ markdown, links }: Markdown): Rendered {
  try {
    return rendered(markdown, links)
  } catch (error) {
    if (error instanceof TooMuch) return plainMarkdown(markdown)
    throw error
  }
}

/** @throws TooMuch */
export function htmlOf(markdown: string): Root {
  requireReadable(markdown)
  const tree = readMarkdown(markdown)
  markAlerts(tree)
  const written = toHast(tree, {
    allowDangerousHtml: true,
    footnoteLabelProperties: { className: ['visually-hidden'] },
  })
  const html = toHtml(withKnownHtml(written), { allowDangerousHtml: true })
  if (html.length > limits.htmlCharacters) throw new TooMuch('HTML')

  return placedHtml(html)
}

function rendered(markdown: string, links: Links | undefined): Rendered {
  const root = htmlOf(markdown)
  const sentence = firstSentence(root)
  const headings = placeHeadings(root)
  rewriteLinks(root, links, placesOf(root))
  makeReachable(root)
  const safe = safeHtml(root)
  colourBlocks(safe)
  linkHeadings(safe)
  return { html: toHtml(safe), headings, firstSentence: sentence, plain: false }
}

function withKnownHtml(node: HtmlNodes): Root {
  const change = (each: HtmlNodes) => {
    if (each.type === 'raw') each.value = knownHtml(each.value)
    if ('children' in each) each.children.forEach(change)
  }
  change(node)
  return node as Root
}
