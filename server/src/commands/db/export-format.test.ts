/** The file of `cadastre db export`, read in pieces of every size and with every kind of damage. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ExportReader, type Header, type TableContent, writeExport } from './export-format.ts'

const header: Header = {
  format: 'cadastre-export',
  version: 1,
  exportedAt: '2030-01-01T00:00:00.000Z',
  postgres: '17.0',
  migrations: ['0001_registry'],
}

// A row may look much like the end of the rows: COPY writes a backslash as two.
const tables: [name: string, rows: string[]][] = [
  ['empty', []],
  ['rows', ['1\ta\n', '2\t\\\\.\n', '\\N\t\\N\n', '\\\\.\n', '.\n', '\n', `${'x'.repeat(5000)}\n`]],
  ['last', ['\\\\.\n']],
]

async function* content(): AsyncGenerator<TableContent> {
  for (const [name, rows] of tables) {
    const pieces = (async function* () {
      for (const row of rows) yield Buffer.from(row)
    })()
    yield {
      name,
      columns: ['a', 'b'],
      rows: pieces,
      ended: async () => ({ rows: rows.length, identities: { a: '7' } }),
    }
  }
}

async function written(): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const bytes of writeExport(header, content())) pieces.push(bytes)
  return Buffer.concat(pieces)
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(bytes: Buffer, size = 64) {
  const reader = new ExportReader(cut(bytes, size))
  const found: [string, string, unknown][] = []
  await reader.header()
  for (let table = await reader.nextTable(); table; table = await reader.nextTable()) {
    let rows = ''
    for await (const piece of reader.rows()) rows += piece
    found.push([table.name, rows, await reader.tableEnd()])
  }
  return found
}

test.each([1, 2, 3, 4, 5, 7, 64, 1000, 1_000_000])(
  'what was written is read again, in pieces of %i bytes',
  async (size) => {
    const found = await readAll(await written(), size)

    expect(found).toEqual(
      tables.map(([name, rows]) => [name, rows.join(''), { rows: rows.length, identities: { a: '7' } }]),
    )
  },
)

test('the first line names format, version and migrations, and the last is the checksum of all before it', async () => {
  const lines = (await written()).toString().trimEnd().split('\n')

  expect(JSON.parse(lines[0]!)).toEqual(header)
  const before = `${lines.slice(0, -1).join('\n')}\n`
  expect(JSON.parse(lines.at(-1)!)).toEqual({ sha256: createHash('sha256').update(before).digest('hex') })
})

describe('is refused', () => {
  test('when it is cut off anywhere', async () => {
    const whole = await written()

    for (let length = 0; length < whole.length; length += length < 700 ? 13 : 501) {
      await expect(readAll(whole.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({
        code: 'export-damaged',
      })
    }
  })

  test('when a value was changed', async () => {
    const text = (await written()).toString()

    await expect(readAll(Buffer.from(text.replace('1\ta', '1\tb')))).rejects.toThrow('its checksum is wrong')
  })

  test('when something follows its end', async () => {
    await expect(readAll(Buffer.concat([await written(), Buffer.from('more')]))).rejects.toThrow(
      'something follows its end',
    )
  })

  test('when it is another file', async () => {
    await expect(readAll(Buffer.from('hello\n'))).rejects.toThrow('a line in it cannot be read')
    await expect(readAll(Buffer.from('{"format":"other"}\n'))).rejects.toThrow('it does not begin as one')
  })

  test('when its format is of a later version', async () => {
    const later = Buffer.from(`${JSON.stringify({ ...header, version: 2 })}\n`)

    await expect(readAll(later)).rejects.toMatchObject({ code: 'export-version' })
  })
})
