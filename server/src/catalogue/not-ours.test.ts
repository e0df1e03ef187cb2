/** What is catalogued is of other registries: no door to our own things shows it, finds it, or hands it over. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, providerFile } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  expectStatus(await registry.admin.publishModule('acme/own/aws', '1.0.0'), 201)
  const files = {
    'modules/a/acme/vpc/aws.json': moduleFile('v1.0.0'),
    'modules/a/acme/own/aws.json': moduleFile('v9.0.0'),
    'providers/a/acme/greeter.json': providerFile('acme/greeter', [{ version: '1.0.0' }]),
  }
  await importFiles(registry, files, { visibility: 'public' })
})
afterAll(() => registry?.stop())

test.each([
  'GET /v1/modules/acme/vpc/aws/versions',
  'GET /v1/modules/acme/vpc/aws/1.0.0/download',
  'GET /v1/modules/acme/own/aws/9.0.0/download',
  'GET /v1/providers/acme/greeter/versions',
  'GET /v1/providers/acme/greeter/1.0.0/download/linux/amd64',
  'GET /v1/mirror/localhost/acme/greeter/index.json',
  'GET /v1/mirror/registry.opentofu.org/acme/greeter/index.json',
  'GET /api/v1/modules/acme/vpc/aws',
  'GET /api/v1/modules/acme/vpc/aws/versions',
  'GET /api/v1/modules/acme/own/aws/9.0.0',
  'DELETE /api/v1/modules/acme/own/aws/9.0.0',
  'GET /api/v1/providers/acme/greeter',
  'GET /api/v1/providers/acme/greeter/1.0.0/lock',
  'DELETE /api/v1/providers/acme/greeter/1.0.0',
])('%s finds nothing', async (request) => {
  const [method = '', path = ''] = request.split(' ')

  const answer = await registry.admin.send(method, path, method === 'DELETE' ? {} : undefined)

  expect([request, answer.status]).toEqual([request, 404])
})

test('our lists have our own alone, and our own is as it was', async () => {
  const modules = await registry.admin.get('/api/v1/modules')
  const providers = await registry.admin.get('/api/v1/providers')
  const versions = await registry.admin.get('/v1/modules/acme/own/aws/versions')

  expect(modules.json.items.map(({ name }: { name: string }) => name)).toEqual(['own'])
  expect(providers.json.items).toEqual([])
  expect(versions.json.modules[0].versions).toEqual([{ version: '1.0.0' }])
})

test('what is published afterwards under an address that is catalogued is ours, and both are there', async () => {
  expectStatus(await registry.admin.publishModule('acme/vpc/aws', '3.0.0'), 201)

  const [own, theirs] = [
    await registry.admin.get('/v1/modules/acme/vpc/aws/versions'),
    await registry.admin.get('/v1/upstream/registry.opentofu.org/modules/acme/vpc/aws/versions'),
  ]

  expect(own.json.modules[0].versions).toEqual([{ version: '3.0.0' }])
  expect(theirs.json.modules[0].versions).toEqual([{ version: '1.0.0' }])
})
