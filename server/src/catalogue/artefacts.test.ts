/** Modules and providers of other registries, one by one: what is said of them, and to whom. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFiles, knowVersionsAlone, moduleFile, providerFile, publicHost } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const catalogue = `/api/v1/catalogue/${publicHost}`
const described = 'registry.terraform.io'

let registry: TestRegistry
let callers: Record<string, TestRegistry['anonymous']>
beforeAll(async () => {
  registry = await startRegistry()
  const files = {
    'modules/a/acme/vpc/aws.json': moduleFile('v1.2.0', 'v1.10.0', 'v2.0.0-rc.1', 'v1.1', 'latest'),
    'modules/o/open/vpc/aws.json': moduleFile('v1.0.0'),
    'modules/s/secret/vpc/aws.json': moduleFile('v1.0.0'),
    'providers/a/acme/random.json': providerFile('acme/random', [
      { version: '2.0.0', platforms: ['linux_amd64', 'darwin_arm64'] },
      { version: '1.0.0' },
    ]),
    'providers/o/open/random.json': providerFile('open/random', [{ version: '1.0.0' }]),
    'providers/s/secret/random.json': providerFile('secret/random', [{ version: '1.0.0' }]),
  }
  await importFiles(registry, files)
  await importFiles(
    registry,
    { 'providers/a/acme/random.json': files['providers/a/acme/random.json'] },
    { hostname: described },
  )
  const sources = `/api/v1/catalogue/sources/${publicHost}/namespaces`
  for (const [namespace, visibility] of [
    ['open', 'public'],
    ['secret', 'private'],
  ] as const)
    expectStatus(await registry.admin.send('PUT', `${sources}/${namespace}`, { visibility }), 200)
  await registry.given.namespace('acme')
  callers = {
    anonymous: registry.anonymous,
    member: registry.as(await registry.given.key(['modules:read', 'providers:read'])),
    modulesOnly: registry.as(await registry.given.key(['modules:read'])),
    administrator: registry.admin,
  }
})
afterAll(() => registry?.stop())

/** anonymous, a member, a key for modules alone, an administrator of the platform */
const visible = {
  open: [200, 200, 200, 200],
  acme: [401, 200, 200, 200],
  secret: [401, 404, 404, 200],
  absent: [401, 200, 200, 200].map((status) => (status === 200 ? 404 : status)),
}

describe('who may read', () => {
  test.each(Object.entries(visible))('a module of %s', async (namespace, statuses) => {
    for (const path of [`modules/${namespace}/vpc/aws`, `modules/${namespace}/vpc/aws/versions`]) {
      const answers = await Promise.all(Object.values(callers).map((caller) => caller.get(`${catalogue}/${path}`)))
      expect(answers.map(({ status }) => status)).toEqual(statuses)
    }
  })

  test.each(Object.entries(visible))('a provider of %s', async (namespace, statuses) => {
    const provider = `providers/${namespace}/random`
    for (const path of [provider, `${provider}/versions`, `${provider}/versions/1.0.0`]) {
      const answers = await Promise.all(Object.values(callers).map((caller) => caller.get(`${catalogue}/${path}`)))
      // The key for modules alone is told of what is internal that it may not, which needs no secret kept.
      const mine = statuses.map((status, caller) =>
        caller === 2 && (namespace === 'acme' || namespace === 'absent') ? 403 : status,
      )
      expect(answers.map(({ status }) => status)).toEqual(mine)
    }
  })

  test('the page of one has the same status, and the page of what is not there is not there', async () => {
    const pages = [`/mirror/${publicHost}/open/vpc/aws`, `/mirror/${publicHost}/open/random`, '/mirror']
    const hidden = [`/mirror/${publicHost}/acme/vpc/aws`, '/mirror/registry.none.example/acme/vpc/aws']
    const statuses = async (paths: string[]) =>
      Promise.all(paths.map(async (path) => (await registry.anonymous.get(path)).status))

    expect(await statuses(pages)).toEqual([200, 200, 200])
    expect(await statuses(hidden)).toEqual([401, 401])
  })

  test('registries are counted by what the caller may read of them', async () => {
    const counts = async (caller: TestRegistry['anonymous']) =>
      expectStatus(await caller.get('/api/v1/catalogue/registries'), 200).json.items.map(
        ({ hostname, modules, providers }: Record<string, unknown>) => [hostname, modules, providers],
      )

    expect(await counts(callers.anonymous!)).toEqual([[publicHost, 1, 1]])
    expect(await counts(callers.member!)).toEqual([
      [publicHost, 2, 2],
      [described, 0, 1],
    ])
    expect(await counts(callers.modulesOnly!)).toEqual([
      [publicHost, 2, 1],
      [described, 0, 0],
    ])
    expect(await counts(registry.admin)).toEqual([
      [publicHost, 3, 3],
      [described, 0, 1],
    ])
  })

  test('a key for a namespace of our own reads nothing of the same name elsewhere but what is public', async () => {
    const limited = registry.as(await registry.given.key(['modules:read'], { namespaces: ['acme'] }))
    const { items } = (await limited.get('/api/v1/catalogue/registries')).json

    expect(items.map(({ hostname, modules }: Record<string, unknown>) => [hostname, modules])).toEqual([
      [publicHost, 1],
    ])
    expect((await limited.get(`${catalogue}/modules/acme/vpc/aws`)).status).toBe(404)
    expect((await limited.get(`${catalogue}/modules/open/vpc/aws`)).status).toBe(200)
  })
})

