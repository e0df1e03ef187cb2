/** The public registry's own API in front of what is published here, as its clients ask for it (C-43, C-99). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openUpstream } from '../server/src/upstream/cached-fetch.ts'
import { registryApi } from '../server/src/upstream/registry-api.ts'
import { expectStatus } from '../server/test/client.ts'
import { publishProvider, trustKey } from '../server/test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  const { admin, given } = registry
  await given.namespace('acme')
  await trustKey(admin, 'acme')
  for (const [name, version] of [
    ['dns', '1.0.0'],
    ['vpc', '1.0.0'],
    ['vpc', '1.1.0'],
    ['zone', '2.0.0'],
  ])
    expectStatus(await admin.publishModule(`acme/${name}/aws`, version!), 201)
  for (const version of ['1.0.0', '1.1.0']) await publishProvider(admin, 'acme', { type: 'greeter', version })
})
afterAll(() => registry?.stop())

test('C-43 a download without a version is sent on to the newest, whose archive comes without a token', async () => {
  const answer = await registry.anonymous.get('/v1/modules/acme/vpc/aws/download')
  const link = await fetch(new URL(answer.headers.get('location')!, registry.url))
  const archive = await fetch(new URL(link.headers.get('x-terraform-get')!, registry.url))

  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/v1/modules/acme/vpc/aws/1.1.0/download'])
  expect([link.status, archive.status, archive.headers.get('content-type')]).toEqual([204, 200, 'application/gzip'])
  // It is counted a moment later, and lists say so.
  await expect.poll(async () => (await registry.anonymous.get('/v1/modules/acme/vpc/aws')).json.downloads).toBe(1)
})

const lists = ['/v1/modules', '/v1/modules/search?q=aws']
test.each(lists)('C-99 %s leads from page to page, and on the last no further', async (list) => {
  const ask = async (path: string) => (await registry.anonymous.get(path)).json
  const at = (offset: number) => `${list}${list.includes('?') ? '&' : '?'}limit=2&offset=${offset}`

  const first = await ask(at(0))
  const second = await ask(first.meta.next_url)

  expect([first.modules.length, second.modules.length]).toEqual([2, 1])
  expect(first.meta).toMatchObject({ limit: 2, current_offset: 0, next_offset: 2 })
  expect(second.meta).toMatchObject({ limit: 2, current_offset: 2, prev_offset: 0 })
  expect(Object.keys(first.meta)).not.toContain('prev_url')
  expect(Object.keys(second.meta)).not.toContain('next_url')
  expect(await ask(second.meta.prev_url)).toEqual(first)
})

test('another registry that reads this one as it reads the public one finds everything, dates included', async () => {
  const patience = { requestsPerSecond: 1000, concurrency: 4, tries: 1, maxAgeMs: 1, firstWaitMs: 1, trusted: true }
  const source = registryApi(openUpstream(registry.app, new URL(registry.url), patience))

  const read = []
  for await (const entry of source.entries()) read.push(entry)

  expect(read.flatMap(({ problems }) => problems)).toEqual([])
  expect(read.map(({ address }) => address)).toEqual([
    ...['dns', 'vpc', 'zone'].map((name) => ({ kind: 'module', namespace: 'acme', name, system: 'aws' })),
    { kind: 'provider', namespace: 'acme', type: 'greeter' },
  ])
  const [, vpc, , greeter] = read.map(({ item }) => item!.versions)
  expect(vpc!.map(({ tag }) => tag).sort()).toEqual(['1.0.0', '1.1.0'])
  expect(greeter!.map(({ publishedAt }) => publishedAt)).toEqual([expect.any(Date), expect.any(Date)])
  expect((await source.totals('providers'))?.providers).toBe(1)
})
