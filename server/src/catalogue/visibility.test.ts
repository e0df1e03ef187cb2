/** Changing who may see what is catalogued: who may, and that answers and search follow at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, publicHost } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const sources = '/api/v1/catalogue/sources'
const source = `${sources}/${publicHost}`
const vpc = `/v1/upstream/${publicHost}/modules/acme/vpc/aws/versions`
const network = `/v1/upstream/${publicHost}/modules/azure/network/azurerm/versions`

let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry()
  await importFiles(registry, {
    'modules/a/acme/vpc/aws.json': moduleFile('v1.0.0'),
    'modules/a/azure/network/azurerm.json': moduleFile('v1.0.0'),
  })
  reader = await registry.given.key(['modules:read'])
})
afterAll(() => registry?.stop())

const statuses = async (path: string) =>
  Promise.all([registry.anonymous, registry.as(reader)].map(async (caller) => (await caller.get(path)).status))

test('an imported registry is listed with where it came from, and is internal at first', async () => {
  const { items } = expectStatus(await registry.admin.get(sources), 200).json

  expect(items).toEqual([
    {
      hostname: publicHost,
      kind: 'opentofu-folder',
      address: expect.stringContaining('cadastre-source-'),
      visibility: 'internal',
      namespaces: [],
      importedAt: expect.any(String),
    },
  ])
})

test('what is changed holds for the next request, of every namespace for which nothing else was set', async () => {
  expect([await statuses(vpc), await statuses(network)]).toEqual([
    [401, 200],
    [401, 200],
  ])

  const opened = await registry.admin.send('PATCH', source, { visibility: 'public' })
  expect(opened.json).toMatchObject({ visibility: 'public' })
  expect([await statuses(vpc), await statuses(network)]).toEqual([
    [200, 200],
    [200, 200],
  ])

  const hidden = await registry.admin.send('PUT', `${source}/namespaces/Azure`, { visibility: 'private' })
  expect(hidden.json.namespaces).toEqual([{ namespace: 'azure', visibility: 'private' }])
  expect([await statuses(vpc), await statuses(network)]).toEqual([
    [200, 200],
    [401, 404],
  ])

  expectStatus(await registry.admin.send('PATCH', source, { visibility: 'internal' }), 200)
  expectStatus(await registry.admin.send('DELETE', `${source}/namespaces/azure`), 200)
  expect([await statuses(vpc), await statuses(network)]).toEqual([
    [401, 200],
    [401, 200],
  ])
  expect((await registry.facts()).filter(({ kind }) => kind === 'catalogue.changed')).toMatchObject([
    { subject: publicHost, details: { from: 'internal', to: 'public' } },
    { subject: `${publicHost}/azure`, details: { from: 'public', to: 'private' } },
    { subject: publicHost, details: { from: 'public', to: 'internal' } },
    { subject: `${publicHost}/azure`, details: { from: 'private', to: 'internal' } },
  ])
})

test('the search shows what may be seen now', async () => {
  const found = async () => (await registry.as(reader).get('/api/v1/search?q=network')).json.total.count
  await expect.poll(found).toBe(1)

  expectStatus(await registry.admin.send('PUT', `${source}/namespaces/azure`, { visibility: 'private' }), 200)

  await expect.poll(found).toBe(0)
  expectStatus(await registry.admin.send('DELETE', `${source}/namespaces/azure`), 200)
  await expect.poll(found).toBe(1)
})

test('a registry that was not imported, and a key without the right, are told so', async () => {
  const unknown = await registry.admin.send('PATCH', `${sources}/registry.acme.example`, { visibility: 'public' })
  const forbidden = await registry.as(reader).send('PATCH', source, { visibility: 'public' })

  expect([unknown.status, unknown.json.code]).toEqual([404, 'registry-not-catalogued'])
  expect([forbidden.status, forbidden.json.code]).toEqual([403, 'scope-needed'])
})

test('an import that hides a registry hides it before it reads anything', async () => {
  expectStatus(await registry.admin.send('PATCH', source, { visibility: 'public' }), 200)
  expect(await statuses(vpc)).toEqual([200, 200])

  const broken = importFiles(
    registry,
    { 'modules/a/acme/vpc/aws.json': moduleFile('v1.0.0'), 'versions_blacklist.json': 'this is no JSON' },
    { visibility: 'private' },
  )

  await expect(broken).rejects.toThrow('cannot be read')
  await expect.poll(() => statuses(vpc)).toEqual([401, 404])
})
