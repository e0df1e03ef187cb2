/**
 * The file of `cadastre db export`, version 1: gzip around lines of UTF-8.
 *
 *     {"format":"cadastre-export","version":1,"migrations":["0001_registry",…],…}
 *     {"table":"organizations","columns":["id","name",…]}
 *     …rows as COPY writes them in its text format…
 *     \.
 *     {"rows":1,"identities":{}}
 *     …more tables…
 *     {"sha256":"…of all bytes before this line"}
 *
 * https://www.postgresql.org/docs/current/sql-copy.html: no row can look like the line that ends them.
 */
import { createHash } from 'node:crypto'
import { Refusal } from '../../foundation/refusal.ts'

export type Header = {
  format: 'cadastre-export'
  version: 1
  exportedAt: string
  postgres: string
  migrations: string[]
}

export type TableStart = { name: string; columns: string[] }
/** `identities`: column → the number that its sequence gave last */
export type TableEnd = { rows: number; identities: Record<string, string> }
export type TableContent = TableStart & { rows: AsyncIterable<Buffer>; ended(): Promise<TableEnd> }

const endOfRows = '\\.\n'

export async function* writeExport(header: Header, tables: AsyncIterable<TableContent>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  const counted = (bytes: Buffer) => {
    hash.update(bytes)
    return bytes
  }
  yield counted(line(header))
  for await (const { name, columns, rows, ended } of tables) {
    yield counted(line({ table: name, columns }))
    for await (const bytes of rows) yield counted(bytes)
    yield counted(Buffer.from(endOfRows))
    yield counted(line(await ended()))
  }
  yield line({ sha256: hash.digest('hex') })
}

const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`)

/** Reads what `writeExport` wrote; nothing that was read counts before `finish` has found the checksum right. */
export class ExportReader {
  private rest: Buffer = Buffer.alloc(0)
  private readonly hash = createHash('sha256')
  private readonly source: AsyncIterator<Buffer>

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]()
  }

  async header(): Promise<Header> {
    const header = (await this.nextLine()) as Partial<Header>
    if (header.format !== 'cadastre-export') throw damaged('it does not begin as one')
    if (header.version !== 1) {
      throw new Refusal(
        'invalid',
        'export-version',
        `The file has version ${header.version} of the export format, and this Cadastre reads version 1.`,
        'Import it with the version of Cadastre that wrote it, or a later one.',
      )
    }
    return header as Header
  }

  /** @returns undefined after the last table, when the checksum was right and nothing follows */
  async nextTable(): Promise<TableStart | undefined> {
    const before = this.hash.copy().digest('hex')
    const { table, columns, sha256 } = await this.nextLine()
    if (table !== undefined) return { name: String(table), columns: columns as string[] }
    if (sha256 !== before) throw damaged('its checksum is wrong')
    if (this.rest.length > 0 || (await this.more())) throw damaged('something follows its end')
    return undefined
  }

  /** The rows of the table that came last, in pieces as large as they come. */
  async *rows(): AsyncGenerator<Buffer> {
    for (let atStart = true; ; ) {
      if (atStart && this.rest.subarray(0, endOfRows.length).toString() === endOfRows) break
      const end = this.rest.indexOf(`\n${endOfRows}`)
      // Of the last bytes nobody knows yet whether they begin the end.
      const held = end < 0 ? lengthOfTail(this.rest, atStart) : this.rest.length - end - 1
      if (this.rest.length > held) {
        const piece = this.take(this.rest.length - held)
        atStart = piece.at(-1) === newline
        yield piece
      } else if (!(await this.more())) throw damaged('it ends too early')
    }
    this.take(endOfRows.length)
  }

  async tableEnd(): Promise<TableEnd> {
    return (await this.nextLine()) as TableEnd
  }

  private async nextLine(): Promise<Record<string, unknown>> {
    while (!this.rest.includes(newline)) if (!(await this.more())) throw damaged('it ends too early')
    const text = this.take(this.rest.indexOf(newline) + 1).toString()
    try {
      return JSON.parse(text)
    } catch {
      throw damaged('a line in it cannot be read')
    }
  }

  private take(length: number): Buffer {
    const taken = this.rest.subarray(0, length)
    this.rest = this.rest.subarray(length)
    this.hash.update(taken)
    return taken
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.source.next().catch((error: Error) => {
      throw damaged(error.message)
    })
    if (done) return false
    this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value])
    return true
  }
}

const newline = 10

/** How many bytes at the end may belong to `\n\.\n`, from behind the line break on. */
function lengthOfTail(bytes: Buffer, atStart: boolean): number {
  const lineStart = bytes.lastIndexOf(newline) + 1
  const tail = bytes.subarray(lineStart).toString('latin1')
  const begins = lineStart > 0 || atStart
  return begins && endOfRows.startsWith(tail) ? tail.length : 0
}

export const damaged = (why: string) =>
  new Refusal(
    'invalid',
    'export-damaged',
    `This is no whole export of Cadastre: ${why}.`,
    'Nothing was imported. Copy the file again, or export again.',
  )
