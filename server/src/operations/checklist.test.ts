/** The checklist says what is so, and changes with it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry.stop())

const stateOf = async (name: string) => {
  const { items } = (await registry.admin.get('/api/v1/checklist')).json
  return items.find((item: { name: string }) => item.name === name)?.state
}

test('a new installation works, and is told what is left to do', async () => {
  const { items } = (await registry.admin.get('/api/v1/checklist')).json

  expect(
    Object.fromEntries(items.map(({ name, state }: { name: string; state: string }) => [name, state])),
  ).toMatchObject({
    storage: 'done',
    address: 'open',
    'sign-in': 'open',
    people: 'open',
    namespaces: 'open',
    catalogue: 'open',
  })
  expect(items.filter(({ words }: { words: string }) => !words.endsWith('.'))).toEqual([])
})

test('a namespace of a team ticks it off', async () => {
  await registry.given.namespace('platform')

  expect(await stateOf('namespaces')).toBe('done')
})
