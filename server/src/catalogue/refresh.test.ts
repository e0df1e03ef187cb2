/** A public registry that is asked over HTTP: imported field by field, refreshed for next to nothing, verified. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogueState } from '../../test/catalogue-state.ts'
import { type PublicRegistry, publicRegistry } from '../../test/public-registry.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { system } from '../access/caller.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import { cleanCache } from '../upstream/cache-queries.ts'
import { openRegistry } from '../upstream/open-source.ts'
import { type ImportRequest, importSource } from './import/import.ts'
import { refreshRegistry, registriesNamed } from './refresh.ts'
import { verifyCatalogue } from './verify.ts'

const hostname = 'registry.public.example'
const small = 'small.public.example'

let world: PublicRegistry
let smallWorld: PublicRegistry
let registry: TestRegistry
let own: OwnConnection
beforeAll(async () => {
  world = await publicRegistry({ modules: 505, providers: 203 })
  smallWorld = await publicRegistry({ modules: 45, providers: 25, page: 20 })
  const registries = [
    { hostname, address: world.url },
    { hostname: small, address: smallWorld.url },
  ]
  registry = await startRegistry({
    env: {
      TFR_UPSTREAM_REGISTRIES: JSON.stringify(registries),
      TFR_UPSTREAM_REQUESTS_PER_SECOND: '1000',
      TFR_UPSTREAM_CONCURRENCY: '8',
      TFR_UPSTREAM_TRIES: '2',
      TFR_UPSTREAM_REFRESH_INTERVAL: '6h',
    },
  })
  own = await registry.app.ownConnection('test')
})
afterAll(async () => {
  await own.close()
  await registry.stop()
  await world.stop()
  await smallWorld.stop()
})

const sourceOf = (name: string) => openRegistry(registry.app, name).source
const take = (name: string, more: Partial<ImportRequest> = {}) =>
  importSource(own, { source: sourceOf(name), hostname: name, asker: { caller: system }, ...more })
const refresh = async (name: string) => {
  const [known] = await registriesNamed(own, [name])
  return refreshRegistry(own, registry.app, known!)
}
const verify = (name: string) => verifyCatalogue(registry.app.db, sourceOf(name), name, { samples: 1000 })
const rowVersions = () =>
  registry.sql(
    `select xmin::text, id from modules union all select xmin::text, id from module_versions
     union all select xmin::text, id from providers union all select xmin::text, id from provider_versions
     union all select xmin::text, id from provider_platforms order by 1, 2`,
  )

describe('a registry with 505 modules and 203 providers', () => {
  test('is imported as it is, field by field', async () => {
    const { report } = await take(hostname)

    expect(report).toMatchObject({
      modules: { new: 505 },
      providers: { new: 203 },
      problems: 0,
      incomplete: [],
    })
    expect(await modulesHere()).toEqual(world.modules.map(asModule))
    expect(await providersHere()).toEqual(world.providers.map(asProvider))
  })

  test('is what the read-only views show', async () => {
    const modules = await registry.sql(
      `select namespace || '/' || name || '/' || provider || ' ' || version as version, description, source_url
       from catalogue.modules`,
    )
    const providers = await registry.sql(
      `select namespace || '/' || name || ' ' || version as version, description, downloads::int, published_at
       from catalogue.providers`,
    )

    expect(sorted(modules)).toEqual(
      sorted(
        world.modules.flatMap(({ namespace, name, system, versions, description, source }) =>
          versions.map((version) => ({
            version: `${namespace}/${name}/${system} ${version}`,
            description,
            source_url: source,
          })),
        ),
      ),
    )
    expect(sorted(providers)).toEqual(
      sorted(
        world.providers.flatMap(({ namespace, type, description, versions }) =>
          versions.map(({ version, downloads, publishedAt }) => ({
            version: `${namespace}/${type} ${version}`,
            description,
            downloads,
            published_at: new Date(publishedAt),
          })),
        ),
      ),
    )
  })

  test.each([
    [
      'module',
      () => world.modules.map((one) => [one.downloads, `${one.namespace}/${one.name}/${one.system}`] as const),
    ],
    ['provider', () => world.providers.map((one) => [one.downloads, `${one.namespace}/${one.type}`] as const)],
  ])('is searched by downloads: %s', async (type, downloads) => {
    const expected = downloads().sort(([a], [b]) => b - a)
    const most = async () => {
      const { json } = await registry.admin.get(`/api/v1/search?type=${type}&sort=downloads&limit=10`)
      return json.items.map((item: { downloads: number; address: string }) => [item.downloads, item.address])
    }

    await expect.poll(most).toEqual(expected.slice(0, 10).map(([count, address]) => [count, `${hostname}/${address}`]))
  })

  test('is refreshed without a single answer that is sent in full, and without a row that is written', async () => {
    const before = { ...world.counts }
    const rows = await rowVersions()

    const { report, asked } = await refresh(hostname)

    expect(report).toMatchObject({
      modules: { new: 0, changed: 0, gone: 0, unchanged: 505 },
      providers: { unchanged: 203 },
    })
    expect([world.counts.full - before.full, world.counts.bytes - before.bytes, asked.bytes]).toEqual([0, 0, 0])
    expect(asked.notModified).toBe(asked.requests)
    expect(await rowVersions()).toEqual(rows)
  })

  test('is the same as its source until one of the two changes', async () => {
    const same = await verify(hostname)
    expect([same.differences, same.sampled]).toEqual([[], 708])

    await registry.sql('update modules set downloads = downloads + 1 where hostname = $1 and name = $2', [
      hostname,
      'network-3',
    ])
    world.providers[0]!.versions.push({ ...world.providers[0]!.versions[0]!, version: '3.0.0' })
    const other = await verify(hostname)

    expect(other.differences.map(({ path, reason }) => `${path} ${reason}`).sort()).toEqual([
      '/v1/modules/team-21/network-3/azurerm/versions has another downloads than the catalogue',
      '/v1/providers/maker-0/cloud-0/versions has changed since it was imported',
      '/v1/providers/maker-0/cloud-0/versions says something else than the catalogue',
      expect.stringMatching(/^providerVersions \d+ in the source, \d+ in the catalogue$/),
    ])
  })

  test('is refreshed with what has changed, and nothing else is sent', async () => {
    world.modules.pop()
    world.modules[1]!.description = 'Other words.'
    const before = { ...world.counts }

    const { report } = await refresh(hostname)

    expect(report).toMatchObject({
      modules: { new: 0, changed: 1, gone: 1, unchanged: 503 },
      providers: { new: 0, changed: 1, gone: 0, unchanged: 202 },
      versions: { new: 1, changed: 0, gone: 0 },
    })
    // Two pages of modules, and of the provider its two lists of versions; verifying asked for the latter.
    expect(world.counts.full - before.full).toBeLessThanOrEqual(4)
  })
})

describe('a registry that lies', () => {
  test('loses nothing when its list breaks off: what it does not name has not gone', async () => {
    await take(small)
    const before = await catalogueState(registry, small)
    smallWorld.lieWith(({ path, query }, response) => {
      if (path !== '/v1/modules' || query.get('offset') !== '20') return false
      response.end('{"meta":{"next_offset":20},"modules":[]}')
      return true
    })

    const { report } = await take(small)

    expect(report).toMatchObject({
      modules: { gone: 0, unchanged: 20 },
      providers: { gone: 0, unchanged: 25 },
      incomplete: ['modules'],
      problems: 1,
    })
    expect(await catalogueState(registry, small)).toEqual(before)
    expect((await verify(small)).differences[0]?.reason).toMatch(/does not lead on/)
    smallWorld.lieWith(undefined)
  })

  test('loses nothing by answers that fail, break off, or name a thing twice', async () => {
    const before = await catalogueState(registry, small)
    const [first] = smallWorld.modules
    smallWorld.lieWith(({ path, query, count }, response) => {
      if (path === `/v1/modules/${first!.namespace}/${first!.name}/${first!.system}/versions`) {
        response.writeHead(500).end()
      } else if (path === '/v1/providers/maker-3/cloud-3/versions' && count === 1) {
        response.end('{"versions":[{"vers')
      } else if (path === '/v1/modules' && query.get('offset') === '40') {
        const { namespace, name, system } = smallWorld.modules[44]!
        const twice = { namespace, name, provider: system }
        response.end(JSON.stringify({ meta: {}, modules: [twice, twice, 'nothing', { name: '../..' }] }))
      } else return false
      return true
    })
    const { report, runId } = await take(small, { only: 'modules' })

    smallWorld.lieWith(undefined)
    const reasons = await registry.sql('select reason from job_problems where run_id = $1 order by id', [runId])
    expect(reasons.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/it answered 500, 2 times\. It stays as it was\.$/),
      'is listed twice: skipped',
      '"nothing" cannot be read: skipped',
      '{"name":"../.."} cannot be read: skipped',
    ])
    // Four of the last page are not named any more.
    expect(report).toMatchObject({ modules: { new: 0, gone: 4 }, incomplete: [] })
    await take(small)
    expect(await catalogueState(registry, small)).toEqual(before)
  })

  test('ends the import with a reason when it answers 429 alone, and the next one goes on from there', async () => {
    const name = 'again.public.example'
    const source = () => openRegistry(registry.app, smallWorld.url).source
    smallWorld.lieWith(({ path, query }, response) => {
      if (path !== '/v2/providers' || query.get('page[number]') !== '2') return false
      response.writeHead(429, { 'retry-after': '0' }).end()
      return true
    })
    await expect(take(name, { source: source() })).rejects.toThrow(/answered 429, 2 times/)
    smallWorld.lieWith(undefined)

    const { resumed } = await take(name, { source: source(), resume: true })

    expect(resumed).toBe(true)
    const [whole, inTwo] = await Promise.all([catalogueState(registry, small), catalogueState(registry, name)])
    expect(inTwo).toEqual(whole)
  })
})

test('a registry is refreshed by any server when it is due, and not before', async () => {
  const runs = () => registry.sql('select state from job_runs where subject = $1 order by created_at desc', [small])
  const before = await runs()
  await registry.app.jobs.runChores()
  expect(await runs()).toEqual(before)

  await registry.sql("update job_runs set finished_at = now() - interval '7 hours' where subject = $1", [small])
  await registry.app.jobs.runChores()

  await expect.poll(runs, { interval: 300 }).toEqual([{ state: 'done' }, ...before])
})

test('samples lie among all that there is', async () => {
  await registry.sql('update providers set downloads = -1 where hostname = $1', [small])

  const { sampled, differences } = await verifyCatalogue(registry.app.db, sourceOf(small), small, { samples: 10 })

  expect(sampled).toBe(10)
  expect(differences.map(({ reason }) => reason)).toContain('has another downloads than the catalogue')
})

describe('what registries have answered', () => {
  test('goes when it is old', async () => {
    await registry.sql("update cache set expires_at = now() - interval '1 second' where cache_key like '%/v2/%'")

    const { expired } = await cleanCache(registry.app.db, 1e12)

    expect(expired).toBeGreaterThan(200)
    expect(await registry.sql("select from cache where cache_key like '%/v2/%'")).toEqual([])
  })

  test('goes when there is too much of it, what was not used for longest first', async () => {
    await registry.sql('truncate cache')
    await registry.sql(
      `insert into cache (cache_key, cache_value, expires_at, used_at)
       select 'GET ' || n, repeat('x', 100), now() + interval '1 day', now() - n * interval '1 minute'
       from generate_series(1, 10) n`,
    )

    await cleanCache(registry.app.db, 450)

    expect(await registry.sql('select cache_key from cache order by used_at desc')).toEqual([
      { cache_key: 'GET 1' },
      { cache_key: 'GET 2' },
      { cache_key: 'GET 3' },
      { cache_key: 'GET 4' },
    ])
  })
})

const modulesHere = async () =>
  (
    await registry.sql(
      `select namespace, name, system, description, source_url as source, downloads::int, verified,
              (select json_agg(version order by position) from module_versions where module_id = modules.id) as versions,
              (select max(published_at) from module_versions where module_id = modules.id) as "publishedAt"
       from modules where hostname = $1 order by id`,
      [hostname],
    )
  ).map(({ publishedAt, ...module }) => ({ ...module, publishedAt: publishedAt.toISOString() }))

const asModule = (module: PublicRegistry['modules'][number]) => ({ ...module })

const providersHere = () =>
  registry.sql(
    `select namespace, type, description, source_url as source, downloads::int, verified,
            (select json_agg(json_build_object('version', version, 'publishedAt', published_at, 'downloads', downloads,
                'protocols', protocols, 'platforms', (
                  select json_agg(os || '_' || arch order by position) from provider_version_platforms
                  where provider_version_id = provider_versions.id)) order by position)
             from provider_versions where provider_id = providers.id) as versions
     from providers where hostname = $1 order by id`,
    [hostname],
  )

const asProvider = ({ tier, versions, ...provider }: PublicRegistry['providers'][number]) => ({
  ...provider,
  verified: tier !== 'community',
  versions: versions.map(({ publishedAt, ...version }) => ({
    ...version,
    publishedAt: publishedAt.replace('.000Z', '+00:00'),
  })),
})

const sorted = <Row extends { version: string }>(rows: Row[]) => rows.sort((a, b) => (a.version < b.version ? -1 : 1))
