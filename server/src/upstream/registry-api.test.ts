/** Registries that are asked over HTTP: all of what they have, and no more patience than they deserve. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PublicRegistry, publicRegistry } from '../../test/public-registry.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { openUpstream } from './cached-fetch.ts'
import { registryApi } from './registry-api.ts'
import type { Only, SourceEntry } from './source.ts'

let registry: TestRegistry
let world: PublicRegistry
beforeAll(async () => {
  registry = await startRegistry()
  world = await publicRegistry({ modules: 46, providers: 41, page: 20 })
})
afterAll(async () => {
  await world.stop()
  await registry.stop()
})
afterEach(async () => {
  world.lieWith(undefined)
  await registry.sql('truncate cache')
})

const source = (timeoutMs?: number) =>
  registryApi(
    openUpstream(registry.app, new URL(world.url), {
      requestsPerSecond: 1000,
      concurrency: 8,
      tries: 3,
      maxAgeMs: 3_600_000,
      firstWaitMs: 1,
      timeoutMs,
      trusted: true,
    }),
  )

async function read(options?: { only?: Only; after?: string }) {
  const entries: SourceEntry[] = []
  for await (const entry of source().entries(options)) entries.push(entry)
  return entries
}

const itemsOf = (entries: SourceEntry[]) => entries.flatMap(({ item }) => item ?? [])
const problemsOf = (entries: SourceEntry[]) => entries.flatMap(({ problems }) => problems)

test('a registry is read to its end, modules before providers', async () => {
  const entries = await read()

  expect(entries.map(({ address }) => address?.kind)).toEqual([
    ...world.modules.map(() => 'module'),
    ...world.providers.map(() => 'provider'),
  ])
  expect(problemsOf(entries)).toEqual([])
  expect(await source().totals('providers')).toEqual({ modules: 0, providers: 41 })
})

test('what comes behind a position is what comes behind it', async () => {
  const entries = await read()

  for (const index of [19, 45, 86]) {
    const rest = await read({ after: entries[index]!.position })
    expect(rest.map(({ position }) => position)).toEqual(entries.slice(index + 1).map(({ position }) => position))
  }
})

test.each([
  ['an offset that does not grow', { next_offset: 20 }, 'the list does not lead on: from 20 it goes to 20'],
  ['an offset that goes back', { next_offset: 0 }, 'the list does not lead on: from 20 it goes to 0'],
])('%s ends the list, and what it named is there', async (_, meta, reason) => {
  world.lieWith(({ path, query }, response) => {
    if (path !== '/v1/modules' || query.get('offset') !== '20') return false
    response.end(JSON.stringify({ meta, modules: [] }))
    return true
  })

  const entries = await read()

  expect(itemsOf(entries)).toHaveLength(20 + 41)
  expect(entries.filter(({ cut }) => cut)).toEqual([
    expect.objectContaining({ cut: 'modules', problems: [expect.stringContaining(reason)] }),
  ])
})

test('pages that repeat are left, and nothing is there twice', async () => {
  world.lieWith(({ path, query }, response) => {
    const offset = Number(query.get('offset'))
    if (path !== '/v1/modules' || offset < 20) return false
    const modules = [{ namespace: 'a', name: 'b', provider: 'aws' }]
    response.end(JSON.stringify({ meta: { next_offset: offset + 20 }, modules }))
    return true
  })

  const entries = await read({ only: 'modules' })

  expect(problemsOf(entries)).toEqual([
    'has no list of versions',
    'is listed twice: skipped',
    expect.stringContaining('the list repeats itself'),
  ])
})

test('an empty last page is the end of a list', async () => {
  world.lieWith(({ path, query }, response) => {
    if (path !== '/v1/modules' || query.get('offset') !== '40') return false
    response.end('{"meta":{},"modules":[]}')
    return true
  })

  const entries = await read({ only: 'modules' })

  expect([itemsOf(entries).length, problemsOf(entries)]).toEqual([40, []])
})

test('what fails for a while is asked again: 429, 5xx, half an answer, a broken connection', async () => {
  const failures = [
    [429, { 'retry-after': '0' }],
    [503, {}],
    [200, {}],
  ] as const
  let asked = 0
  world.lieWith(({ path, count }, response) => {
    if (path !== '/v1/modules' && path !== '/v1/modules/team-0/network-0/aws/versions') return false
    if (count > 1) return false
    const [status, headers] = failures[asked % failures.length]!
    asked += 1
    if (asked === 4) response.destroy()
    else response.writeHead(status, headers).end('{"modules":[{"versions"')
    return true
  })

  const entries = await read({ only: 'modules' })

  expect([itemsOf(entries).length, problemsOf(entries), asked]).toEqual([46, [], 4])
})

test('an answer that takes too long is waited for no longer, and asked for again', async () => {
  world.lieWith(({ path, count }) => path === '/v1/modules' && count === 1)
  const entries: SourceEntry[] = []

  for await (const entry of source(300).entries({ only: 'modules' })) entries.push(entry)

  expect(itemsOf(entries)).toHaveLength(46)
})

test('one item that cannot be read is told of, and the rest is read', async () => {
  world.lieWith(({ path }, response) => {
    if (path !== '/v1/modules/team-1/cluster-0/azurerm/versions') return false
    response.writeHead(500).end()
    return true
  })

  const entries = await read({ only: 'modules' })

  expect(itemsOf(entries)).toHaveLength(45)
  expect(problemsOf(entries)).toEqual([
    expect.stringMatching(
      /^127\.0\.0\.1:\d+ could not be asked for \/v1\/modules\/team-1\/cluster-0\/azurerm\/versions: it answered 500, 3 times\. It stays as it was\.$/,
    ),
  ])
})

test('a registry that answers nothing but 429 is given up, and says why', async () => {
  world.lieWith((_, response) => {
    response.writeHead(429, { 'retry-after': '0' }).end()
    return true
  })

  await expect(read()).rejects.toThrow(/it answered 429, 3 times/)
})

test('a registry that wants to be left alone for an hour is left alone', async () => {
  const before = world.counts.requests
  world.lieWith(({ path }, response) => {
    if (path !== '/v1/modules') return false
    response.writeHead(429, { 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3600) }).end()
    return true
  })

  await expect(read()).rejects.toThrow(/answered 429, and asks not to be asked for \d+ s/)
  expect(world.counts.requests - before).toBe(2)
})

test('what has not changed is not sent again', async () => {
  const first = await read()
  const { full, bytes, notModified } = { ...world.counts }

  const second = await read()

  expect(second).toEqual(first)
  expect([world.counts.full - full, world.counts.bytes - bytes]).toEqual([0, 0])
  expect(world.counts.notModified - notModified).toBeGreaterThan(first.length)
})

test('what was kept and cannot be read is asked for anew', async () => {
  const first = await read({ only: 'modules' })
  await registry.sql(`update cache set cache_value = '{"modules":'`)

  expect(await read({ only: 'modules' })).toEqual(first)
})
