/** Quoted strings and heredocs, with what may be interpolated in them. */
import { type Cursor, deeper, expect, HclError, skipBlanks, take, takeName } from './cursor.ts'

export type Template = {
  /** whether nothing is interpolated in it */
  isPlain: boolean
  /** what it says; where it is not plain, with its sequences as they are written, escaped ones too */
  text: string
}

type ReadExpression = (cursor: Cursor) => unknown

const [newline, carriageReturn, quote, dollar, percent, backslash, brace] = [10, 13, 34, 36, 37, 92, 123]

/** A string in quotes; the cursor is at the first of them. */
export function readQuoted(cursor: Cursor, readExpression: ReadExpression): Template {
  const { text, at: start } = cursor
  const directives: Directive[] = []
  const said = nothingSaid()
  let from = start + 1
  for (let at = from; ; ) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      say(said, text.slice(from, at))
      cursor.at = at + 1
      break
    }
    if (code === backslash) {
      say(said, text.slice(from, at))
      cursor.at = at
      say(said, readEscape(cursor))
      from = at = cursor.at
    } else if (code === newline || code === carriageReturn || Number.isNaN(code)) {
      throw new HclError(start, 'This string is not closed on its line.')
    } else if ((code === dollar || code === percent) && opensSequence(text, at)) {
      say(said, text.slice(from, at))
      cursor.at = at
      takeSequence(cursor, said, directives, readExpression)
      from = at = cursor.at
    } else at += 1
  }
  checkClosed(directives)
  return templateOf(said)
}

/** What a template says, in both ways until it is known whether all of it is plain. */
type Said = { plain: string; written: string; isPlain: boolean }

const nothingSaid = (): Said => ({ plain: '', written: '', isPlain: true })

function say(said: Said, plain: string, written = plain): void {
  said.plain += plain
  said.written += written
}

const templateOf = ({ plain, written, isPlain }: Said): Template => ({ isPlain, text: isPlain ? plain : written })

const simpleEscapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

function readEscape(cursor: Cursor): string {
  const { text, at } = cursor
  const kind = text.charAt(at + 1)
  const simple = simpleEscapes[kind]
  if (simple !== undefined) {
    cursor.at = at + 2
    return simple
  }
  const digits = kind === 'u' ? 4 : kind === 'U' ? 8 : 0
  const hex = text.slice(at + 2, at + 2 + digits)
  const code = digits > 0 && /^[0-9a-f]+$/i.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new HclError(at, 'There is no such escape. A backslash itself is written twice.')
  }
  cursor.at = at + 2 + digits
  return String.fromCodePoint(code)
}

/** `${`, `%{`, and the same escaped: `$${`, `%%{`. */
function opensSequence(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1)
  return next === brace || (next === text.charCodeAt(at) && text.charCodeAt(at + 2) === brace)
}

function takeSequence(cursor: Cursor, said: Said, directives: Directive[], readExpression: ReadExpression): void {
  const { text, at } = cursor
  if (take(cursor, '$${') || take(cursor, '%%{')) {
    say(said, text.slice(at + 1, cursor.at), text.slice(at, cursor.at))
    return
  }
  readSequence(cursor, directives, readExpression)
  say(said, '', text.slice(at, cursor.at))
  said.isPlain = false
}

type Directive = { at: number; word: 'if' | 'else' | 'for' }

/** An interpolation or a directive. */
function readSequence(cursor: Cursor, directives: Directive[], readExpression: ReadExpression): void {
  const { at: start } = cursor
  const isDirective = cursor.text.charCodeAt(start) === percent
  cursor.at += 2
  deeper(cursor, false, () => {
    take(cursor, '~')
    skipBlanks(cursor)
    if (isDirective) readDirective(cursor, directives, readExpression)
    else readExpression(cursor)
    skipBlanks(cursor)
    take(cursor, '~')
    expect(cursor, '}', isDirective ? 'This directive is not closed.' : 'This interpolation is not closed by `}`.')
  })
}

function readDirective(cursor: Cursor, directives: Directive[], readExpression: ReadExpression): void {
  const { at } = cursor
  const word = takeName(cursor)
  const open = directives.at(-1)
  if (word === 'if') {
    readExpression(cursor)
    directives.push({ at, word })
  } else if (word === 'for') {
    readForIntroduction(cursor, readExpression)
    directives.push({ at, word })
  } else if (word === 'else' && open?.word === 'if') {
    open.word = 'else'
  } else if ((word === 'endif' && open && open.word !== 'for') || (word === 'endfor' && open?.word === 'for')) {
    directives.pop()
  } else {
    throw new HclError(
      at,
      word === '' ? 'A directive is missing here.' : `The directive \`${word}\` has no place here.`,
    )
  }
}

