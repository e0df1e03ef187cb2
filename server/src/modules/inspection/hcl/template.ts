/** Quoted strings and heredocs, with what may be interpolated in them. */
import { type Cursor, deeper, expect, HclError, skipBlanks, take, takeName } from './cursor.ts'

/** The text of a template in which nothing is interpolated; undefined where something is. */
export type PlainText = string | undefined

type ReadExpression = (cursor: Cursor) => unknown

const [newline, carriageReturn, quote, dollar, percent, backslash, brace] = [10, 13, 34, 36, 37, 92, 123]

/** A string in quotes; the cursor is at the first of them. */
export function readQuoted(cursor: Cursor, readExpression: ReadExpression): PlainText {
  const { text, at: start } = cursor
  const directives: Directive[] = []
  let plain = ''
  let isPlain = true
  let from = start + 1
  for (let at = from; ; ) {
    const code = text.charCodeAt(at)
    if (code === quote) {
      plain += text.slice(from, at)
      cursor.at = at + 1
      break
    }
    if (code === backslash) {
      plain += text.slice(from, at)
      cursor.at = at
      plain += readEscape(cursor)
      from = at = cursor.at
    } else if (code === newline || code === carriageReturn || Number.isNaN(code)) {
      throw new HclError(start, 'This string is not closed on its line.')
    } else if ((code === dollar || code === percent) && opensSequence(text, at)) {
      plain += text.slice(from, at)
      cursor.at = at
      if (takeEscapedSequence(cursor)) plain += text.slice(at + 1, cursor.at)
      else {
        readSequence(cursor, directives, readExpression)
        isPlain = false
      }
      from = at = cursor.at
    } else at += 1
  }
  checkClosed(directives)
  return isPlain ? plain : undefined
}

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

function takeEscapedSequence(cursor: Cursor): boolean {
  return take(cursor, '$${') || take(cursor, '%%{')
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

/** A piece of a heredoc: text of one line at most, or what is interpolated. */
type Piece = { text: string; startsLine: boolean } | { text: undefined; startsLine: boolean }

/** A heredoc; the cursor is at its `<<`. Ends at its marker: the new line behind that is not taken. */
export function readHeredoc(cursor: Cursor, readExpression: ReadExpression): PlainText {
  const { text, at: start } = cursor
  cursor.at += 2
  const isFlush = take(cursor, '-')
  const marker = takeName(cursor)
  if (marker === '' || !(take(cursor, '\n') || take(cursor, '\r\n'))) {
    throw new HclError(start, 'A heredoc begins with `<<`, a name, and a new line.')
  }
  const notClosed = () => new HclError(start, `This heredoc is not closed by a line of \`${marker}\`.`)
  const directives: Directive[] = []
  const pieces: Piece[] = []
  let startsLine = true
  for (;;) {
    const lineEnd = text.indexOf('\n', cursor.at)
    if (lineEnd < 0) throw notClosed()
    if (startsLine && isMarker(text, cursor.at, lineEnd, marker)) {
      cursor.at = text.charCodeAt(lineEnd - 1) === 13 ? lineEnd - 1 : lineEnd
      break
    }
    startsLine = readLine(cursor, lineEnd, startsLine, pieces, directives, readExpression)
  }
  checkClosed(directives)
  if (pieces.some((piece) => piece.text === undefined)) return undefined
  return joined(isFlush ? dedented(pieces) : pieces)
}

const isMarker = (text: string, from: number, lineEnd: number, marker: string) =>
  lineEnd - from >= marker.length && text.slice(from, lineEnd).trim() === marker

/** @returns whether a line begins where the cursor is now: not when an interpolation went on to another one */
function readLine(
  cursor: Cursor,
  lineEnd: number,
  startsLine: boolean,
  pieces: Piece[],
  directives: Directive[],
  readExpression: ReadExpression,
): boolean {
  const { text } = cursor
  let isFirst = startsLine
  let plain = ''
  let from = cursor.at
  const finish = (piece: string | undefined) => {
    pieces.push({ text: piece, startsLine: isFirst })
    isFirst = false
  }
  for (let at = from; at < lineEnd; ) {
    const code = text.charCodeAt(at)
    if ((code !== dollar && code !== percent) || !opensSequence(text, at)) {
      at += 1
      continue
    }
    plain += text.slice(from, at)
    cursor.at = at
    if (takeEscapedSequence(cursor)) plain += text.slice(at + 1, cursor.at)
    else {
      if (plain !== '') finish(plain)
      plain = ''
      readSequence(cursor, directives, readExpression)
      finish(undefined)
      if (cursor.at > lineEnd) return false
    }
    from = at = cursor.at
  }
  finish(plain + text.slice(from, lineEnd + 1))
  cursor.at = lineEnd + 1
  return true
}

/** Takes away from each line what the least indented one has in front; lines of blanks alone neither count nor change. */
function dedented(pieces: Piece[]): Piece[] {
  const indents = pieces
    .filter(({ text, startsLine }) => startsLine && !isBlankLine(text))
    .map(({ text }) => indentOf(text))
  const least = indents.reduce((smallest, indent) => Math.min(smallest, indent), Number.POSITIVE_INFINITY)
  if (least === 0 || least === Number.POSITIVE_INFINITY) return pieces
  return pieces.map((piece) =>
    piece.startsLine && piece.text !== undefined && !isBlankLine(piece.text)
      ? { ...piece, text: piece.text.slice(least) }
      : piece,
  )
}

const isBlankLine = (text: string | undefined) => text !== undefined && text.trim() === ''
const indentOf = (text: string | undefined) => (text === undefined ? 0 : text.length - text.trimStart().length)
const joined = (pieces: Piece[]) => pieces.map(({ text }) => text).join('')
