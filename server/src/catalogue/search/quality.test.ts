/** What people type, and what they want to see first. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOfPath, type GivenItem, givenCatalogue, smallCatalogue } from '../../../test/catalogue/given.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { ownQueries, realQueries } from './quality.table.ts'

const realFolder = process.env.CADASTRE_TEST_DATA

describe('over the small catalogue', () => tryQueries(ownQueries, smallCatalogue))

describe.skipIf(!realFolder)('over a third of the real registry', () =>
  tryQueries(realQueries, () => realCatalogue(realFolder!)),
)

function tryQueries(queries: typeof ownQueries, items: () => GivenItem[]) {
  let registry: TestRegistry
  let given: GivenItem[]
  beforeAll(async () => {
    registry = await startRegistry()
    given = items()
    await givenCatalogue(registry, given)
  })
  afterAll(() => registry.stop())

  test('everything is there to be found', async () => {
    const count = async () => (await registry.admin.get('/api/v1/search')).json.total.count

    await expect.poll(count).toBe(given.length)
  })

  test('nearly every query has what is wanted first, and almost all among the first five', async () => {
    const asked = []
    for (const [query, wanted] of queries) asked.push({ query, wanted, found: await firstFive(registry, query) })

    const notFirst = asked.filter(({ wanted, found }) => found[0] !== wanted)
    const notInFive = asked.filter(({ wanted, found }) => !found.includes(wanted))
    expect(notFirst.length, JSON.stringify(notFirst, null, 1)).toBeLessThanOrEqual(0.05 * asked.length)
    expect(notInFive.length, JSON.stringify(notInFive, null, 1)).toBeLessThanOrEqual(0.01 * asked.length)
  })
}

async function firstFive(registry: TestRegistry, query: string): Promise<string[]> {
  const { json } = await registry.admin.get(`/api/v1/search?limit=5&q=${encodeURIComponent(query)}`)
  return json.items.map(({ address }: { address: string }) => address.replace('registry.opentofu.org/', ''))
}

/** Its shapes, without any count: those that are popular are said to be. */
function realCatalogue(folder: string): GivenItem[] {
  const popular = new Map(realQueries.map(([, address], place) => [address, 10_000 - place] as const).toReversed())
  return ['providers', 'modules'].flatMap((kind) =>
    gunzipSync(readFileSync(join(folder, 'index-third', `${kind}.jsonl.gz`)))
      .toString()
      .trim()
      .split('\n')
      .map((line) => {
        const address = addressOfPath((JSON.parse(line) as { p: string }).p)
        return { address, popularity: popular.get(address) }
      }),
  )
}
