/** Rows in the text format of COPY (https://www.postgresql.org/docs/current/sql-copy.html), in pieces of 64 KB. Pure. */

const pieceCharacters = 64 * 1024

/** A value may be text, a number, a boolean, a date, bytes, an array of texts, or nothing. */
export function* copyLines(rows: Iterable<unknown[]>): Generator<string> {
  let piece = ''
  for (const row of rows) {
    piece += `${row.map(field).join('\t')}\n`
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

const element = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

const special = /[\\\n\r\t]/
const names: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escaped = (text: string) =>
  special.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => names[character]!) : text
