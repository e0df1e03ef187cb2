/** What PostgreSQL refused, told apart by its codes. */
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../../test/database.ts'
import { isUniqueViolation } from './errors.ts'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await copyOfTemplate()
  client = new pg.Client(database.application)
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

test('a second row with the same key is a unique violation, of the constraint that it names', async () => {
  const insert = "insert into organizations (name) values ('acme')"
  await client.query(insert)

  const error = await client.query(insert).catch((refused) => refused)

  expect(isUniqueViolation(error)).toBe(true)
  expect(isUniqueViolation(error, 'organizations_name_key')).toBe(true)
  expect(isUniqueViolation(error, 'users_email_key')).toBe(false)
})

test('another refusal is no unique violation', async () => {
  const error = await client.query('insert into organizations (name) values (null)').catch((refused) => refused)

  expect(error.code).toBe('23502')
  expect(isUniqueViolation(error)).toBe(false)
})

test.each([[null], [undefined], ['23505'], [new Error('23505')]])('%s is no unique violation', (error) => {
  expect(isUniqueViolation(error)).toBe(false)
})
