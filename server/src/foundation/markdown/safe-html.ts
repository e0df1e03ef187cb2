/** All that may be in HTML made from what others wrote. Nothing is added after this but colours, and links to headings. */
import type { Root } from 'hast'
import { type Schema, sanitize } from 'hast-util-sanitize'
import { elementsOf } from './tree.ts'

/** Elements that mean something inside of others alone. */
export const placesOfElements: Record<string, string[]> = {
  ...Object.fromEntries(['tbody', 'td', 'th', 'thead', 'tfoot', 'tr'].map((name) => [name, ['table']])),
  dd: ['dl'],
  dt: ['dl'],
  li: ['ol', 'ul'],
  summary: ['details'],
}

const shown: Schema = {
  tagNames: (
    'a abbr b blockquote br code dd del details div dl dt em h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q ' +
    'rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead tr ul var'
  ).split(' '),
  attributes: {
    '*': ['id', 'dir', 'title', ['align', 'left', 'center', 'right']],
    a: [
      'href',
      ['rel', 'nofollow', 'noopener', 'noreferrer'],
      'dataFootnoteRef',
      'dataFootnoteBackref',
      'ariaDescribedBy',
      'ariaLabel',
      ['className', 'data-footnote-backref', 'heading-link'],
    ],
    code: [['className', /^language-[\w+#-]{1,40}$/]],
    details: ['open'],
    div: [
      ['className', 'alert', /^alert-(note|tip|important|warning|caution)$/, 'table-scroll', 'heading'],
      ['tabIndex', 0],
      ['role', 'region'],
      'ariaLabel',
    ],
    h2: [['className', 'visually-hidden']],
    img: ['src', 'alt', 'width', 'height', ['loading', 'lazy']],
    input: [['type', 'checkbox'], ['disabled', true], 'checked', 'ariaLabel'],
    li: [['className', 'task-list-item'], 'value'],
    ol: [['className', 'contains-task-list'], 'start'],
    p: [['className', 'alert-title']],
    pre: [['tabIndex', 0]],
    // Colours that were given already; an author's own classes never come this far.
    span: [['className', /^code-(keyword|string|number|function|comment)$/]],
    section: ['dataFootnotes', ['className', 'footnotes']],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', ['scope', 'col', 'row']],
    ul: [['className', 'contains-task-list']],
  },
  protocols: { href: ['http', 'https', 'mailto'], src: ['data'] },
  required: { input: { type: 'checkbox', disabled: true } },
  ancestors: placesOfElements,
  strip: ['script', 'style'],
  // Ids have their prefix already.
  clobber: [],
}

export function safeHtml(root: Root): Root {
  const safe = sanitize(root, shown) as Root
  for (const { properties } of elementsOf(safe)) {
    if (Array.isArray(properties.className) && properties.className.length === 0) delete properties.className
  }
  return safe
}
