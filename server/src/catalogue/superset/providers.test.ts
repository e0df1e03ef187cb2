/** Providers as the public registry has them: lists and details of v1, and the numbered resources of v2. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importFiles, providerFile } from '../../../test/catalogue/imported.ts'
import { expectStatus } from '../../../test/client.ts'
import { makeSigningKey } from '../../../test/provider-dist.ts'
import { publishProvider, trustKey } from '../../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

// A Wednesday.
const now = Date.parse('2026-03-04T12:00:00Z')

let registry: TestRegistry
let reader: string
/** of acme/greeter: its id, and those of its versions by their names */
let number: string
let versions: Record<string, string>
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  const { admin, given } = registry
  const key = await makeSigningKey()
  for (const [name, visibility] of [
    ['acme', 'internal'],
    ['hidden', 'private'],
    ['open', 'public'],
    ['bare', 'public'],
  ] as const) {
    await given.namespace(name, visibility)
    await trustKey(admin, name, key)
  }
  const platforms = ['linux_amd64', 'darwin_arm64']
  const source = 'https://git.example/acme/greeter'
  for (const version of ['1.9.0', '1.10.0', '2.0.0-rc.1', '1.0.0'])
    await publishProvider(admin, 'acme', { type: 'greeter', version, platforms, key }, { source })
  for (const [namespace, type] of [
    ['acme', 'gone'],
    ['hidden', 'secret'],
    ['open', 'young'],
  ] as const) {
    const version = type === 'young' ? '0.1.0-alpha' : '1.0.0'
    await publishProvider(admin, namespace, { type, version, platforms, key })
  }
  for (const path of ['greeter/1.0.0', 'gone/1.0.0'])
    expectStatus(await admin.send('DELETE', `/api/v1/providers/acme/${path}`), 200)
  await importFiles(registry, {
    'providers/h/hashicorp/random.json': providerFile('hashicorp/random', [{ version: '3.0.0' }]),
  })
  await registry.sql(`update providers set description = 'Greets', verified = true, downloads = 12
    where namespace = 'acme' and type = 'greeter'`)
  await registry.sql(`update provider_versions set published_at = '2026-02-03T04:05:06.789Z', downloads = 7`)
  reader = await given.key(['providers:read'], { namespaces: ['acme'] })
  const rows = await registry.sql(`select p.id as provider, v.id, v.version from providers p
    join provider_versions v on v.provider_id = p.id where p.namespace = 'acme' and p.type = 'greeter'`)
  number = rows[0].provider
  versions = Object.fromEntries(rows.map(({ version, id }) => [version, id]))
})
afterAll(() => registry?.stop())

const ask = (path: string, token = reader) => registry.as(token).get(path)
const get = async (path: string, token?: string) => expectStatus(await ask(path, token), 200).json
const idsOf = ({ providers }: { providers: { id: string }[] }) => providers.map(({ id }) => id)

const greeter = {
  id: 'acme/greeter/1.10.0',
  owner: 'default',
  namespace: 'acme',
  name: 'greeter',
  alias: 'greeter',
  version: '1.10.0',
  tag: '',
  description: 'Greets',
  source: 'https://git.example/acme/greeter',
  published_at: '2026-02-03T04:05:06.789Z',
  downloads: 12,
  tier: 'partner',
  logo_url: '',
}
const all = ['acme/greeter/1.10.0', 'hidden/secret/1.0.0', 'open/young/0.1.0-alpha']

test.each([
  ['/v1/providers', all, { limit: 15, current_offset: 0 }],
  ['/v1/providers/', all, { limit: 15, current_offset: 0 }],
  [
    '/v1/providers?limit=1&offset=1',
    all.slice(1, 2),
    {
      limit: 1,
      current_offset: 1,
      next_offset: 2,
      next_url: '/v1/providers?limit=1&offset=2',
      prev_offset: 0,
      prev_url: '/v1/providers?limit=1&offset=0',
    },
  ],
  ['/v1/providers?verified=true', all.slice(0, 1), { limit: 15, current_offset: 0 }],
  ['/v1/providers/Open', all.slice(2), { limit: 15, current_offset: 0 }],
  ['/v1/providers/bare', [], { limit: 15, current_offset: 0 }],
  [
    '/v1/providers/acme?limit=1&offset=1',
    [],
    { limit: 1, current_offset: 1, prev_offset: 0, prev_url: '/v1/providers/acme?limit=1&offset=0' },
  ],
])('%s is the right part of the list', async (path, ids, meta) => {
  const answer = await get(path, registry.adminToken)

  expect(idsOf(answer)).toEqual(ids)
  expect(answer.meta).toEqual(meta)
})

