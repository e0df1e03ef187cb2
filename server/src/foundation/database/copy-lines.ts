/** Rows in the text format of COPY (https://www.postgresql.org/docs/current/sql-copy.html), in pieces of 64 KB. Pure. */

const pieceCharacters = 64 * 1024

/** A value may be text, a number, a boolean, a date, bytes, an array of texts and numbers and nothings, or nothing. */
export function* copyLines(rows: Iterable<unknown[]>): Generator<string> {
  let piece = ''
  for (const row of rows) {
    // Line by line and not by map and join: half of what an import spends here would go into short arrays.
    for (let column = 0; column < row.length; column += 1) piece += (column === 0 ? '' : '\t') + field(row[column])
    piece += '\n'
    if (piece.length < pieceCharacters) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (Array.isArray(value)) return escaped(`{${value.map(element).join(',')}}`)
  return String(value)
}

function element(value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value !== 'string') return String(value)
  return plain.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
}

// Needs no quotes, and is none of the words that mean something else without them.
const plain = /^(?!null$)[\w.:/+-]+$/i

const special = /[\\\n\r\t]/
const names: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string) =>
  special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => names[character]!) : text
