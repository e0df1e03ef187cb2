/**
 * HTML that an author wrote into Markdown, written anew: only known tags with known attributes, everything else as text
 * or not at all. What reads it afterwards never meets a script, foreign content or a tag that is not closed.
 */

export function knownHtml(raw: string): string {
  let html = ''
  let at = 0
  while (at < raw.length) {
    const next = raw.indexOf('<', at)
    if (next < 0) return html + raw.slice(at)
    html += raw.slice(at, next)
    const { written, end } = markup(raw, next)
    html += written
    at = end
  }
  return html
}

type Markup = { written: string; end: number }

function markup(raw: string, at: number): Markup {
  if (raw.startsWith('<!--', at)) return dropped(raw, at, '-->')
  if (raw.startsWith('<![CDATA[', at)) return dropped(raw, at, ']]>')
  if (raw[at + 1] === '!' || raw[at + 1] === '?') return dropped(raw, at, '>')
  return tag(raw, at)
}

function dropped(raw: string, at: number, until: string): Markup {
  const end = raw.indexOf(until, at)
  return { written: '', end: end < 0 ? raw.length : end + until.length }
}

const tagStart = /<(\/?)([a-z][a-z0-9-]*)/iy
const between = /[\s/]+/y
// What has no closing quote is searched for one to the end, but once only: none is left after it.
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y

/** Reads on from where it stopped, so that a text is passed over once however it is written. */
function tag(raw: string, at: number): Markup {
  const start = matchAt(tagStart, raw, at)
  if (!start) return { written: '&lt;', end: at + 1 }
  const [whole, slash, name] = start
  const attributes = new Map<string, string>()
  let end = at + whole.length
  while (raw[end] !== '>') {
    const space = matchAt(between, raw, end)
    const found = space ? undefined : matchAt(attribute, raw, end)
    if (!space && !found) return { written: `&lt;${raw.slice(at + 1, end)}`, end }
    end += (space ?? found)![0].length
    if (!found || attributes.size >= 50) continue
    const [, attributeName, ...values] = found
    const key = attributeName!.toLowerCase()
    if (!attributes.has(key)) attributes.set(key, values.find((value) => value !== undefined) ?? '')
  }
  return known(name!.toLowerCase(), slash === '/', attributes, raw, end + 1)
}

function known(name: string, closes: boolean, attributes: Map<string, string>, raw: string, end: number): Markup {
  if (withoutText.has(name)) return closes ? { written: '', end } : { written: '', end: afterElement(name, raw, end) }
  if (!tags.has(name)) return { written: '', end }
  return { written: closes ? `</${name}>` : `<${name}${writtenAttributes(name, attributes)}>`, end }
}

function afterElement(name: string, raw: string, from: number): number {
  const close = new RegExp(`</${name}[^>]*>?`, 'ig')
  close.lastIndex = from
  return close.exec(raw) ? close.lastIndex : raw.length
}

function writtenAttributes(tag: string, attributes: Map<string, string>): string {
  return [...attributes]
    .filter(([name, value]) => allowed(tag, name)?.test(value))
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`)
    .join('')
}

const allowed = (tag: string, name: string): RegExp | undefined =>
  own(attributesOf, tag)?.[name] ?? own(attributesOfAll, name)

const own = <Value>(table: Record<string, Value>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Whatever stands in these is no text of the document. */
const withoutText = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'xmp',
  'noembed',
  'noframes',
  'template',
  'iframe',
])

const tags = new Set(
  (
    'a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp ' +
    'rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr ul var'
  ).split(' '),
)

const anything = /^/
const number = /^\d{1,4}$/
const cells = /^\d{1,2}$/

const attributesOfAll: Record<string, RegExp> = {
  id: /^\S{1,200}$/,
  align: /^(left|center|right)$/,
  dir: /^(ltr|rtl|auto)$/,
  title: anything,
}
const attributesOf: Record<string, Record<string, RegExp>> = {
  a: { href: anything, name: /^\S{1,200}$/ },
  img: { src: anything, alt: anything, width: number, height: number },
  code: { class: /^language-[\w+#-]{1,40}$/ },
  details: { open: anything },
  li: { value: number },
  ol: { start: number },
  td: { colspan: cells, rowspan: cells },
  th: { colspan: cells, rowspan: cells },
}
