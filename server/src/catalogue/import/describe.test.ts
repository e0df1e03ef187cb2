/** The index of a search, as a source of its own and laid over a registry that is there from elsewhere. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, providerFile } from '../../../test/catalogue/imported.ts'
import { catalogueState } from '../../../test/catalogue-state.ts'
import { type PublicRegistry, popularityOf, publicRegistry } from '../../../test/public-registry.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { system } from '../../access/caller.ts'
import type { OwnConnection } from '../../foundation/database/own-connection.ts'
import { openSource } from '../../upstream/open-source.ts'
import { verifyCatalogue } from '../verify.ts'
import { describeCatalogue, isDescription } from './describe.ts'
import { importSource } from './import.ts'

let registry: TestRegistry
let world: PublicRegistry
let own: OwnConnection
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_UPSTREAM_REFRESH: 'false' } })
  world = await publicRegistry({ modules: 30, providers: 20 })
  own = await registry.app.ownConnection('test')
})
afterAll(async () => {
  await own.close()
  await world.stop()
  await registry.stop()
})

const feed = () => openSource(registry.app, `${world.url}/registry/docs`, { trusted: true })
const asker = { caller: system }

test('a feed alone fills the catalogue, with what is popular and when it came', async () => {
  const { source, hostname } = feed()

  const { report } = await importSource(own, { source, hostname: 'feed.public.example', asker })

  expect([source.kind, hostname]).toEqual(['search-feed', 'registry.opentofu.org'])
  expect(report).toMatchObject({ modules: { new: 30 }, providers: { new: 20 }, problems: 0 })
  const modules = await registry.sql(
    `select namespace || '/' || name || '/' || system as address, description, popularity::int,
            (select max(published_at) from module_versions where module_id = modules.id) as published,
            (select json_agg(version order by position desc) from module_versions where module_id = modules.id) as versions
     from modules where hostname = 'feed.public.example' order by id`,
  )
  const expected = world.modules.map((module) => ({
    address: `${module.namespace}/${module.name}/${module.system}`,
    description: module.description,
    popularity: popularityOf(module),
    published: new Date(module.publishedAt),
    versions: module.versions,
  }))
  expect(modules).toEqual(expected.sort((a, b) => (a.address < b.address ? -1 : 1)))
  expect((await verifyCatalogue(registry.app.db, feed().source, 'feed.public.example')).differences).toEqual([])
})

test('what it says is taken again only where it has changed', async () => {
  world.modules[2]!.versions.unshift('9.0.0')
  const { counts } = world
  const before = counts.full

  const { report } = await importSource(own, { source: feed().source, hostname: 'feed.public.example', asker })

  expect(report).toMatchObject({ modules: { changed: 1, unchanged: 29 }, providers: { unchanged: 20 } })
  expect(counts.full - before).toBe(1)
})

test('over a registry from a folder it adds words, popularity and dates, and takes nothing away', async () => {
  const [module, provider] = [world.modules[3]!, world.providers[4]!]
  const address = `${module.namespace}/${module.name}/${module.system}`
  await importFiles(registry, {
    [`modules/t/${address}.json`]: moduleFile('v1.1.0', 'v1.0.0'),
    'modules/o/other/vpc/aws.json': moduleFile('v1.0.0'),
    [`providers/m/${provider.namespace}/${provider.type}.json`]: providerFile(
      `${provider.namespace}/${provider.type}`,
      [{ version: '2.0.0', platforms: ['linux_amd64', 'darwin_arm64'] }],
    ),
  })
  const hostname = 'registry.opentofu.org'
  const before = await catalogueState(registry, hostname)
  const { source } = feed()

  expect(await isDescription(own.db, source, hostname)).toBe(true)
  const described = await describeCatalogue(own.db, { source, hostname, asker })
  const again = await describeCatalogue(own.db, { source: feed().source, hostname, asker })

  const after = await catalogueState(registry, hostname)
  expect([described, again]).toEqual([
    { modules: 1, providers: 1, problems: [] },
    { modules: 0, providers: 0, problems: [] },
  ])
  expect(after.modules.map(({ row }) => [row.name, row.description, row.popularity])).toEqual([
    ['vpc', '', null],
    [module.name, module.description, popularityOf(module)],
  ])
  expect(after.providers[0]!.row).toMatchObject({
    description: provider.description,
    popularity: popularityOf(provider),
  })
  expect(after.providerVersions[0]!.row.published_at).toBe(provider.versions[0]!.publishedAt.replace('.000Z', '+00:00'))
  expect(after.platforms).toEqual(before.platforms)
  expect(after.documents).toEqual(before.documents)
  expect((await registry.facts()).at(-1)).toMatchObject({ kind: 'catalogue.described', subject: hostname })
})

test('a server that shall refresh nothing does not', async () => {
  await registry.sql("update job_runs set finished_at = now() - interval '1 year'")
  const runs = await registry.sql('select from job_runs')

  await registry.app.jobs.runChores()

  expect(await registry.sql('select from job_runs')).toEqual(runs)
})