test('a module says what its registry tells, and no more', async () => {
  const { json } = expectStatus(await registry.admin.get(`${catalogue}/modules/Acme/VPC/aws`), 200)

  expect(json).toEqual({
    hostname: publicHost,
    address: 'acme/vpc/aws',
    description: '',
    source: expect.stringContaining('github.com/acme/terraform-aws-vpc'),
    downloads: null,
    popularity: null,
    verified: false,
    archived: false,
    forkOf: '',
    latestVersion: '1.10.0',
    versions: 4,
    importedAt: expect.any(String),
  })
})

test('versions come newest first, page by page, as far as clients can read them', async () => {
  const versions = `${catalogue}/modules/acme/vpc/aws/versions`
  const first = expectStatus(await registry.admin.get(`${versions}?limit=3`), 200).json
  const rest = expectStatus(await registry.admin.get(`${versions}?limit=3&cursor=${first.next}`), 200).json

  expect(first.items.map(({ version }: { version: string }) => version)).toEqual(['2.0.0-rc.1', '1.10.0', '1.2.0'])
  expect(first.items[1]).toEqual({ version: '1.10.0', tag: 'v1.10.0', publishedAt: null, downloads: null })
  expect([rest.items.length, rest.next]).toEqual([1, null])
})

test('a version of a provider has its platforms, with the sums that are known', async () => {
  const versions = expectStatus(await registry.admin.get(`${catalogue}/providers/acme/random/versions`), 200).json.items
  const version = expectStatus(await registry.admin.get(`${catalogue}/providers/acme/random/versions/v2.0.0`), 200).json
  const missing = await registry.admin.get(`${catalogue}/providers/acme/random/versions/9.0.0`)

  expect(versions.map(({ version: name, platforms }: Record<string, unknown>) => [name, platforms])).toEqual([
    ['2.0.0', ['linux_amd64', 'darwin_arm64']],
    ['1.0.0', ['linux_amd64']],
  ])
  expect(version.platforms[1]).toEqual({
    platform: 'darwin_arm64',
    filename: 'terraform-provider-random_2.0.0_darwin_arm64.zip',
    sha256: '1'.repeat(64),
    h1: null,
    sizeBytes: null,
  })
  expect([missing.status, missing.json.code]).toEqual([404, 'version-not-found'])
})

test('of a registry that tells versions alone, sums are not known and platforms are', async () => {
  await knowVersionsAlone(registry, described, 'https://registry.terraform.io')
  const { json } = await registry.admin.get(`/api/v1/catalogue/${described}/providers/acme/random/versions/1.0.0`)

  expect(json.platforms).toEqual([{ platform: 'linux_amd64', filename: '', sha256: null, h1: null, sizeBytes: null }])
})

test('the configuration that leads clients here names this registry, and its sign-in', async () => {
  const { items } = (await registry.admin.get('/api/v1/catalogue/registries')).json
  const base = registry.app.config.server.base_url

  expect(items[0].configuration).toBe(`host "${publicHost}" {
  services = {
    "modules.v1"   = "${base}/v1/upstream/${publicHost}/modules/"
    "providers.v1" = "${base}/v1/upstream/${publicHost}/providers/"
    "login.v1" = {
      client      = "terraform-cli"
      grant_types = ["authz_code"]
      authz       = "${base}/oauth/authorize"
      token       = "${base}/oauth/token"
      ports       = [10000, 10010]
    }
  }
}
`)
})
