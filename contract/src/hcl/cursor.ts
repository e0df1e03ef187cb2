/** A place in a text that is read from left to right: blanks, comments, names. What is found there is others' business. */

export type Cursor = {
  text: string
  at: number
  /** whether a new line ends what is being read; within parentheses and brackets it does not */
  newlinesEnd: boolean
  depth: number
  maxDepth: number
}

export class HclError extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message)
  }
}

export const cursorOn = (text: string, maxDepth: number, at = 0): Cursor => ({
  text,
  at,
  newlinesEnd: true,
  depth: 0,
  maxDepth,
})

/** Reads something that may hold the same again. Foreign nesting never becomes nesting of ours without an end. */
export function deeper<Result>(cursor: Cursor, newlinesEnd: boolean, read: () => Result): Result {
  if (cursor.depth >= cursor.maxDepth) {
    throw new HclError(cursor.at, `This is nested deeper than the limit of ${cursor.maxDepth}.`)
  }
  const before = cursor.newlinesEnd
  cursor.depth += 1
  cursor.newlinesEnd = newlinesEnd
  try {
    return read()
  } finally {
    cursor.newlinesEnd = before
    cursor.depth -= 1
  }
}

const [tab, newline, carriageReturn, space, hash, star, slash] = [9, 10, 13, 32, 35, 42, 47]

/** Skips blanks and comments, and new lines where they do not end anything. */
export function skipBlanks(cursor: Cursor): void {
  const { text } = cursor
  for (;;) {
    const code = text.charCodeAt(cursor.at)
    if (code === space || code === tab) cursor.at += 1
    else if (code === slash && text.charCodeAt(cursor.at + 1) === star) skipInlineComment(cursor)
    else if (cursor.newlinesEnd || !skipNewline(cursor)) return
  }
}

/** Skips everything between two items of a body. */
export function skipLines(cursor: Cursor): void {
  do skipBlanks(cursor)
  while (skipNewline(cursor))
}

/** A new line, or a comment up to and with its new line. */
function skipNewline(cursor: Cursor): boolean {
  const { text } = cursor
  const code = text.charCodeAt(cursor.at)
  if (code === newline) cursor.at += 1
  else if (code === carriageReturn && text.charCodeAt(cursor.at + 1) === newline) cursor.at += 2
  else if (code === hash || (code === slash && text.charCodeAt(cursor.at + 1) === slash)) {
    const end = text.indexOf('\n', cursor.at)
    cursor.at = end < 0 ? text.length : end + 1
  } else return false
  return true
}

function skipInlineComment(cursor: Cursor): void {
  const end = cursor.text.indexOf('*/', cursor.at + 2)
  if (end < 0) throw new HclError(cursor.at, 'This comment is not closed.')
  cursor.at = end + 2
}

export const isAtEnd = ({ text, at }: Cursor) => at >= text.length

/** Whether a line ends here: with a new line, a comment, or the file. */
export function isAtLineEnd({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at)
  if (code === newline || code === hash || at >= text.length) return true
  const next = text.charCodeAt(at + 1)
  return (code === carriageReturn && next === newline) || (code === slash && next === slash)
}

export const isAt = ({ text, at }: Cursor, word: string) => text.startsWith(word, at)

/** @returns whether it stood here; then it is behind us */
export function take(cursor: Cursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false
  cursor.at += word.length
  return true
}

export function expect(cursor: Cursor, word: string, message: string): void {
  if (!take(cursor, word)) throw new HclError(cursor.at, message)
}

const startsName = /[\p{ID_Start}_]/uy
const continuesName = /[\p{ID_Continue}-]*/uy

const isAsciiLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
const isAsciiNamePart = (code: number) => isAsciiLetter(code) || (code >= 48 && code <= 57) || code === 45

export function isAtName({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return isAsciiLetter(code)
  startsName.lastIndex = at
  return startsName.test(text)
}

/** @returns the name here; empty when there is none */
export function takeName(cursor: Cursor): string {
  if (!isAtName(cursor)) return ''
  const { text, at } = cursor
  let end = at
  while (isAsciiNamePart(text.charCodeAt(end))) end += 1
  if (text.charCodeAt(end) >= 128) {
    continuesName.lastIndex = end
    end += continuesName.exec(text)![0].length
  }
  cursor.at = end
  return text.slice(at, end)
}

/** What stands here, as a message can show it. */
export function shownAt({ text, at }: Cursor): string {
  if (at >= text.length) return 'the end of the file'
  const [shown = ''] = /^(?:[\p{L}\p{N}_-]{1,30}|.)?/u.exec(text.slice(at, at + 32)) ?? []
  return shown === '' || shown === '\r' ? 'the end of the line' : `\`${shown}\``
}
