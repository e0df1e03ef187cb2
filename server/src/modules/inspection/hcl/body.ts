/**
 * Files in HCL's own syntax: blocks and attributes. A file is read strictly first; when that fails it is read once more,
 * and what comes after a mistake is found by its indentation.
 */
import {
  type Cursor,
  cursorOn,
  deeper,
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
} from '@cadastre/contract/hcl/cursor'
import { readExpression } from '@cadastre/contract/hcl/expression'
import { readQuoted } from '@cadastre/contract/hcl/template'
import type { Diagnostic } from '@cadastre/contract/module-knowledge'
import { type Attribute, type Block, type Body, emptyBody } from '../blocks.ts'
import type { Budget } from '../limits.ts'
import { errorAt, type SourceText } from '../source-text.ts'

type Reading = { cursor: Cursor; source: SourceText; budget: Budget; diagnostics: Diagnostic[]; recovers: boolean }

/** Each may cost another look at the rest of the file. */
const maxErrors = 20

export function readHcl(source: SourceText, budget: Budget): { body: Body; diagnostics: Diagnostic[] } {
  try {
    return readFile(source, budget, false)
  } catch (error) {
    if (!(error instanceof HclError)) throw error
    return readFile(source, budget, true)
  }
}

function readFile(source: SourceText, budget: Budget, recovers: boolean) {
  const cursor = cursorOn(source.text, budget.limits.nesting)
  const reading: Reading = { cursor, source, budget, diagnostics: [], recovers }
  const body = emptyBody()
  readItems(reading, body, undefined)
  return { body, diagnostics: reading.diagnostics }
}

/** All items up to the `}` of the block, or to the end of the file. */
function readItems(reading: Reading, body: Body, block: Block | undefined): void {
  const { cursor, diagnostics } = reading
  for (;;) {
    reading.budget.checkTime()
    let start = cursor.at
    try {
      skipLines(cursor)
      start = cursor.at
      if (isAtEnd(cursor) && !block) return
      if (block && (take(cursor, '}') || isCutOff(reading, block))) return
      readItem(reading, body)
      endLine(cursor)
    } catch (error) {
      if (!(error instanceof HclError) || !reading.recovers) throw error
      report(reading, error.offset, error.message)
      if (diagnostics.length >= maxErrors) {
        cursor.at = cursor.text.length
        return
      }
      if (!resume(cursor, start, block !== undefined)) return
    }
  }
}

function report({ diagnostics, source }: Reading, offset: number, message: string): void {
  if (diagnostics.length < maxErrors) diagnostics.push(errorAt(source, offset, message))
}

function readItem(reading: Reading, body: Body): void {
  const { cursor } = reading
  const start = cursor.at
  const name = takeName(cursor)
  if (name === '') throw new HclError(start, `A name is expected here, not ${shownAt(cursor)}.`)
  skipBlanks(cursor)
  if (isAt(cursor, '=') && !isAt(cursor, '==')) readAttribute(reading, body, name, start)
  else readBlock(reading, body, name, start)
}

function readAttribute(reading: Reading, body: Body, name: string, start: number): void {
  const { cursor, source } = reading
  cursor.at += 1
  const expression = readExpression(cursor)
  const attribute: Attribute = { name, start, source, expression, isJson: false }
  if (body.attributes.has(name)) report(reading, start, `\`${name}\` is set twice.`)
  else body.attributes.set(name, attribute)
}

function readBlock(reading: Reading, body: Body, kind: string, start: number): void {
  const { cursor, source } = reading
  const labels = readLabels(cursor)
  if (!take(cursor, '{')) {
    throw new HclError(cursor.at, `\`=\` or \`{\` is expected behind \`${kind}\`, not ${shownAt(cursor)}.`)
  }
  const block: Block = { kind, labels, start, source, ...emptyBody() }
  body.blocks.push(block)
  deeper(cursor, true, () => {
    skipBlanks(cursor)
    if (isAtEnd(cursor)) throw new HclError(start, 'This block is not closed.')
    if (isAtLineEnd(cursor)) readItems(reading, block, block)
    else readOnOneLine(reading, block)
  })
}

function readLabels(cursor: Cursor): string[] {
  const labels: string[] = []
  for (;;) {
    skipBlanks(cursor)
    const start = cursor.at
    if (isAtName(cursor)) labels.push(takeName(cursor))
    else if (isAt(cursor, '"')) {
      const label = readQuoted(cursor, readExpression)
      if (!label.isPlain) throw new HclError(start, 'A label is plain text: nothing is interpolated in it.')
      labels.push(label.text)
    } else return labels
  }
}

/** `name { attribute = value }`: one attribute at most. */
function readOnOneLine(reading: Reading, block: Block): void {
  const { cursor } = reading
  if (take(cursor, '}')) return
  const start = cursor.at
  const name = takeName(cursor)
  skipBlanks(cursor)
  if (name === '' || !isAt(cursor, '=') || isAt(cursor, '==')) {
    throw new HclError(start, 'On one line, a block holds one attribute at most.')
  }
  readAttribute(reading, block, name, start)
  skipBlanks(cursor)
  if (!take(cursor, '}')) throw new HclError(cursor.at, `\`}\` is expected here, not ${shownAt(cursor)}.`)
}

function endLine(cursor: Cursor): void {
  // A block that was cut off ends where the next one begins.
  if (cursor.text[cursor.at - 1] === '\n') return
  skipBlanks(cursor)
  if (!isAtLineEnd(cursor)) throw new HclError(cursor.at, `A new line is expected here, not ${shownAt(cursor)}.`)
}

const opensTopLevel =
  /(?:variable|output|resource|data|ephemeral|module|provider|terraform|locals|moved|removed|import|check)(?:[ \t]+(?:"[^"\n]*"|[\w-]+)){0,2}[ \t]*\{/y

/** Whether the block ends without its `}`: at the end of the file, or where another one begins at the left margin. */
function isCutOff(reading: Reading, block: Block): boolean {
  const { cursor, diagnostics, recovers } = reading
  const { text, at } = cursor
  if (!isAtEnd(cursor)) {
    if (!recovers || columnOf(text, at) !== 0 || columnOf(text, block.start) !== 0) return false
    opensTopLevel.lastIndex = at
    if (!opensTopLevel.test(text)) return false
  }
  const message = 'This block is not closed.'
  if (!recovers) throw new HclError(block.start, message)
  // Of blocks in each other the innermost says so; where the others are closed is not known.
  if (diagnostics.at(-1)?.message !== message) report(reading, block.start, message)
  return true
}

/**
 * Goes to where the next item may begin: a line that is not indented deeper than the one that failed.
 * @returns false when the block around it ended
 */
function resume(cursor: Cursor, failedAt: number, inBlock: boolean): boolean {
  const { text } = cursor
  const column = columnOf(text, failedAt)
  for (let newline = text.indexOf('\n', failedAt); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
    let at = newline + 1
    while (text[at] === ' ' || text[at] === '\t') at += 1
    cursor.at = at
    const indent = at - newline - 1
    if (indent > column) continue
    if (isAtName(cursor)) return !inBlock || indent === column
    if (inBlock && indent < column && text[at] === '}') {
      cursor.at += 1
      return false
    }
  }
  cursor.at = text.length
  return !inBlock
}

const columnOf = (text: string, at: number) => at - (text.lastIndexOf('\n', at - 1) + 1)
