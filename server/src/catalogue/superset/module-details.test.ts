/** One module as the public registry has it: its newest version or another, what was read in it, what its address leads to. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tarGz } from '../../../test/archives.ts'
import { expectStatus } from '../../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'

// A Wednesday.
const now = Date.parse('2026-03-04T12:00:00Z')

let registry: TestRegistry
let reader: string
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now, env: { TFR_SERVER_BASE_URL: 'http://localhost:8080/registry' } })
  const { admin, given } = registry
  await given.namespace('acme', 'internal')
  await given.namespace('hidden', 'private')
  await given.namespace('open', 'public')
  const said = { description: 'Our networks', source: 'https://git.example/acme/vpc' }
  for (const [address, ...versions] of [
    ['acme/vpc/aws', '1.9.0', '2.0.0-rc.1', '1.10.0', '1.0.0'],
    ['acme/vpc/google', '0.1.0'],
    ['acme/vpc/gone', '1.0.0'],
    ['acme/built/aws', '1.0.0+b1'],
    ['hidden/vpc/aws', '1.0.0'],
    ['open/vpc/aws', '1.0.0'],
  ] as const)
    for (const version of versions) expectStatus(await admin.publishModule(address, version, undefined, said), 201)
  for (const path of ['vpc/aws/1.0.0', 'vpc/gone/1.0.0'])
    expectStatus(await admin.send('DELETE', `/api/v1/modules/acme/${path}`), 200)
  await registry.sql(`update module_versions set published_at = '2026-02-03T04:05:06.789Z'`)
  reader = await given.key(['modules:read'], { namespaces: ['acme'] })
})
afterAll(() => registry?.stop())

const ask = (path: string) => registry.as(reader).get(path)
const get = async (path: string) => expectStatus(await ask(path), 200).json

const item = {
  id: 'acme/vpc/aws/1.10.0',
  owner: 'default',
  namespace: 'acme',
  name: 'vpc',
  version: '1.10.0',
  provider: 'aws',
  description: 'Our networks',
  source: 'https://git.example/acme/vpc',
  published_at: '2026-02-03T04:05:06.789Z',
  downloads: 0,
  verified: false,
}

test('without a version the newest stable one is meant, and all that can be installed are named, oldest first', async () => {
  const newest = await get('/v1/modules/acme/vpc/aws')

  expect(newest).toMatchObject({ ...item, providers: ['aws', 'google'], versions: ['1.9.0', '1.10.0', '2.0.0-rc.1'] })
  expect(await get('/v1/modules/acme/vpc/aws/1.10.0')).toEqual(newest)
})

test.each([
  ['acme/vpc/aws/2.0.0-rc.1', 'acme/vpc/aws/2.0.0-rc.1'],
  ['ACME/VPC/aws/v1.9.0', 'acme/vpc/aws/1.9.0'],
  ['acme/built/aws', 'acme/built/aws/1.0.0+b1'],
  ['acme/built/aws/1.0.0', 'acme/built/aws/1.0.0+b1'],
  ['open/vpc/aws', 'open/vpc/aws/1.0.0'],
])('%s is %s', async (path, id) => {
  expect((await get(`/v1/modules/${path}`)).id).toBe(id)
})

test('what was read in a module is said of its root, its modules and its examples', async () => {
  expectStatus(await registry.admin.publishModule('open/network/aws', '1.0.0', tarGz(network)), 201)

  const { root, submodules, examples } = await get('/v1/modules/open/network/aws/1.0.0')

  const nothing = { inputs: [], outputs: [], dependencies: [], provider_dependencies: [], resources: [] }
  expect(root).toEqual({
    path: '',
    name: 'network',
    readme: '# Network\n\nWhat traffic *flows* through.\n',
    empty: false,
    inputs: [
      { name: 'name', type: 'string', description: 'What it is called.', default: '', required: true },
      { name: 'region', type: 'string', description: '', default: '"us-east-1"', required: false },
      { name: 'size', type: '', description: '', default: '3', required: false },
      { name: 'zones', type: 'list(string)', description: '', default: '["a","b"]', required: false },
      { name: 'tags', type: 'map(string)', description: '', default: 'null', required: false },
    ],
    outputs: [{ name: 'id', description: 'Of the network.' }],
    dependencies: [
      { name: 'inner', source: './modules/inner', version: '' },
      { name: 'labels', source: 'acme/labels/null', version: '~> 1.2' },
    ],
    provider_dependencies: [
      { name: 'aws', namespace: 'hashicorp', source: 'hashicorp/aws', version: '>= 5.0' },
      { name: 'greeter', namespace: 'acme', source: 'registry.example.com/acme/greeter', version: '' },
      { name: 'null', namespace: 'hashicorp', source: 'hashicorp/null', version: '1.0.0' },
    ],
    resources: [{ name: 'this', type: 'aws_vpc' }],
  })
  expect(submodules).toEqual([
    {
      ...nothing,
      path: 'modules/inner',
      name: 'inner',
      readme: '',
      empty: false,
      outputs: [{ name: 'one', description: '' }],
    },
  ])
  expect(examples).toEqual([
    {
      ...nothing,
      path: 'examples/small',
      name: 'small',
      readme: 'Small.\n',
      empty: false,
      dependencies: [{ name: 'network', source: '../..', version: '' }],
    },
  ])
})

const network = {
  'README.md': '# Network\n\nWhat traffic *flows* through.\n',
  'variables.tf': `
    variable "name" {
      type        = string
      description = "What it is called."
    }
    variable "region" {
      type    = string
      default = "us-east-1"
    }
    variable "size" {
      default = 3
    }
    variable "zones" {
      type    = list(string)
      default = ["a", "b"]
    }
    variable "tags" {
      type    = map(string)
      default = null
    }`,
  'main.tf': `
    terraform {
      required_providers {
        aws     = { source = "hashicorp/aws", version = ">= 5.0" }
        greeter = { source = "registry.example.com/acme/greeter" }
        null    = "1.0.0"
      }
    }
    resource "aws_vpc" "this" {}
    data "aws_region" "here" {}
    module "inner" {
      source = "./modules/inner"
    }
    module "labels" {
      source  = "acme/labels/null"
      version = "~> 1.2"
    }
    output "id" {
      description = "Of the network."
      value       = aws_vpc.this.id
    }`,
  'modules/inner/main.tf': 'output "one" {\n  value = 1\n}\n',
  'examples/small/main.tf': 'module "network" {\n  source = "../.."\n}\n',
  'examples/small/README.md': 'Small.\n',
}

test('what could not be read yet has every part, without anything in it', async () => {
  await registry.sql('delete from module_knowledge')

  const { root, submodules, examples } = await get('/v1/modules/acme/vpc/aws')

  expect({ root, submodules, examples }).toEqual({
    root: {
      path: '',
      name: 'vpc',
      readme: '',
      empty: true,
      inputs: [],
      outputs: [],
      dependencies: [],
      provider_dependencies: [],
      resources: [],
    },
    submodules: [],
    examples: [],
  })
})

test.each([
  ['acme/nothing/aws', 404, 'module-not-found'],
  ['acme/vpc/gone', 404, 'module-not-found'],
  ['acme/vpc/gone/download', 404, 'module-not-found'],
  ['acme/vpc/aws/9.9.9', 404, 'version-not-found'],
  ['acme/vpc/aws/latest', 404, 'version-not-found'],
  ['acme/vpc/aws/1.0.0', 410, 'version-deleted'],
  ['hidden/vpc/aws', 404, 'not-found'],
  ['hidden/vpc/aws/1.0.0', 404, 'not-found'],
  ['hidden/vpc/aws/download', 404, 'not-found'],
  ['nothing/vpc/aws', 404, 'not-found'],
  ['acme/search/aws', 404, 'module-not-found'],
  ['acme/vpc/download', 404, 'module-not-found'],
  ['acme/vpc/versions', 404, 'module-not-found'],
])('%s is answered %i', async (path, status, code) => {
  const known = await ask(`/v1/modules/${path}`)
  const unknown = await registry.anonymous.get(`/v1/modules/${path}`)

  expect([known.status, known.json.code, known.json.errors.length]).toEqual([status, code, 1])
  if (code !== 'module-not-found') expect([unknown.status, unknown.json.code]).toEqual([401, 'sign-in-needed'])
})

test('C-43 a download without a version leads to that of the newest, for GET and HEAD', async () => {
  const [answer, head] = [
    await ask('/v1/modules/Acme/vpc/aws/download'),
    await registry.as(reader).head('/v1/modules/acme/vpc/aws/download'),
  ]

  expect([answer.status, head.status]).toEqual([302, 302])
  expect(answer.headers.get('location')).toBe('/registry/v1/modules/acme/vpc/aws/1.10.0/download')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const onward = await registry.as(reader).get(answer.headers.get('location')!.slice('/registry'.length))
  expect(onward.headers.get('x-terraform-get')).toContain('/registry/archives/modules/acme/vpc/aws/1.10.0/')
})

test('C-98 below a path, addresses of other pages and of resources begin with it', async () => {
  const { meta } = await get('/v1/modules?limit=1&offset=1')
  const { links } = await get('/v2/providers?page[number]=2')

  expect([meta.next_url, meta.prev_url]).toEqual([
    '/registry/v1/modules?limit=1&offset=2',
    '/registry/v1/modules?limit=1&offset=0',
  ])
  expect(links.first).toBe('/registry/v2/providers?page%5Bnumber%5D=1&page%5Bsize%5D=20')
})

test('what the protocol answers stays as it was, on a connection that is known and on one that is not', async () => {
  for (let time = 0; time < 2; time += 1) {
    expect(await get('/v1/modules/acme/vpc/aws/versions')).toEqual({
      modules: [
        {
          source: 'acme/vpc/aws',
          versions: [{ version: '2.0.0-rc.1' }, { version: '1.10.0' }, { version: '1.9.0' }],
        },
      ],
    })
    expect((await ask('/v1/modules/acme/vpc/aws/1.9.0/download')).status).toBe(204)
  }
})

test('downloads are summed up over this week, month and year in UTC, and of all times', async () => {
  await registry.sql(
    `insert into module_downloads_by_day (module_id, version_id, day, terraform)
     select v.module_id, v.id, counted.day, counted.downloads
     from module_versions v join modules m on m.id = v.module_id, (values
       (date '2026-03-04', 1), ('2026-03-02', 2), ('2026-03-01', 10), ('2026-01-01', 100), ('2025-12-31', 1000)
     ) as counted (day, downloads)
     where m.namespace = 'open' and v.version = '1.0.0'`,
  )
  await registry.sql(`update modules set downloads = 1113 where namespace = 'open'`)

  expect(await get('/v2/modules/Open/vpc/aws/downloads/summary')).toEqual({
    data: {
      type: 'module-downloads-summary',
      id: 'open/vpc/aws',
      attributes: { week: 3, month: 13, year: 113, total: 1113 },
    },
  })
  const never = (await get('/v2/modules/acme/vpc/google/downloads/summary')).data.attributes
  expect(never).toEqual({ week: 0, month: 0, year: 0, total: 0 })
})

test('what is refused under /v2 is said as the registry protocols say it', async () => {
  const answer = await registry.anonymous.get('/v2/modules/acme/vpc/aws/downloads/summary')

  expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8'])
  expect(Object.keys(answer.json)).toEqual(['errors', 'code'])
})

test('details of what is public are kept for a minute, those of anything else by nobody', async () => {
  const kept = async (path: string) => (await ask(`/v1/modules/${path}`)).headers.get('cache-control')

  expect(await kept('open/vpc/aws')).toBe('public, max-age=60')
  expect(await kept('open/vpc/aws/1.0.0')).toBe('public, max-age=60')
  expect(await kept('acme/vpc/aws')).toBe('private, no-store')
  expect(await kept('acme/vpc/aws/1.10.0')).toBe('private, no-store')
})
