/**
 * HCL as we write it: values, and attributes on lines, in the form that `terraform fmt` leaves as it is. It is made of
 * pieces that know what they are, so that whoever shows it in colours has nothing to find out.
 */

export type Piece = { text: string; colour?: 'keyword' | 'string' | 'number' | 'comment' }
export type Line = Piece[]

export type HclValue =
  | { kind: 'string'; text: string }
  | { kind: 'number'; digits: string }
  | { kind: 'constant'; value: boolean | null }
  /** taken over as it is */
  | { kind: 'expression'; text: string }
  | { kind: 'tuple'; items: HclValue[] }
  | { kind: 'object'; items: HclAttribute[] }
  /** where a value would stand: a comment that says why there is none */
  | { kind: 'gap'; why: string }
export type HclAttribute = { name: string; value: HclValue }

export const textOfLines = (lines: Line[]): string =>
  lines.map((line) => `${line.map(({ text }) => text).join('')}\n`).join('')

/** Whether clients take it for a name: of an input, a block, an attribute. */
export const isIdentifier = (name: string) => /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)

const simpleEscapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A text of others as HCL: nothing in it ends it, is worked out, or changes the order of what is read around it. */
export const quoted = (text: string) =>
  `"${text
    .replace(/\0|\p{Cs}/gu, '\u{fffd}')
    .replace(/["\\\n\r\t]/g, (char) => simpleEscapes[char]!)
    .replace(/[$%](?=\{)/g, '$&$&')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}"`

function escaped(char: string): string {
  const hex = char.codePointAt(0)!.toString(16)
  return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
}

/** A comment has one line, whatever is said in it. */
export const commentOf = (text: string): Piece => ({
  text: `# ${text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()}`,
  colour: 'comment',
})

/** What is said above a block. */
export const commentLines = (text: string): Line[] =>
  [...text.matchAll(/.{1,100}(?:\s|$)/g)].map(([line]) => [commentOf(line)])

/** In an object a key is an expression, which these words begin; in a block they are names as others are. */
const notKeys = new Set(['for', 'true', 'false', 'null'])

/** Of an item in an object, which may be any text. */
export const keyPiece = (key: string): Piece =>
  isIdentifier(key) && !notKeys.has(key) ? { text: key } : { text: quoted(key), colour: 'string' }

/** Of a block, one below the other; equals signs are aligned where values of one line follow each other. */
export const attributeLines = (attributes: HclAttribute[], indent: number): Line[] =>
  alignedLines(attributes, indent, (name) => ({ text: name }))

/** The same in an object. */
export const itemLines = (items: HclAttribute[], indent: number): Line[] => alignedLines(items, indent, keyPiece)

function alignedLines(attributes: HclAttribute[], indent: number, pieceOf: (name: string) => Piece): Line[] {
  const written = attributes.map(({ name, value }) => ({
    name: pieceOf(name),
    comment: value.kind === 'gap' ? commentOf(`${name}: ${value.why}`) : undefined,
    lines: value.kind === 'gap' ? [] : valueLines(value, indent),
  }))
  const isAligned = ({ comment, lines }: (typeof written)[number]) => !comment && lines.length === 1
  const lines: Line[] = []
  for (let at = 0; at < written.length; ) {
    const first = written[at]!
    if (first.comment) {
      lines.push([blanks(indent), first.comment])
      at += 1
      continue
    }
    let end = at + 1
    if (isAligned(first)) while (end < written.length && isAligned(written[end]!)) end += 1
    const chain = written.slice(at, end)
    const width = Math.max(...chain.map(({ name }) => widthOf(name.text)))
    for (const { name, lines: value } of chain) {
      const [head = [], ...rest] = value
      lines.push([blanks(indent), name, blanks(width - widthOf(name.text)), { text: ' = ' }, ...head], ...rest)
    }
    at = end
  }
  return lines
}

const blanks = (count: number): Piece => ({ text: ' '.repeat(count) })

const longestLine = 80

type Given = Exclude<HclValue, { kind: 'gap' }>

/** @returns lines, the first of them without what stands in front of it */
function valueLines(value: Given, indent: number): Line[] {
  switch (value.kind) {
    case 'tuple':
      return tupleLines(value.items, indent)
    case 'object':
      if (value.items.length === 0) return [[{ text: '{}' }]]
      return [[{ text: '{' }], ...itemLines(value.items, indent + 2), [blanks(indent), { text: '}' }]]
    case 'expression':
      return value.text.split('\n').map((text) => [{ text }])
    default:
      return [[scalarPiece(value)]]
  }
}

function scalarPiece(value: HclValue & { kind: 'string' | 'number' | 'constant' }): Piece {
  if (value.kind === 'string') return { text: quoted(value.text), colour: 'string' }
  if (value.kind === 'number') return { text: value.digits, colour: 'number' }
  return { text: String(value.value), colour: 'keyword' }
}

function tupleLines(items: HclValue[], indent: number): Line[] {
  if (items.length === 0) return [[{ text: '[]' }]]
  const written = items.map((item) => (item.kind === 'gap' ? [] : valueLines(item, indent + 2)))
  const isShort = written.every(({ length }) => length === 1) && lengthOf(written.flat()) <= longestLine
  if (isShort) {
    const between = written.flatMap(([line = []], at) => (at === 0 ? line : [{ text: ', ' }, ...line]))
    return [[{ text: '[' }, ...between, { text: ']' }]]
  }
  const lines = items.flatMap((item, at): Line[] => {
    if (item.kind === 'gap') return [[blanks(indent + 2), commentOf(`${at + 1}: ${item.why}`)]]
    const [head = [], ...rest] = written[at]!
    const all = [[blanks(indent + 2), ...head], ...rest]
    all.at(-1)!.push({ text: ',' })
    return all
  })
  return [[{ text: '[' }], ...lines, [blanks(indent), { text: ']' }]]
}

const lengthOf = (lines: Line[]) => lines.flat().reduce((sum, { text }) => sum + text.length, 0)

/** In letters as they are seen, which is what `terraform fmt` counts. */
const widthOf = (text: string) => (isAscii(text) ? text.length : [...segments.segment(text)].length)

const isAscii = (text: string) => /^[ -~]*$/.test(text)

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