test('a provider is said with its versions, oldest first, and whoever asks for latest gets the newest stable one', async () => {
  const detail = { ...greeter, versions: ['1.9.0', '1.10.0', '2.0.0-rc.1'], docs: [] }

  expect((await get('/v1/providers')).providers[0]).toEqual(greeter)
  for (const path of ['greeter', 'GREETER', 'greeter/latest', 'greeter/1.10.0'])
    expect([path, await get(`/v1/providers/acme/${path}`)]).toEqual([path, detail])
  expect((await get('/v1/providers/acme/greeter/v2.0.0-rc.1')).version).toBe('2.0.0-rc.1')
})

test('nobody finds what they may not read', async () => {
  const full = async (token?: string) => {
    const answer = await (token ? registry.as(token) : registry.anonymous).get('/v2/providers')
    return answer.json.data.map(({ attributes }: { attributes: Record<string, string> }) => attributes['full-name'])
  }

  expect(idsOf(await get('/v1/providers'))).toEqual([all[0], all[2]])
  expect(idsOf((await registry.anonymous.get('/v1/providers')).json)).toEqual([all[2]])
  expect(await full(registry.adminToken)).toEqual(['acme/greeter', 'hidden/secret', 'open/young'])
  expect(await full(reader)).toEqual(['acme/greeter', 'open/young'])
  expect(await full()).toEqual(['open/young'])
})

const resource = () => ({
  type: 'providers',
  id: number,
  attributes: {
    alias: 'greeter',
    description: 'Greets',
    downloads: 12,
    featured: false,
    'full-name': 'acme/greeter',
    'logo-url': '',
    name: 'greeter',
    namespace: 'acme',
    'owner-name': 'default',
    'robots-noindex': false,
    source: 'https://git.example/acme/greeter',
    tier: 'partner',
    unlisted: false,
    warning: '',
  },
  links: { self: `/v2/providers/${number}` },
})

const versionOf = (version: string) => ({
  type: 'provider-versions',
  id: versions[version],
  attributes: {
    description: 'Greets',
    downloads: 7,
    'published-at': '2026-02-03T04:05:06.789Z',
    tag: '',
    version,
  },
  links: { self: `/v2/provider-versions/${versions[version]}` },
})

test('v2 has a provider by its name and by its number, and beside it the versions when they are asked for', async () => {
  const included = ['1.9.0', '1.10.0', '2.0.0-rc.1'].map(versionOf)
  const relationships = {
    'provider-versions': { data: included.map(({ id }) => ({ type: 'provider-versions', id })) },
  }

  for (const path of ['/v2/providers/acme/greeter', '/v2/providers/Acme/Greeter', `/v2/providers/${number}`]) {
    expect(await get(path)).toEqual({ data: resource() })
    expect(await get(`${path}?include=provider-versions`)).toEqual({ data: { ...resource(), relationships }, included })
    expect(await get(`${path}?include=categories,provider-versions,moved-to`)).toHaveProperty('included', included)
  }
})

