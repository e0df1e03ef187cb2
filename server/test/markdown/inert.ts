/** Whether HTML is inert: the elements, attributes and schemes that may be in what the registry makes of others' texts. */
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode

const elements = new Set(
  (
    'a abbr b blockquote br code dd del details div dl dt em h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp ' +
    'rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead tr ul var'
  ).split(' '),
)

const address = /^(https?:\/\/[^/]|mailto:[^:?]+@[^:?]+$|\/files\/|#(user-content-.|top$))/
const image = /^(\/raw\/|data:image\/(png|gif|jpeg|webp);base64,[A-Za-z0-9+/]+=*$)/
const anything = /^/

const attributes: Record<string, RegExp> = {
  align: /^(left|center|right)$/,
  dir: /^(ltr|rtl|auto)$/,
  id: /^user-content-./,
  title: anything,
  'a href': address,
  'a rel': /^nofollow noopener noreferrer$/,
  'a data-footnote-ref': /^$/,
  'a data-footnote-backref': /^$/,
  'a aria-describedby': /^user-content-footnote-label$/,
  'a aria-label': /^(Back to reference [\d-]+|Link to .+)$/,
  'a class': /^(data-footnote-backref|heading-link)$/,
  'code class': /^language-[\w+#-]+$/,
  'details open': /^$/,
  'div class': /^(alert alert-(note|tip|important|warning|caution)|table-scroll|heading)$/,
  'div tabindex': /^0$/,
  'div role': /^region$/,
  'div aria-label': /^Table \d+$/,
  'h2 class': /^visually-hidden$/,
  'img src': image,
  'img alt': anything,
  'img width': /^\d{1,4}$/,
  'img height': /^\d{1,4}$/,
  'img loading': /^lazy$/,
  'input type': /^checkbox$/,
  'input checked': /^$/,
  'input disabled': /^$/,
  'input aria-label': /^(Not done|Done)$/,
  'li class': /^task-list-item$/,
  'li value': /^\d{1,4}$/,
  'ol class': /^contains-task-list$/,
  'ol start': /^\d{1,9}$/,
  'ul class': /^contains-task-list$/,
  'p class': /^alert-title$/,
  'pre tabindex': /^0$/,
  'section data-footnotes': /^$/,
  'section class': /^footnotes$/,
  'span class': /^code-(keyword|string|number|function|comment)$/,
  'td colspan': /^\d{1,2}$/,
  'td rowspan': /^\d{1,2}$/,
  'th colspan': /^\d{1,2}$/,
  'th rowspan': /^\d{1,2}$/,
  'th scope': /^(col|row)$/,
}

/** @returns what may not be there: empty for HTML whose links are relative to `/files/` and whose images to `/raw/` */
export function active(html: string): string[] {
  const found = [...nodes(parseFragment(html).childNodes)]
  return [...found.flatMap(wrongIn), ...repeatedIds(found)]
}

function* nodes(children: Node[]): Generator<Node> {
  for (const node of children) {
    yield node
    if ('childNodes' in node) yield* nodes(node.childNodes)
  }
}

function wrongIn(node: Node): string[] {
  if (node.nodeName === '#text') return []
  if (!('tagName' in node)) return [node.nodeName]
  const { tagName, namespaceURI, attrs } = node
  if (!elements.has(tagName) || namespaceURI !== 'http://www.w3.org/1999/xhtml') return [`<${tagName}>`]
  const wrong = attrs.filter(({ name, value }) => !(attributes[`${tagName} ${name}`] ?? attributes[name])?.test(value))
  return wrong.map(({ name, value }) => `<${tagName} ${name}="${value}">`)
}

/** One id names one place. */
function repeatedIds(found: Node[]): string[] {
  const ids = found.flatMap((node) => ('attrs' in node ? node.attrs.filter(({ name }) => name === 'id') : []))
  const values = ids.map(({ value }) => value)
  return values.filter((id, index) => values.indexOf(id) !== index).map((id) => `id ${id} twice`)
}
