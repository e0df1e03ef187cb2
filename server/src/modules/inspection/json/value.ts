/**
 * JSON with the place of every value, as the expressions that the rest of the inspection reads. Numbers keep their digits,
 * and a mistake leaves everything that stands before it.
 */
import { type Cursor, cursorOn, HclError, isAtEnd, shownAt, take } from '@cadastre/contract/hcl/cursor'
import type { Expression, ObjectItem } from '@cadastre/contract/hcl/expression'

export function readJsonValue(text: string, maxDepth: number): { value: Expression; error: HclError | undefined } {
  const reading: Reading = { cursor: cursorOn(text, maxDepth), error: undefined }
  const value = readValue(reading)
  skipSpace(reading.cursor)
  if (!reading.error && !isAtEnd(reading.cursor))
    fail(reading, `The end of the file is expected here, not ${shownAt(reading.cursor)}.`)
  return { value, error: reading.error }
}

/** After the first error nothing more is read: everything returns what it has. */
type Reading = { cursor: Cursor; error: HclError | undefined }

const space = /[ \t\r\n]*/y

function skipSpace(cursor: Cursor): void {
  space.lastIndex = cursor.at
  cursor.at += space.exec(cursor.text)![0].length
}

function fail(reading: Reading, message: string, offset = reading.cursor.at): void {
  reading.error ??= new HclError(offset, message)
}

function readValue(reading: Reading): Expression {
  const { cursor } = reading
  skipSpace(cursor)
  const start = cursor.at
  const finish = (read: Omit<Expression, 'start' | 'end'>) => ({ ...read, start, end: cursor.at }) as Expression
  switch (cursor.text[start]) {
    case '{':
      return finish({ kind: 'object', items: nested(reading, () => readItems(reading)) ?? [] } as Expression)
    case '[':
      return finish({ kind: 'tuple', items: nested(reading, () => readElements(reading)) ?? [] } as Expression)
    case '"':
      return finish({ kind: 'string', value: readString(reading) } as Expression)
  }
  return finish(readPlain(reading) as Expression)
}

function nested<Result>(reading: Reading, read: () => Result): Result | undefined {
  const { cursor } = reading
  if (cursor.depth >= cursor.maxDepth) {
    fail(reading, `This is nested deeper than the limit of ${cursor.maxDepth}.`)
    return undefined
  }
  cursor.depth += 1
  cursor.at += 1
  const result = read()
  cursor.depth -= 1
  return result
}

function readItems(reading: Reading): ObjectItem[] {
  const items: ObjectItem[] = []
  readSequence(reading, '}', () => {
    const key = readValue(reading)
    if (reading.error) return
    skipSpace(reading.cursor)
    if (key.kind !== 'string') fail(reading, 'A name in quotes is expected here.', key.start)
    else if (take(reading.cursor, ':')) items.push({ key, value: readValue(reading) })
    else fail(reading, `\`:\` is expected here, not ${shownAt(reading.cursor)}.`)
  })
  return items
}

function readElements(reading: Reading): Expression[] {
  const items: Expression[] = []
  readSequence(reading, ']', () => void items.push(readValue(reading)))
  return items
}

function readSequence(reading: Reading, close: string, readOne: () => void): void {
  const { cursor } = reading
  const opening = cursor.at - 1
  const notClosed = () => fail(reading, `This \`${cursor.text[opening]}\` is not closed.`, opening)
  skipSpace(cursor)
  if (take(cursor, close)) return
  while (!reading.error) {
    skipSpace(cursor)
    if (isAtEnd(cursor)) notClosed()
    else readOne()
    if (reading.error) return
    skipSpace(cursor)
    if (take(cursor, close)) return
    if (isAtEnd(cursor)) notClosed()
    else if (!take(cursor, ',')) fail(reading, `A comma or \`${close}\` is expected here, not ${shownAt(cursor)}.`)
  }
}

function readString(reading: Reading): string {
  const { cursor } = reading
  const start = cursor.at
  const end = closingQuote(cursor.text, start)
  if (end < 0) {
    fail(reading, 'This string is not closed on its line.')
    return ''
  }
  cursor.at = end + 1
  try {
    return JSON.parse(cursor.text.slice(start, end + 1)) as string
  } catch {
    fail(reading, 'This string holds an escape or a character that JSON does not allow.', start)
    return ''
  }
}

function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34) return at
    if (code === 10) return -1
    if (code === 92) at += 1
  }
  return -1
}

const plain = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

function readPlain(reading: Reading): Omit<Expression, 'start' | 'end'> {
  const { cursor } = reading
  plain.lastIndex = cursor.at
  const word = plain.exec(cursor.text)?.[0]
  if (word === undefined) {
    fail(reading, `A value is expected here, not ${shownAt(cursor)}.`)
    return { kind: 'other' }
  }
  cursor.at += word.length
  if (word === 'null') return { kind: 'constant', value: null } as Expression
  if (word === 'true' || word === 'false') return { kind: 'constant', value: word === 'true' } as Expression
  return { kind: 'number', digits: word } as Expression
}
