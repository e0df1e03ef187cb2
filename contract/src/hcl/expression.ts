/** Expressions: whether they are well formed, and of plain values, types and calls what is in them. */
import {
  type Cursor,
  deeper,
  expect,
  HclError,
  isAt,
  isAtEnd,
  isAtLineEnd,
  isAtName,
  shownAt,
  skipBlanks,
  skipLines,
  take,
  takeName,
} from './cursor.ts'
import { readForIntroduction, readHeredoc, readQuoted, type Template } from './template.ts'

type Span = { start: number; end: number }
export type ObjectItem = { key: Expression; value: Expression }
export type Expression = Span &
  (
    | { kind: 'string'; value: string }
    /** with what is interpolated, as it is written */
    | { kind: 'template'; value: string }
    | { kind: 'number'; digits: string }
    | { kind: 'constant'; value: boolean | null }
    | { kind: 'tuple'; items: Expression[] }
    | { kind: 'object'; items: ObjectItem[] }
    | { kind: 'call'; name: string; arguments: Expression[] }
    | { kind: 'name'; name: string }
    /** an operation, a reference into something …: kept as written */
    | { kind: 'other' }
  )

type Read = Expression extends infer Each ? (Each extends Span ? Omit<Each, 'start' | 'end'> : never) : never

const other = { kind: 'other' } as const

/** The cursor may stand at blanks before it; afterwards it is directly behind it. */
export function readExpression(cursor: Cursor): Expression {
  skipBlanks(cursor)
  const start = cursor.at
  const first = readOperation(cursor)
  if (!takeAhead(cursor, '?')) return first
  // A chain of conditions is as long as somebody likes, so the last part of each is read by the next round.
  do {
    deeper(cursor, cursor.newlinesEnd, () => readExpression(cursor))
    skipBlanks(cursor)
    expect(cursor, ':', `\`:\` is missing in this condition, where ${shownAt(cursor)} is.`)
    skipBlanks(cursor)
    readOperation(cursor)
  } while (takeAhead(cursor, '?'))
  return { ...other, start, end: cursor.at }
}

/** Takes a word behind blanks; without it, the blanks are not taken either. */
function takeAhead(cursor: Cursor, word: string): boolean {
  const before = cursor.at
  skipBlanks(cursor)
  if (take(cursor, word)) return true
  cursor.at = before
  return false
}

/** Terms with operators between them. What binds stronger does not matter to who only reads. */
function readOperation(cursor: Cursor): Expression {
  const first = readTerm(cursor)
  let end = cursor.at
  while (takeOperator(cursor)) {
    skipBlanks(cursor)
    readTerm(cursor)
    end = cursor.at
  }
  return end === first.end ? first : { ...other, start: first.start, end }
}

const operators = ['==', '!=', '<=', '>=', '&&', '||', '<', '>', '+', '-', '*', '/', '%']
const operatorStarts = new Set(operators.map((operator) => operator.charCodeAt(0)))

function takeOperator(cursor: Cursor): boolean {
  const before = cursor.at
  skipBlanks(cursor)
  if (
    operatorStarts.has(cursor.text.charCodeAt(cursor.at)) &&
    !isAtLineEnd(cursor) &&
    operators.some((operator) => take(cursor, operator))
  ) {
    return true
  }
  cursor.at = before
  return false
}

function readTerm(cursor: Cursor): Expression {
  const start = cursor.at
  let [negations, minuses] = [0, 0]
  while (isAt(cursor, '-') || (isAt(cursor, '!') && !isAt(cursor, '!='))) {
    negations += 1
    if (isAt(cursor, '-')) minuses += 1
    cursor.at += 1
    skipBlanks(cursor)
  }
  const read = readPrimary(cursor)
  const isTraversed = readTraversal(cursor)
  const span = { start, end: cursor.at }
  if (negations === 0 && !isTraversed) return { ...read, ...span } as Expression
  const isNegative = read.kind === 'number' && !isTraversed && negations === 1 && minuses === 1
  return isNegative ? { ...read, digits: `-${read.digits}`, ...span } : { ...other, ...span }
}

