/** Requests that nobody means, sent to fill memory: what is kept of them is one thing, or has a bound. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allNewsHeard, standingClock, startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ clock: standingClock() })
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0+b1')
})
afterAll(() => registry.stop())

const metric = async (name: string) =>
  Number(
    /^\S+ (\S+)$/m.exec((await registry.app.metrics.registry.getSingleMetricAsString(name)).split('\n').at(-1)!)?.[1],
  )

test('all spellings of a version have one answer in memory', async () => {
  const ask = (version: string) => registry.anonymous.get(`/v1/modules/acme/vpc/aws/${version}/download`)
  // The notification of the publish would drop what was just asked for.
  await allNewsHeard(registry)
  const first = await ask('1.0.0')
  const ofOne = await metric('cadastre_cache_module_downloads_bytes')

  const spellings = Array.from({ length: 50 }, (_, index) => [`1.0.0+x${index}`, `v1.0.0+${index}`]).flat()
  const answers = await Promise.all([...spellings, 'v1.0.0'].map(ask))

  expect(ofOne).toBeGreaterThan(0)
  expect(await metric('cadastre_cache_module_downloads_bytes')).toBe(ofOne)
  for (const { status, headers } of answers) {
    expect(status).toBe(204)
    expect(headers.get('x-terraform-get')).toBe(first.headers.get('x-terraform-get'))
  }
})

test('addresses and methods that nobody offers make no metrics of their own', async () => {
  const seriesOf = async () => (await registry.app.metrics.registry.metrics()).split('\n').length
  await registry.anonymous.get('/made/up')
  await registry.anonymous.get('/v1/modules/none/none/none/versions')
  await registry.anonymous.send('PUT', '/v1/made/up')
  const before = await seriesOf()

  for (let index = 0; index < 30; index++) {
    await registry.anonymous.get(`/made/up/${index}`)
    await registry.anonymous.get(`/v1/modules/none${index}/none/none/versions`)
    await registry.anonymous.send('PUT', `/v1/made/up${index}`)
  }

  expect(await seriesOf()).toBe(before)
})
