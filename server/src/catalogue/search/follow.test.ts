/** Two server processes with an index each: what one is told the other finds, also after it was out of reach for a while. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenCatalogue } from '../../../test/catalogue/given.ts'
import type { OtherProcess } from '../../../test/other-process.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
let other: OtherProcess
beforeAll(async () => {
  registry = await startRegistry()
  other = await registry.another()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

const foundByOther = async (q: string): Promise<string[]> =>
  (await other.as(registry.adminToken).get(`/api/v1/search?q=${q}`)).json.items.map(
    ({ address }: { address: string }) => address,
  )

/** Cuts the connections on which both processes listen. */
const cutListening = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'cadastre-changes' and datname = current_database()`.execute(registry.app.db)

test('a publish is found by the other process', async () => {
  expect(await foundByOther('vpc')).toEqual([])

  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')

  await expect.poll(() => foundByOther('vpc')).toEqual(['acme/vpc/aws'])
})

test('what was published while nobody could tell, in the middle of an import, is found afterwards', async () => {
  for (let batch = 0; batch < 10; batch += 1) {
    const items = Array.from({ length: 100 }, (_, index) => ({ address: `pool/item${batch}x${index}/aws` }))
    await givenCatalogue(registry, items)
    if (batch % 3 === 1) await cutListening()
    await registry.admin.publishModule(`acme/during${batch}/aws`, '1.0.0')
  }
  const count = async (q: string) =>
    (await other.as(registry.adminToken).get(`/api/v1/search?q=${q}`)).json.total.count as number

  await expect.poll(() => count('during')).toBe(10)
  await expect.poll(() => count('ns:pool')).toBe(1_000)
})

test('an import of more than the small part holds is read as a whole, and nothing is lost', async () => {
  const many = Array.from({ length: 2_500 }, (_, index) => ({ address: `large/item${index}/aws` }))
  await givenCatalogue(registry, many, { hostname: 'large.example.com' })
  await registry.admin.publishModule('acme/meanwhile/aws', '1.0.0')

  const count = async (q: string) => (await registry.admin.get(`/api/v1/search?q=${q}`)).json.total.count as number

  expect(await count('meanwhile')).toBe(1)
  await expect.poll(() => count('ns:large')).toBe(2_500)
  expect(await count('origin:published')).toBe(12)
})
