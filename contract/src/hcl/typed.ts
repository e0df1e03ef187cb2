/** What somebody typed as one expression, to stand in a configuration as it is: whether it is one, and no more than one. */
import { cursorOn, HclError, isAtEnd, skipBlanks } from './cursor.ts'
import { readExpression } from './expression.ts'

const maxLength = 4_000
const maxDepth = 20

/** As it will stand there. */
export const trimmedExpression = (text: string) => text.replace(/\r\n?/g, '\n').trim()

/** @returns what is wrong with it, as a sentence; undefined: nothing */
export function problemInExpression(typed: string): string | undefined {
  const text = trimmedExpression(typed)
  if (text === '') return 'An expression is missing.'
  if (text.length > maxLength) return `This is longer than ${maxLength.toLocaleString('en')} letters.`
  const unseen = /[^\P{C}\n\t]/u.exec(text)
  if (unseen) return 'There is a sign in it that nobody sees. Write it as an escape, such as \\u200b.'
  // The reader takes it for a name here; in a list or an object it begins something else.
  if (/^for(?![\p{ID_Continue}-])/u.test(text)) return '`for` stands within brackets only.'
  const cursor = cursorOn(text, maxDepth)
  try {
    readExpression(cursor)
    skipBlanks(cursor)
  } catch (error) {
    if (error instanceof HclError) return error.message.replace('the end of the file', 'its end')
    throw error
  }
  if (isAtEnd(cursor)) return undefined
  return `This is more than one expression: it could end before \`${text.slice(cursor.at, cursor.at + 20)}\`.`
}

/** Words that lead somewhere with a single step; of a resource its type, its name and an attribute are said. */
const roots = '(?:var|local|module|data|each|ephemeral|path|count|self)'
const name = '[\\p{ID_Start}_][\\p{ID_Continue}-]*'
const step = `(?:\\.${name}|\\[[0-9]{1,6}\\]|\\["[\\p{ID_Continue}-]{1,60}"\\])`
const reference = new RegExp(`^(?:${roots}|${name}\\.${name})${step}+$`, 'u')

/** Whether it says only where a value is, such as `var.token`, and so gives none away. */
export const isReference = (typed: string) => typed.length <= 300 && reference.test(trimmedExpression(typed))
