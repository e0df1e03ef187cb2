/** A file as text, and where in it something is. Tolerates a byte order mark; says what else is wrong with its bytes. */
import { isUtf8 } from 'node:buffer'
import type { Diagnostic } from '@cadastre/contract/module-knowledge'

export type SourceText = { path: string; text: string; lineStarts: number[] }
export type Position = { file: string; line: number; column: number }

export function sourceText(path: string, text: string): SourceText {
  return { path, text, lineStarts: [0] }
}

/** @returns the text, without what no database keeps, and what was wrong with it */
export function decodedSource(path: string, bytes: Buffer): { source: SourceText; diagnostics: Diagnostic[] } {
  // Without a BOM; what is no UTF-8 becomes U+FFFD.
  const decoded = new TextDecoder('utf-8').decode(bytes)
  const nul = decoded.indexOf('\0')
  const source = sourceText(path, nul < 0 ? decoded : decoded.replaceAll('\0', '\u{fffd}'))
  const diagnostics: Diagnostic[] = []
  if (nul >= 0) diagnostics.push(errorAt(source, nul, 'There is a NUL byte here.'))
  const wrong = invalidAt(decoded, bytes)
  if (wrong !== undefined) diagnostics.push(errorAt(source, wrong, 'The file is not UTF-8 from here on.'))
  return { source, diagnostics }
}

/** Where the first bytes are that are no UTF-8: all before them decode, so their length is the place in the text. */
function invalidAt(decoded: string, bytes: Buffer): number | undefined {
  if (isUtf8(bytes)) return undefined
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(wholeCharacters(bytes, middle))) good = middle
    else bad = middle
  }
  return Math.min(decoded.length, new TextDecoder('utf-8').decode(wholeCharacters(bytes, good)).length)
}

/** The first bytes, without the beginning of a character whose rest is cut off. */
function wholeCharacters(bytes: Buffer, length: number): Buffer {
  for (let back = 1; back <= 3 && back <= length; back += 1) {
    const byte = bytes[length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < size ? bytes.subarray(0, length - back) : bytes.subarray(0, length)
    }
  }
  return bytes.subarray(0, length)
}

export function positionAt({ path, text, lineStarts }: SourceText, offset: number): Position {
  for (let last = lineStarts.at(-1)!; last <= offset; ) {
    const newline = text.indexOf('\n', last)
    last = newline < 0 ? Number.POSITIVE_INFINITY : newline + 1
    lineStarts.push(last)
  }
  let [low, high] = [0, lineStarts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (lineStarts[middle]! <= offset) low = middle
    else high = middle
  }
  return { file: path, line: low + 1, column: offset - lineStarts[low]! + 1 }
}

export const errorAt = (source: SourceText, offset: number, message: string): Diagnostic => ({
  severity: 'error',
  message,
  ...positionAt(source, offset),
})
