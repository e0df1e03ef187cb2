/** Lists and search of modules as the public registry has them: which are on which page, and what leads to the next. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { importFiles, moduleFile } from '../../../test/catalogue/imported.ts'
import { expectStatus } from '../../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry()
  const { admin, given } = registry
  await given.namespace('acme', 'internal')
  await given.namespace('hidden', 'private')
  await given.namespace('open', 'public')
  await given.namespace('bare', 'public')
  const said = { description: 'Our networks', source: 'https://git.example/acme/vpc' }
  for (const [address, ...versions] of [
    ['acme/dns/aws', '1.0.0'],
    ['acme/dns/google', '2.0.0', '3.0.0-rc.1'],
    ['acme/vpc/aws', '1.0.0', '1.10.0', '1.9.0'],
    ['hidden/vpc/aws', '1.0.0'],
    ['open/young/aws', '0.1.0-alpha'],
    ['open/vpc/azurerm', '1.0.0'],
  ] as const)
    for (const version of versions)
      expectStatus(await admin.publishModule(address, version, undefined, address === 'acme/vpc/aws' ? said : {}), 201)
  for (const address of ['acme/gone/aws', 'open/gone/aws']) {
    expectStatus(await admin.publishModule(address, '1.0.0'), 201)
    expectStatus(await admin.send('DELETE', `/api/v1/modules/${address}/1.0.0`), 200)
  }
  await importFiles(registry, { 'modules/t/terraform-aws-modules/vpc/aws.json': moduleFile('v5.0.0') })
  await registry.sql(`update modules set verified = true, downloads = 12
    where hostname = 'self' and namespace = 'acme' and name = 'vpc'`)
  await registry.sql(`update module_versions set published_at = '2026-02-03T04:05:06.789Z' where version = '1.10.0'`)
  reader = await given.key(['modules:read'], { namespaces: ['acme'] })
  await registry.sql(`with change as (insert into changes (topic) values ('module:acme/vpc/aws') returning topic)
    select pg_notify('cadastre_changes', topic) from change`)
  // The search follows what others write within a second.
  await vi.waitFor(async () => expect((await get('/search?q=networks')).modules).toHaveLength(1), 60_000)
})
afterAll(() => registry?.stop())

const ask = (path: string, token = registry.adminToken) => registry.as(token).get(`/v1/modules${path}`)
const get = async (path: string, token?: string) => expectStatus(await ask(path, token), 200).json
const idsOf = ({ modules }: { modules: { id: string }[] }) => modules.map(({ id }) => id)

const all = [
  'acme/dns/aws/1.0.0',
  'acme/dns/google/2.0.0',
  'acme/vpc/aws/1.10.0',
  'hidden/vpc/aws/1.0.0',
  'open/vpc/azurerm/1.0.0',
  'open/young/aws/0.1.0-alpha',
]

test('a list has the newest version of each module, by address, and everything that the public registry says of one', async () => {
  const answer = await get('?namespace=ignored')

  expect(idsOf(answer)).toEqual(all)
  expect(answer.meta).toEqual({ limit: 15, current_offset: 0 })
  expect(answer.modules[2]).toEqual({
    id: 'acme/vpc/aws/1.10.0',
    owner: 'default',
    namespace: 'acme',
    name: 'vpc',
    version: '1.10.0',
    provider: 'aws',
    description: 'Our networks',
    source: 'https://git.example/acme/vpc',
    published_at: '2026-02-03T04:05:06.789Z',
    downloads: 12,
    verified: true,
  })
  expect(answer.modules[5]).toMatchObject({ description: '', source: '', downloads: 0, verified: false })
  expect(await get('/')).toEqual(answer)
})

const page = (limit: number, current_offset: number, next?: number, prev?: number, path = '', filters = '') => {
  const url = (at: number) => `/v1/modules${path}?limit=${limit}&offset=${at}${filters}`
  return {
    limit,
    current_offset,
    ...(next === undefined ? {} : { next_offset: next, next_url: url(next) }),
    ...(prev === undefined ? {} : { prev_offset: prev, prev_url: url(prev) }),
  }
}

test.each([
  ['?limit=2', all.slice(0, 2), page(2, 0, 2)],
  ['?limit=2&offset=0', all.slice(0, 2), page(2, 0, 2)],
  ['?limit=2&offset=2', all.slice(2, 4), page(2, 2, 4, 0)],
  ['?limit=2&offset=4', all.slice(4), page(2, 4, undefined, 2)],
  ['?limit=2&offset=1', all.slice(1, 3), page(2, 1, 3, 0)],
  ['?limit=6', all, page(6, 0)],
  ['?limit=5', all.slice(0, 5), page(5, 0, 5)],
  ['?limit=100', all, page(100, 0)],
  ['?limit=101', all, page(100, 0)],
  ['?limit=999999999', all, page(100, 0)],
  ['?offset=6', [], page(15, 6, undefined, 0)],
  ['?offset=99', [], page(15, 99, undefined, 84)],
  ['?provider=', all, page(15, 0)],
  ['?verified=false', all, page(15, 0)],
  ['?verified=true', ['acme/vpc/aws/1.10.0'], page(15, 0)],
  ['?verified=1&offset=1', [], page(15, 1, undefined, 0, '', '&verified=true')],
  ['?provider=AWS', all.filter((id) => id.includes('/aws/')), page(15, 0)],
  ['?provider=aws&limit=1', all.slice(0, 1), page(1, 0, 1, undefined, '', '&provider=aws')],
  ['?provider=nothing', [], page(15, 0)],
  ['/acme', all.slice(0, 3), page(15, 0)],
  ['/ACME?limit=1&offset=1', all.slice(1, 2), page(1, 1, 2, 0, '/acme')],
  ['/bare', [], page(15, 0)],
  ['/acme/dns', all.slice(0, 2), page(15, 0)],
  ['/acme/DNS?limit=1', all.slice(0, 1), page(1, 0, 1, undefined, '/acme/dns')],
  ['/acme/dns?limit=1&offset=2', [], page(1, 2, undefined, 1, '/acme/dns')],
])('%s is the right part of the list', async (path, ids, meta) => {
  const answer = await get(path)

  expect(idsOf(answer)).toEqual(ids)
  expect(answer.meta).toEqual(meta)
})

test('whoever follows next_url comes past every module once', async () => {
  const met: string[] = []
  let url: string | undefined = '/v1/modules?limit=1'
  while (url) {
    const answer: { modules: { id: string }[]; meta: { next_url?: string } } = (await registry.admin.get(url)).json
    met.push(...idsOf(answer))
    url = answer.meta.next_url
  }

  expect(met).toEqual(all)
})

test.each([
  ['?limit=0', 'The parameter limit is below 1.'],
  ['?limit=-1', 'The parameter limit is not a whole number.'],
  ['?limit=ten', 'The parameter limit is not a whole number.'],
  ['?limit=1.5', 'The parameter limit is not a whole number.'],
  ['?limit=1&limit=2', 'The parameter limit has to be given, once.'],
  ['?offset=-1', 'The parameter offset is not a whole number.'],
  ['?offset=1e3', 'The parameter offset is not a whole number.'],
  ['?offset=9999999999', 'The parameter offset is not a whole number.'],
  ['?verified=maybe', 'The parameter verified is neither true nor false.'],
  [`?provider=${'x'.repeat(301)}`, 'The parameter provider is longer than 300 characters.'],
  ['/search', 'The parameter q has to be given, once.'],
  ['/search?q=', 'The parameter q is empty: it says what to search for.'],
  ['/search?q=%20', 'The parameter q is empty: it says what to search for.'],
  ['/search?q=a&q=b', 'The parameter q has to be given, once.'],
  ['/search?q=a&limit=0', 'The parameter limit is below 1.'],
  ['/search?q=a&offset=1001', 'The parameter offset is above 1000. Search for more words, or in one namespace.'],
])('%s is refused with a sentence', async (path, sentence) => {
  const answer = await ask(path)

  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.json).toEqual({ errors: [sentence], code: 'request-malformed' })
})

test.each([
  ['q=vpc', ['acme/vpc/aws/1.10.0', 'open/vpc/azurerm/1.0.0', 'hidden/vpc/aws/1.0.0'], page(15, 0)],
  ["q='vpc'", ['acme/vpc/aws/1.10.0', 'open/vpc/azurerm/1.0.0', 'hidden/vpc/aws/1.0.0'], page(15, 0)],
  ['q=networks', ['acme/vpc/aws/1.10.0'], page(15, 0)],
  ['q=vpc&provider=azurerm', ['open/vpc/azurerm/1.0.0'], page(15, 0)],
  ['q=vpc&namespace=hidden', ['hidden/vpc/aws/1.0.0'], page(15, 0)],
  ['q=vpc&verified=true', ['acme/vpc/aws/1.10.0'], page(15, 0)],
  ['q=acme/dns/google', ['acme/dns/google/2.0.0'], page(15, 0)],
  ['q=vpc&limit=1&offset=1', ['open/vpc/azurerm/1.0.0'], page(1, 1, 2, 0, '/search', '&q=vpc')],
  ['q=vpc&limit=2&offset=2', ['hidden/vpc/aws/1.0.0'], page(2, 2, undefined, 0, '/search', '&q=vpc')],
  ['q=vpc&offset=1000', [], page(15, 1000, undefined, 985, '/search', '&q=vpc')],
  ['q=terraform-aws-modules', [], page(15, 0)],
  ['q=gone', [], page(15, 0)],
  ['q=a/b/c/versions', [], page(15, 0)],
  ['q=a/b/c/d/download', [], page(15, 0)],
])('a search for %s finds what is published here', async (query, ids, meta) => {
  const answer = await get(`/search?${query}`)

  expect(idsOf(answer)).toEqual(ids)
  expect(answer.meta).toEqual(meta)
})

test('nobody finds what they may not read, in lists or by search', async () => {
  const seen = ['acme/vpc/aws/1.10.0', 'open/vpc/azurerm/1.0.0']

  expect(idsOf(await get('', reader))).toEqual(all.filter((id) => !id.startsWith('hidden')))
  expect(idsOf(await get('/search?q=vpc', reader))).toEqual(seen)
  const [list, found] = await Promise.all(
    ['/v1/modules', '/v1/modules/search?q=vpc'].map((path) => registry.anonymous.get(path)),
  )
  expect(idsOf(list!.json)).toEqual(all.slice(4))
  expect(idsOf(found!.json)).toEqual(seen.slice(1))
})

test.each([
  ['/hidden', 404, 'not-found'],
  ['/hidden/vpc', 404, 'not-found'],
  ['/nothing', 404, 'not-found'],
  ['/nothing/vpc', 404, 'not-found'],
  ['/open/nothing', 404, 'module-not-found'],
  ['/open/gone', 404, 'module-not-found'],
  ['/acme/no.name', 404, 'module-not-found'],
  ['/search/vpc', 404, 'not-found'],
  ['/versions', 404, 'not-found'],
])('%s is not found', async (path, status, code) => {
  const known = await ask(path, reader)
  const unknown = await registry.anonymous.get(`/v1/modules${path}`)

  expect([known.status, known.json.code, known.json.errors.length]).toEqual([status, code, 1])
  if (code === 'not-found' && !/search|versions/.test(path)) expect(unknown.status).toBe(401)
})

test('answers that depend on the caller are kept by nobody, those of public namespaces for a minute; HEAD has the same head', async () => {
  for (const [path, kept] of [
    ['', 'private, no-store'],
    ['/search?q=vpc', 'private, no-store'],
    ['/acme', 'private, no-store'],
    ['/acme/vpc', 'private, no-store'],
    ['/open', 'public, max-age=60'],
    ['/open/vpc', 'public, max-age=60'],
  ]) {
    const [answer, head] = [await ask(path!), await registry.admin.head(`/v1/modules${path}`)]
    expect([path, answer.headers.get('cache-control')]).toEqual([path, kept])
    expect([path, head.status, head.text, head.headers.get('cache-control')]).toEqual([path, 200, '', kept])
    expect(head.headers.get('content-length')).toBe(answer.headers.get('content-length'))
  }
})