/** `k, v in things`, behind its `for`. */
export function readForIntroduction(cursor: Cursor, readExpression: ReadExpression): void {
  const name = () => {
    skipBlanks(cursor)
    if (takeName(cursor) === '') throw new HclError(cursor.at, 'The name of a variable is missing behind `for`.')
    skipBlanks(cursor)
  }
  name()
  if (take(cursor, ',')) name()
  const { at } = cursor
  if (takeName(cursor) !== 'in') throw new HclError(at, '`in` is missing here.')
  readExpression(cursor)
}

function checkClosed(directives: Directive[]): void {
  const open = directives.at(-1)
  if (open) throw new HclError(open.at, `This directive has no \`${open.word === 'for' ? 'endfor' : 'endif'}\`.`)
}

/** A heredoc; the cursor is at its `<<`. Ends at its marker: the new line behind that is not taken. */
export function readHeredoc(cursor: Cursor, readExpression: ReadExpression): Template {
  const { text, at: start } = cursor
  cursor.at += 2
  const isFlush = take(cursor, '-')
  const marker = takeName(cursor)
  if (marker === '' || !(take(cursor, '\n') || take(cursor, '\r\n'))) {
    throw new HclError(start, 'A heredoc begins with `<<`, a name, and a new line.')
  }
  const directives: Directive[] = []
  const lines: HeredocLine[] = []
  for (let startsLine = true; ; ) {
    const lineEnd = text.indexOf('\n', cursor.at)
    if (lineEnd < 0) throw new HclError(start, `This heredoc is not closed by a line of \`${marker}\`.`)
    if (startsLine && isMarker(text, cursor.at, lineEnd, marker)) {
      cursor.at = text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd
      break
    }
    const line = readLine(cursor, lineEnd, directives, readExpression)
    lines.push({ ...line, startsLine })
    startsLine = cursor.at === lineEnd + 1
  }
  checkClosed(directives)
  return joined(isFlush ? dedented(lines) : lines)
}

/** A line, or what is left of one behind an interpolation that went over its end. */
type HeredocLine = Said & { startsLine: boolean }

const isMarker = (text: string, from: number, lineEnd: number, marker: string) =>
  lineEnd - from >= marker.length && text.slice(from, lineEnd).trim() === marker

/** Ends behind the line, or where an interpolation ends that went over its end. */
function readLine(cursor: Cursor, lineEnd: number, directives: Directive[], readExpression: ReadExpression): Said {
  const { text } = cursor
  const said = nothingSaid()
  let from = cursor.at
  for (let at = from; at < lineEnd; ) {
    const code = text.charCodeAt(at)
    if ((code !== dollar && code !== percent) || !opensSequence(text, at)) {
      at += 1
      continue
    }
    say(said, text.slice(from, at))
    cursor.at = at
    takeSequence(cursor, said, directives, readExpression)
    if (cursor.at > lineEnd) return said
    from = at = cursor.at
  }
  say(said, text.slice(from, lineEnd + 1))
  cursor.at = lineEnd + 1
  return said
}

/** Takes away from each line what the least indented one has in front; lines of blanks alone neither count nor change. */
function dedented(lines: HeredocLine[]): HeredocLine[] {
  const indented = lines.filter(({ startsLine, written }) => startsLine && written.trim() !== '')
  const least = indented.reduce(
    (smallest, { written }) => Math.min(smallest, indentOf(written)),
    Number.POSITIVE_INFINITY,
  )
  if (least === 0 || indented.length === 0) return lines
  const shifted = new Set(indented)
  return lines.map((line) =>
    shifted.has(line) ? { ...line, plain: line.plain.slice(least), written: line.written.slice(least) } : line,
  )
}

const indentOf = (text: string) => text.length - text.trimStart().length

const joined = (lines: HeredocLine[]): Template =>
  templateOf({
    plain: lines.map(({ plain }) => plain).join(''),
    written: lines.map(({ written }) => written).join(''),
    isPlain: lines.every(({ isPlain }) => isPlain),
  })