test('a version has a number of its own, and beside it its platforms and its documentation, of which there is none', async () => {
  const rows = await registry.sql(
    'select id, os, arch from provider_platforms where provider_version_id = $1 order by os',
    [versions['1.9.0']],
  )
  const included = rows.map(({ id, os, arch }) => ({
    type: 'provider-platforms',
    id,
    attributes: { arch, downloads: 0, os },
  }))
  const docs = { 'provider-docs': { data: [] } }
  const data = versionOf('1.9.0')
  const path = `/v2/provider-versions/${versions['1.9.0']}`

  expect(await get(path)).toEqual({ data })
  expect(await get(`${path}?include=provider-docs`)).toEqual({ data: { ...data, relationships: docs }, included: [] })
  expect(await get(`${path}?include=provider-docs,provider-platforms`)).toEqual({
    data: {
      ...data,
      relationships: {
        ...docs,
        'provider-platforms': { data: included.map(({ id }) => ({ type: 'provider-platforms', id })) },
      },
    },
    included,
  })
  expect(included.map(({ attributes }) => `${attributes.os}_${attributes.arch}`)).toEqual([
    'darwin_arm64',
    'linux_amd64',
  ])
  const latest = await get(`/v2/providers/${number}/provider-versions/latest?include=provider-platforms`)
  expect(latest.data).toMatchObject(versionOf('1.10.0'))
  expect(latest.included).toHaveLength(2)
  expect((await get(`/v2/providers/${number}/provider-versions/v1.9.0`)).data).toEqual(data)
})

const pagination = (
  size: number,
  page: number,
  next: number | null,
  prev: number | null,
  pages: number,
  count = 3,
) => ({
  'page-size': size,
  'current-page': page,
  'next-page': next,
  'prev-page': prev,
  'total-pages': pages,
  'total-count': count,
})

test.each([
  ['', ['greeter', 'secret', 'young'], pagination(20, 1, null, null, 1)],
  ['page[size]=2', ['greeter', 'secret'], pagination(2, 1, 2, null, 2)],
  ['page[size]=2&page[number]=2', ['young'], pagination(2, 2, null, 1, 2)],
  ['page%5Bsize%5D=1&page%5Bnumber%5D=2', ['secret'], pagination(1, 2, 3, 1, 3)],
  ['page[size]=1000', ['greeter', 'secret', 'young'], pagination(100, 1, null, null, 1)],
  ['page[number]=9', [], pagination(20, 9, null, 1, 1)],
  ['filter[tier]=official', [], pagination(20, 1, null, null, 1, 0)],
  ['filter[tier]=official,partner', ['greeter'], pagination(20, 1, null, null, 1, 1)],
  ['filter[tier]=community', ['secret', 'young'], pagination(20, 1, null, null, 1, 2)],
  ['filter[tier]=partner,community', ['greeter', 'secret', 'young'], pagination(20, 1, null, null, 1)],
  ['filter[namespace]=Open', ['young'], pagination(20, 1, null, null, 1, 1)],
])('the page of v2 for “%s” is the right one', async (query, names, expected) => {
  const { data, meta } = await get(`/v2/providers?${query}`, registry.adminToken)

  expect(data.map(({ attributes }: { attributes: { name: string } }) => attributes.name)).toEqual(names)
  expect(meta.pagination).toEqual(expected)
})

test('the links of a page of v2 lead to its neighbours, with the same filter', async () => {
  const { data, links } = await get('/v2/providers?page[size]=1&filter[tier]=community', registry.adminToken)
  const next = await get(links.next, registry.adminToken)

  const url = (page: number) => `/v2/providers?filter%5Btier%5D=community&page%5Bnumber%5D=${page}&page%5Bsize%5D=1`
  expect(links).toEqual({ first: url(1), last: url(2), next: url(2), prev: null })
  expect(next.links).toEqual({ first: url(1), last: url(2), next: null, prev: url(1) })
  expect([data, next.data].map(([{ attributes }]) => attributes.name)).toEqual(['secret', 'young'])
})

test('downloads are summed up over this week, month and year in UTC, and of all times', async () => {
  await registry.sql(
    `insert into provider_downloads_by_day (provider_id, version_id, day, terraform)
     select provider_id, id, counted.day, counted.downloads from provider_versions, (values
       (date '2026-03-02', 2), ('2026-03-01', 10), ('2026-02-28', 100), ('2025-12-31', 1000)
     ) as counted (day, downloads)
     where id = $1`,
    [versions['1.9.0']],
  )

  expect(await get(`/v2/providers/${number}/downloads/summary`)).toEqual({
    data: {
      type: 'provider-downloads-summary',
      id: number,
      attributes: { week: 2, month: 12, year: 112, total: 12 },
    },
  })
})

