import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { copyRows } from './copy-rows.ts'
import { type OwnConnection, ownConnection } from './own-connection.ts'

let database: TestDatabase
let own: OwnConnection
beforeAll(async () => {
  database = await copyOfTemplate()
  own = await ownConnection(database.owner, 'test')
})
afterAll(async () => {
  await own.close()
  await database.drop()
})

const all = async (rows: AsyncIterable<Iterable<(string | null)[]>>) => {
  const found = []
  for await (const some of rows) found.push(...some)
  return found
}

test('columns come as they are, whatever stands in them', async () => {
  const odd = 'tab\tline\nreturn\rback\\slash \\N é 🦊'

  const rows = await all(own.rows(`select 1, null, '', E'${odd.replaceAll('\\', '\\\\')}', true`))

  expect(rows).toEqual([['1', null, '', odd, 't']])
})

test('many rows come one after the other, and the connection is free afterwards', async () => {
  const rows = await all(own.rows(`select n, repeat('x', 100) from generate_series(1, 5000) as n`))

  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1))
  expect(await all(own.rows('select 2'))).toEqual([['2']])
})

test('a row that is cut between two pieces, even within a letter, is one row', async () => {
  const bytes = Buffer.from('a\té\nb\t🦊\n')
  const pieces = (async function* () {
    for (const byte of bytes) yield Buffer.from([byte])
  })()

  expect(await all(copyRows(pieces))).toEqual([
    ['a', 'é'],
    ['b', '🦊'],
  ])
})
