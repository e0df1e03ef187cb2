/** The shapes of OpenTofu's docs API over the catalogue and what is published here: what they say, to whom. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, moduleFile, providerFile, publicHost } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry()
  const { admin, given } = registry
  await given.namespace('acme', 'internal')
  await trustKey(admin, 'acme')
  await publishProvider(admin, 'acme', { type: 'greeter', version: '1.0.0' })
  expectStatus(await admin.publishModule('acme/vpc/aws', '1.1.0'), 201)
  await importFiles(registry, {
    'providers/h/hashicorp/random.json': providerFile(
      'hashicorp/random',
      [{ version: '3.1.0' }, { version: '3.0.0' }],
      { warnings: ['Be careful.'] },
    ),
    'providers/h/hashicorp/tls.json': providerFile('hashicorp/tls', [{ version: '4.0.0' }]),
    'providers/h/hidden/secret.json': providerFile('hidden/secret', [{ version: '1.0.0' }]),
    'modules/a/acme/vpc/aws.json': moduleFile('v9.0.0'),
    'modules/t/terraform-aws-modules/eks/aws.json': moduleFile('v20.0.0', 'v19.0.0', 'nightly'),
    'modules/n/none/none/aws.json': moduleFile('nightly'),
  })
  await registry.sql("update providers set popularity = 70 where hostname <> 'self' and type = 'tls'")
  await registry.sql("update providers set popularity = 90 where hostname <> 'self' and type = 'random'")
  await registry.sql(`insert into catalogue_namespaces values ('${publicHost}', 'hidden', 'private')`)
  reader = await given.key(['modules:read', 'providers:read'])
  await registry.sql(`with change as (insert into changes (topic) values ('catalogue:${publicHost}') returning topic)
    select pg_notify('cadastre_changes', topic) from change`)
})
afterAll(() => registry?.stop())

const get = async (path: string, token = reader) => expectStatus(await registry.as(token).get(path), 200).json
const addresses = (list: { addr: { display: string } }[]) => list.map(({ addr }) => addr.display)

test('a provider has the shape that OpenTofu’s site gives it', async () => {
  const random = await get('/registry/docs/providers/hashicorp/random/index.json')

  expect(random).toEqual({
    addr: { display: 'hashicorp/random', namespace: 'hashicorp', name: 'random' },
    description: '',
    popularity: 90,
    fork_count: 0,
    versions: [
      { id: 'v3.1.0', published: null },
      { id: 'v3.0.0', published: null },
    ],
    is_blocked: false,
    warnings: ['Be careful.'],
  })
})

test('a module has its target, and the versions that clients can read', async () => {
  const eks = await get('/registry/docs/modules/Terraform-AWS-Modules/eks/aws/index.json')

  expect(eks.addr).toEqual({
    display: 'terraform-aws-modules/eks/aws',
    namespace: 'terraform-aws-modules',
    name: 'eks',
    target: 'aws',
  })
  expect(eks.versions.map(({ id }: { id: string }) => id)).toEqual(['v20.0.0', 'v19.0.0'])
})

test('the lists have everything that the caller may see, once, what is published here before what is not', async () => {
  const { providers } = await get('/registry/docs/providers/index.json')
  const { modules } = await get('/registry/docs/modules/index.json')
  const ofAdmin = await get('/registry/docs/providers/index.json', registry.adminToken)
  const ofNobody = (await registry.anonymous.get('/registry/docs/providers/index.json')).json

  expect(addresses(providers)).toEqual(['acme/greeter', 'hashicorp/random', 'hashicorp/tls'])
  expect(addresses(modules)).toEqual(['acme/vpc/aws', 'terraform-aws-modules/eks/aws'])
  expect(modules[0].versions).toEqual([{ id: 'v1.1.0', published: expect.any(String) }])
  expect(addresses(ofAdmin.providers)).toContain('hidden/secret')
  expect(ofNobody).toEqual({ providers: [] })
})

test('the lists are gzipped for whoever can read that', async () => {
  const [gzipped, plain] = [
    await registry.as(reader).get('/registry/docs/modules/index.json', { 'accept-encoding': 'gzip' }),
    await registry.as(reader).get('/registry/docs/modules/index.json', { 'accept-encoding': 'identity' }),
  ]

  expect([gzipped, plain].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', null])
  expect(gzipped.json).toEqual(plain.json)
})

test('the most popular providers come first, as many as are asked for', async () => {
  // The search follows an import within a second.
  await expect.poll(async () => (await get('/top/providers')).length).toBe(3)

  const all = await get('/top/providers?limit=500')
  const one = await get('/top/providers?limit=1')

  expect(all).toEqual([
    { addr: 'hashicorp/random', version: 'v3.1.0', popularity: 90 },
    { addr: 'hashicorp/tls', version: 'v4.0.0', popularity: 70 },
    { addr: 'acme/greeter', version: 'v1.0.0', popularity: 0 },
  ])
  expect(one).toEqual(all.slice(0, 1))
})

test('the search is that of the registry, in the shape of the site', async () => {
  const found = await get('/registry/docs/search?q=random')
  const module = await get('/registry/docs/search?q=vpc+aws')

  expect(found[0]).toEqual({
    id: 'providers/hashicorp/random',
    type: 'provider',
    addr: 'hashicorp/random',
    title: 'random',
    description: '',
    version: 'v3.1.0',
    last_updated: null,
    link_variables: { namespace: 'hashicorp', name: 'random', version: 'v3.1.0' },
    popularity: 90,
    rank: 1,
    term_match_count: '1',
  })
  expect(module[0]).toMatchObject({
    id: 'modules/acme/vpc/aws',
    type: 'module',
    version: 'v1.1.0',
    link_variables: { namespace: 'acme', name: 'vpc', target_system: 'aws' },
  })
  expect(module.filter(({ addr }: { addr: string }) => addr === 'acme/vpc/aws')).toHaveLength(1)
})

test.each([
  ['nothing', ''],
  ['an empty text', '?q='],
  ['a blank', '?q=%20'],
  ['two texts', '?q=a&q=b'],
  ['a long text', `?q=${'x'.repeat(1000)}`],
  ['what is no text', '?q=%00'],
])('a search for %s is answered with a list', async (_, query) => {
  expect(await get(`/registry/docs/search${query}`)).toBeInstanceOf(Array)
})

test('what may not be seen is not there', async () => {
  for (const path of [
    'providers/hidden/secret',
    'providers/acme/nothing',
    'modules/none/none/aws',
    'modules/%00/b/c',
  ]) {
    const url = `/registry/docs/${path}/index.json`
    expect([path, (await registry.as(reader).get(url)).status]).toEqual([path, 404])
    expect([path, (await registry.anonymous.get(url)).status]).toEqual([path, 401])
  }
  expect(await get('/registry/docs/search?q=secret')).toEqual([])
  expect((await get('/registry/docs/search?q=secret', registry.adminToken))[0].addr).toBe('hidden/secret')
})