const number = /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

function readPrimary(cursor: Cursor): Read {
  const { text, at } = cursor
  switch (text.charAt(at)) {
    case '"':
      return templated(readQuoted(cursor, readExpression))
    case '[':
      return readTuple(cursor)
    case '{':
      return readObject(cursor)
    case '(':
      return readParentheses(cursor)
    case '<':
      if (!isAt(cursor, '<<')) break
      return templated(readHeredoc(cursor, readExpression))
  }
  number.lastIndex = at
  const digits = number.exec(text)?.[0]
  if (digits !== undefined) {
    cursor.at += digits.length
    return { kind: 'number', digits }
  }
  if (isAtName(cursor)) return readNamed(cursor)
  throw new HclError(
    at,
    isAtEnd(cursor) || isAtLineEnd(cursor) ? 'A value is missing here.' : `${shownAt(cursor)} is no value.`,
  )
}

const templated = ({ isPlain, text }: Template): Read => ({ kind: isPlain ? 'string' : 'template', value: text })

const constants: Record<string, boolean | null> = { true: true, false: false, null: null }

function readNamed(cursor: Cursor): Read {
  let name = takeName(cursor)
  while (takeAhead(cursor, '::')) {
    skipBlanks(cursor)
    const part = takeName(cursor)
    if (part === '') throw new HclError(cursor.at, 'The name of a function is missing behind `::`.')
    name += `::${part}`
  }
  if (takeAhead(cursor, '(')) return { kind: 'call', name, arguments: readArguments(cursor) }
  if (name.includes('::')) throw new HclError(cursor.at, '`(` is missing behind the name of this function.')
  if (Object.hasOwn(constants, name)) return { kind: 'constant', value: constants[name]! }
  return { kind: 'name', name }
}

function readArguments(cursor: Cursor): Expression[] {
  const opening = cursor.at - 1
  return deeper(cursor, false, () => {
    const items: Expression[] = []
    for (;;) {
      skipBlanks(cursor)
      if (take(cursor, ')')) return items
      items.push(readExpression(cursor))
      skipBlanks(cursor)
      if (take(cursor, '...')) {
        skipBlanks(cursor)
        expect(cursor, ')', '`...` stands behind the last argument only.')
        return items
      }
      if (!take(cursor, ',') && !isAt(cursor, ')')) throw unfinished(cursor, opening, '(', ')')
    }
  })
}

function readParentheses(cursor: Cursor): Read {
  const opening = cursor.at
  cursor.at += 1
  deeper(cursor, false, () => {
    readExpression(cursor)
    skipBlanks(cursor)
    if (!take(cursor, ')')) throw unfinished(cursor, opening, '(', ')')
  })
  return other
}

function readTuple(cursor: Cursor): Read {
  const opening = cursor.at
  cursor.at += 1
  return deeper(cursor, false, () => {
    skipBlanks(cursor)
    if (takeFor(cursor)) {
      readFor(cursor, false)
      if (!takeAhead(cursor, ']')) throw unfinished(cursor, opening, '[', ']')
      return other
    }
    const items: Expression[] = []
    for (;;) {
      skipBlanks(cursor)
      if (take(cursor, ']')) return { kind: 'tuple', items }
      items.push(readExpression(cursor))
      skipBlanks(cursor)
      if (!take(cursor, ',') && !isAt(cursor, ']')) throw unfinished(cursor, opening, '[', ']')
    }
  })
}

