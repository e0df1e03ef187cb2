/** What happened lately: who sees which events, in pages, and that they say no more than the things themselves do. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  for (const visibility of ['public', 'internal', 'private'] as const)
    await registry.given.namespace(visibility, visibility)
  for (const address of ['public/vpc/aws', 'internal/vpc/aws', 'private/vpc/aws'])
    expectStatus(await registry.admin.publishModule(address, '1.0.0'), 201)
  expectStatus(await registry.admin.publishModule('public/vpc/aws', '1.1.0'), 201)
  expectStatus(await registry.admin.send('DELETE', '/api/v1/modules/public/vpc/aws/1.1.0'), 200)
})
afterAll(() => registry.stop())

type Shown = { at: string; action: string; type: string; address: string; version: string | null; by: string | null }
const answered = async (client: Client, query = '') =>
  expectStatus(await client.get(`/api/v1/activity${query}`), 200).json as { items: Shown[]; next: string | null }
const told = async (client: Client, query = '') =>
  (await answered(client, query)).items.map(({ action, address, version }) => `${action} ${address} ${version}`)

test('who has not signed in sees what happened in public namespaces, newest first', async () => {
  expect(await told(registry.anonymous)).toEqual([
    'deleted public/vpc/aws 1.1.0',
    'published public/vpc/aws 1.1.0',
    'published public/vpc/aws 1.0.0',
  ])
})

test('a key sees what it may read: of its kind, and of its namespaces', async () => {
  const reader = registry.as(await registry.given.key(['modules:read']))
  const narrow = registry.as(await registry.given.key(['modules:read'], { namespaces: ['private'] }))
  const mirroring = registry.as(await registry.given.key(['mirrors:read']))

  expect(await told(reader)).toHaveLength(5)
  expect(await told(narrow, '?namespace=private')).toEqual(['published private/vpc/aws 1.0.0'])
  expect(await told(narrow, '?namespace=internal')).toEqual([])
  expect(await told(mirroring, '?namespace=private')).toEqual([])
})

test('it names who published, as the version does, and nobody else', async () => {
  const { items } = await answered(registry.anonymous)

  expect(items.map(({ by }) => by)).toEqual([null, 'test admin', 'test admin'])
  expect(Object.keys(items[0]!).toSorted()).toEqual(
    ['action', 'address', 'at', 'by', 'namespace', 'type', 'version'].toSorted(),
  )
})

test('it is narrowed by what happened, to what, where and since when', async () => {
  expect(await told(registry.anonymous, '?action=deleted')).toEqual(['deleted public/vpc/aws 1.1.0'])
  expect(await told(registry.anonymous, '?type=provider')).toEqual([])
  expect(await told(registry.anonymous, '?namespace=nowhere')).toEqual([])
  expect(await told(registry.anonymous, '?since=2999-01-01T00:00:00Z')).toEqual([])
  expect((await registry.anonymous.get('/api/v1/activity?action=burnt')).status).toBe(400)
})

test('pages one after the other are all there is', async () => {
  const all = await told(registry.admin)

  const paged: string[] = []
  let cursor = ''
  do {
    const { items, next } = await answered(registry.admin, `?limit=2${cursor}`)
    paged.push(...items.map(({ action, address, version }) => `${action} ${address} ${version}`))
    cursor = next ? `&cursor=${next}` : ''
  } while (cursor)

  expect(paged).toEqual(all)
  expect((await registry.admin.get('/api/v1/activity?cursor=x')).json).toMatchObject({ code: 'cursor-invalid' })
})

test('who takes a name later does not see what happened under it before', async () => {
  await registry.sql("update namespaces set created_at = now() where name = 'internal'")

  expect(await told(registry.admin, '?namespace=internal')).toEqual([])
})
