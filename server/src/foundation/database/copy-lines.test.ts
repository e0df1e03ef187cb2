/** Whatever is copied comes out as it went in. */
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { copyLines } from './copy-lines.ts'
import { type OwnConnection, ownConnection } from './own-connection.ts'

let database: TestDatabase
let own: OwnConnection
let reader: pg.Client
beforeAll(async () => {
  database = await copyOfTemplate()
  own = await ownConnection(database.owner, 'test')
  reader = new pg.Client(database.owner)
  await reader.connect()
  await reader.query('create table copied (n integer, t text, l text[], b bytea, f boolean)')
})
afterAll(async () => {
  await own.close()
  await reader.end()
  await database.drop()
})

const text = fc.string({ unit: 'binary' }).filter((value) => !/[\0\p{Cs}]/u.test(value))
const row = fc.record({
  t: fc.option(fc.oneof(text, fc.constantFrom('\\N', '\\.', 'a\tb\nc\rd\\e'))),
  l: fc.array(text, { maxLength: 3 }),
  b: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  f: fc.boolean(),
})

test('texts, lists, bytes and claims come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 10 }), async (rows) => {
      await reader.query('truncate copied')

      await own.copy(
        'copied',
        ['n', 't', 'l', 'b', 'f'],
        rows.map(({ t, l, b, f }, n) => [n, t, l, b, f]),
      )

      const found = await reader.query('select t, l, b, f from copied order by n')
      expect(found.rows).toEqual(rows.map((one) => ({ ...one })))
    }),
    { numRuns: 60 },
  )
})

test('rows go in pieces, and a row that is refused refuses them all', async () => {
  const rows = Array.from({ length: 5000 }, (_, n) => [n, 'x'.repeat(40), [], Buffer.alloc(0), true])
  expect([...copyLines(rows)].length).toBeGreaterThan(3)

  await reader.query('truncate copied')
  await expect(own.copy('copied', ['n'], [[1], ['x']])).rejects.toThrow(/invalid input syntax/)
  expect((await reader.query('select from copied')).rowCount).toBe(0)
})