function readObject(cursor: Cursor): Read {
  const opening = cursor.at
  cursor.at += 1
  const before = cursor.at
  skipLines(cursor)
  if (takeFor(cursor)) {
    return deeper(cursor, false, () => {
      readFor(cursor, true)
      if (!takeAhead(cursor, '}')) throw unfinished(cursor, opening, '{', '}')
      return other
    })
  }
  cursor.at = before
  return deeper(cursor, true, () => {
    const items: ObjectItem[] = []
    for (;;) {
      skipLines(cursor)
      if (take(cursor, '}')) return { kind: 'object', items }
      if (isAtEnd(cursor)) throw unfinished(cursor, opening, '{', '}')
      items.push(readItem(cursor))
      skipBlanks(cursor)
      if (!take(cursor, ',') && !isAt(cursor, '}') && (!isAtLineEnd(cursor) || isAtEnd(cursor))) {
        throw unfinished(cursor, opening, '{', '}')
      }
    }
  })
}

function readItem(cursor: Cursor): ObjectItem {
  const key = readExpression(cursor)
  skipBlanks(cursor)
  if (isAt(cursor, '==') || isAt(cursor, '=>') || !(take(cursor, '=') || take(cursor, ':'))) {
    throw new HclError(cursor.at, `\`=\` is missing between a name and its value, where ${shownAt(cursor)} is.`)
  }
  return { key, value: readExpression(cursor) }
}

/** `for`, as the word that begins an expression of its own. */
function takeFor(cursor: Cursor): boolean {
  const before = cursor.at
  if (takeName(cursor) === 'for') return true
  cursor.at = before
  return false
}

function readFor(cursor: Cursor, isObject: boolean): void {
  readForIntroduction(cursor, readExpression)
  skipBlanks(cursor)
  expect(cursor, ':', `\`:\` is missing in this \`for\`, where ${shownAt(cursor)} is.`)
  readExpression(cursor)
  skipBlanks(cursor)
  if (isObject) {
    expect(cursor, '=>', `\`=>\` is missing in this \`for\`, where ${shownAt(cursor)} is.`)
    readExpression(cursor)
    skipBlanks(cursor)
    take(cursor, '...')
  }
  const before = cursor.at
  skipBlanks(cursor)
  if (takeName(cursor) === 'if') readExpression(cursor)
  else cursor.at = before
}

/** `.name`, `.0`, `.*`, `[…]` and `[*]`, as many as there are. */
function readTraversal(cursor: Cursor): boolean {
  for (let steps = 0; ; steps += 1) {
    const before = cursor.at
    skipBlanks(cursor)
    if (isAt(cursor, '.') && !isAt(cursor, '..')) readStep(cursor)
    else if (isAt(cursor, '[')) readIndex(cursor)
    else {
      cursor.at = before
      return steps > 0
    }
  }
}

const legacyIndex = /[0-9]+(?!\.?[0-9])/y

function readStep(cursor: Cursor): void {
  cursor.at += 1
  skipBlanks(cursor)
  if (take(cursor, '*') || takeName(cursor) !== '') return
  legacyIndex.lastIndex = cursor.at
  const index = legacyIndex.exec(cursor.text)
  if (!index) throw new HclError(cursor.at, `A name is missing behind \`.\`, where ${shownAt(cursor)} is.`)
  cursor.at += index[0].length
}

function readIndex(cursor: Cursor): void {
  const opening = cursor.at
  cursor.at += 1
  deeper(cursor, false, () => {
    skipBlanks(cursor)
    if (!take(cursor, '*')) readExpression(cursor)
    skipBlanks(cursor)
    if (!take(cursor, ']')) throw unfinished(cursor, opening, '[', ']')
  })
}

/** What was opened goes on where it should not: said where that is, or where it was opened when the file ends. */
function unfinished(cursor: Cursor, opening: number, open: string, close: string): HclError {
  if (isAtEnd(cursor)) return new HclError(opening, `This \`${open}\` is not closed.`)
  if (open === '{')
    return new HclError(cursor.at, `A comma, a new line or \`}\` is missing, where ${shownAt(cursor)} is.`)
  return new HclError(cursor.at, `A comma or \`${close}\` is missing, where ${shownAt(cursor)} is.`)
}
