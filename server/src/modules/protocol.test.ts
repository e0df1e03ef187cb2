/** What terraform and tofu are told about modules, as they ask it. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

test('a published version is listed and can be downloaded without a token', async () => {
  await registry.admin.publishModule('acme/vpc/aws', '1.2.0')

  const list = await registry.anonymous.get('/v1/modules/acme/vpc/aws/versions')
  const download = await registry.anonymous.get('/v1/modules/acme/vpc/aws/1.2.0/download')
  const archive = await registry.anonymous.get(download.headers.get('x-terraform-get')!)

  expect(list.json).toEqual({ modules: [{ source: 'acme/vpc/aws', versions: [{ version: '1.2.0' }] }] })
  expect(download.status).toBe(204)
  expect(archive.status).toBe(200)
  expect(gunzipSync(archive.bytes).toString()).toContain('main.tf')
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({ kind: 'module.published', subject: 'acme/vpc/aws 1.2.0' }),
  )
})

test('a second server process lists a version that the first has published', async () => {
  const other = await registry.another()
  await other.anonymous.get('/v1/modules/acme/shared/aws/versions')
  await registry.admin.publishModule('acme/shared/aws', '1.0.0')

  await expect
    .poll(() => other.anonymous.get('/v1/modules/acme/shared/aws/versions').then(({ json }) => json))
    .toMatchObject({
      modules: [{ versions: [{ version: '1.0.0' }] }],
    })
})