test.each([
  ['/v1/providers/hidden', 404, 'not-found'],
  ['/v1/providers/hidden/secret', 404, 'not-found'],
  ['/v1/providers/nothing/greeter', 404, 'not-found'],
  ['/v1/providers/acme/nothing', 404, 'provider-not-found'],
  ['/v1/providers/acme/gone', 404, 'provider-not-found'],
  ['/v1/providers/acme/greeter/1.0.0', 410, 'version-deleted'],
  ['/v1/providers/acme/greeter/9.9.9', 404, 'version-not-found'],
  ['/v1/providers/acme/greeter/newest', 404, 'version-not-found'],
  ['/v2/providers/acme/nothing', 404, 'provider-not-found'],
  ['/v2/providers/hidden/secret', 404, 'not-found'],
  ['/v2/providers/999999999', 404, 'not-found'],
  ['/v2/providers/0', 404, 'not-found'],
  ['/v2/providers/greeter', 404, 'not-found'],
  ['/v2/providers/99999999999999999999/downloads/summary', 404, 'not-found'],
  ['/v2/provider-versions/999999999', 404, 'not-found'],
  ['/v2/provider-versions/1.9.0', 404, 'not-found'],
])('%s is answered %i', async (path, status, code) => {
  const known = await ask(path)
  const unknown = await registry.anonymous.get(path)

  expect([known.status, known.json.code, known.json.errors.length]).toEqual([status, code, 1])
  if (code !== 'provider-not-found') expect([unknown.status, unknown.json.code]).toEqual([401, 'sign-in-needed'])
})

test('numbers of what may not be read, of other registries and of what is deleted lead nowhere', async () => {
  const [hidden, foreign] = await registry.sql(`select p.id, v.id as version from providers p
    join provider_versions v on v.provider_id = p.id where p.type in ('secret', 'random') order by p.type desc`)

  for (const { id, version } of [hidden, foreign]) {
    expect((await ask(`/v2/providers/${id}`)).json.code).toBe('not-found')
    expect((await ask(`/v2/provider-versions/${version}`)).json.code).toBe('not-found')
  }
  expect((await ask(`/v2/provider-versions/${versions['1.0.0']}`)).status).toBe(410)
  expect((await ask(`/v2/providers/${number}/provider-versions/1.0.0`)).status).toBe(410)
})

test.each([
  ['/v1/providers?limit=x', 'The parameter limit is not a whole number.'],
  ['/v2/providers?page[size]=0', 'The parameter page[size] is below 1.'],
  ['/v2/providers?page[number]=0', 'The parameter page[number] is below 1.'],
  ['/v2/providers?page[number]=-1', 'The parameter page[number] is not a whole number.'],
  ['/v2/providers/acme/greeter?include=a&include=b', 'The parameter include has to be given, once.'],
])('%s is refused with a sentence', async (path, sentence) => {
  const answer = await ask(path)

  expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8'])
  expect(answer.json).toEqual({ errors: [sentence], code: 'request-malformed' })
})

test('answers that depend on the caller are kept by nobody, those of public namespaces for a minute; HEAD has the same head', async () => {
  for (const [path, kept] of [
    ['/v1/providers', 'private, no-store'],
    ['/v1/providers/acme/greeter', 'private, no-store'],
    ['/v1/providers/open/young/0.1.0-alpha', 'public, max-age=60'],
    ['/v2/providers', 'private, no-store'],
    ['/v2/providers/open/young?include=provider-versions', 'public, max-age=60'],
    [`/v2/provider-versions/${versions['1.9.0']}`, 'private, no-store'],
  ]) {
    const [answer, head] = [await ask(path!), await registry.as(reader).head(path!)]
    expect([path, answer.headers.get('cache-control')]).toEqual([path, kept])
    expect([path, head.status, head.text, head.headers.get('cache-control')]).toEqual([path, 200, '', kept])
  }
})

test('what the protocol answers stays as it was', async () => {
  for (let time = 0; time < 2; time += 1) {
    const list = await get('/v1/providers/acme/greeter/versions')
    expect(list.versions.map(({ version }: { version: string }) => version)).toEqual(['2.0.0-rc.1', '1.10.0', '1.9.0'])
    expect((await ask('/v1/providers/acme/greeter/1.9.0/download/linux/amd64')).status).toBe(200)
  }
})
