/** Other registries through the doors of this one: what the catalogue says of them, to whom, and until when. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFiles, knowVersionsAlone, moduleFile, providerFile, publicHost } from '../../test/catalogue/imported.ts'
import { expectStatus } from '../../test/client.ts'
import { makeSigningKey, type TestKey } from '../../test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const upstream = `/v1/upstream/${publicHost}`
const vpc = `${upstream}/modules/acme/vpc/aws`
const greeter = `${upstream}/providers/acme/greeter`
const h1 = 'h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

let registry: TestRegistry
let reader: string
let keys: TestKey[]
beforeAll(async () => {
  registry = await startRegistry()
  keys = [await makeSigningKey({ name: 'First' }), await makeSigningKey({ name: 'Second' }), await makeSigningKey({})]
  await importFiles(registry, files())
  reader = await registry.given.key(['modules:read', 'providers:read'])
})
afterAll(() => registry?.stop())

const files = () => ({
  'modules/a/acme/vpc/aws.json': moduleFile('v2.0.0-rc1', 'v1.2.0', '1.1', 'nightly', 'v1.0.0'),
  'modules/a/acme/odd/aws.json': moduleFile('nightly'),
  'providers/a/acme/greeter.json': providerFile(
    'acme/greeter',
    [
      { version: '1.1.0', platforms: ['linux_amd64', 'darwin_arm64'], platform: { h1, size: 1234 } },
      { version: '1.0.0', platforms: ['linux_amd64', 'darwin_arm64'], more: { protocols: ['4.0', '5.0'] } },
      { version: '0.9' },
      { version: '0.8.0' },
    ],
    { warnings: ['Say hello yourself.'] },
  ),
  'providers/h/hashicorp/random.json': providerFile('hashicorp/random', [{ version: '3.0.0' }]),
  'keys/a/acme/provider.asc': keys[0]!.armoredPublic,
  'keys/a/acme/provider-2.asc': keys[1]!.armoredPublic,
  'keys/a/acme/greeter/provider.asc': keys[2]!.armoredPublic,
  'versions_blacklist.json': {
    providers: [{ namespace: 'acme', name: 'greeter', version: '0.8.0', reason: 'It shouts.' }],
  },
})

const get = (path: string, headers?: Record<string, string>) => registry.as(reader).get(path, headers)

describe('modules', () => {
  test('the list has every version that a client can read, newest first', async () => {
    const answer = await get(`${vpc}/versions`)

    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      modules: [
        {
          source: 'acme/vpc/aws',
          versions: ['2.0.0-rc1', '1.2.0', '1.1', '1.0.0'].map((version) => ({ version })),
        },
      ],
    })
  })

  test.each([
    ['1.2.0', 'v1.2.0'],
    ['v1.2.0', 'v1.2.0'],
    ['1.1.0', '1.1'],
    ['1.1', '1.1'],
    ['2.0.0-rc1', 'v2.0.0-rc1'],
  ])('version %s lies in the repository at the tag %s, as the source wrote it', async (version, tag) => {
    const answers = [await get(`${vpc}/${version}/download`), await get(`${vpc}/${version}/download`)]

    for (const answer of answers) {
      expect(answer.status).toBe(204)
      expect(answer.headers.get('x-terraform-get')).toBe(`git::https://github.com/acme/terraform-aws-vpc?ref=${tag}`)
    }
  })

  test.each([
    ['a version that is none', `${vpc}/nightly/download`, 'version-not-found'],
    ['a version that is not there', `${vpc}/9.0.0/download`, 'version-not-found'],
    ['a module that is not there', `${upstream}/modules/acme/nothing/aws/versions`, 'module-not-found'],
    [
      'a module without a version that a client can read',
      `${upstream}/modules/acme/odd/aws/versions`,
      'module-not-found',
    ],
    ['an address that cannot be', `${upstream}/modules/acme/%00/aws/versions`, 'module-not-found'],
    [
      'a registry that is not in the catalogue',
      '/v1/upstream/registry.acme.example/modules/a/b/c/versions',
      'not-found',
    ],
    ['this registry by the name it has in the database', '/v1/upstream/self/modules/a/b/c/versions', 'not-found'],
  ])('%s is not found', async (_, path, code) => {
    const answer = await get(path)

    expect([answer.status, answer.json.code]).toEqual([404, code])
  })

  test('addresses are found in any case', async () => {
    const typed = `/v1/upstream/Registry.OpenTofu.org/modules/Acme/VPC/aws`

    expect((await get(`${typed}/versions`)).json.modules[0].source).toBe('acme/vpc/aws')
    expect((await get(`${typed}/1.2.0/download`)).status).toBe(204)
  })

  test('in a registry that knows upper case they are found in any case, and lie where it says', async () => {
    await importFiles(
      registry,
      { 'modules/a/azure/naming/azurerm.json': moduleFile('v1.0.0') },
      { hostname: 'registry.mixed.example' },
    )
    await registry.sql("update modules set namespace = 'Azure' where hostname = 'registry.mixed.example'")
    const naming = '/v1/upstream/registry.mixed.example/modules/azure/NAMING/azurerm'

    expect((await get(`${naming}/versions`)).status).toBe(200)
    expect((await get(`${naming}/1.0.0/download`)).headers.get('x-terraform-get')).toBe(
      'git::https://github.com/Azure/terraform-azurerm-naming?ref=v1.0.0',
    )
  })
})

test('a repository with letters that no header holds is written so that it does', async () => {
  const hostname = 'registry.letters.example'
  await importFiles(registry, { 'modules/a/acme/vpc/aws.json': moduleFile('v1.0.0') }, { hostname })
  await registry.sql("update modules set repository = 'https://git.acme.example/модуль x' where hostname = $1", [
    hostname,
  ])

  for (const attempt of ['first', 'from memory']) {
    const answer = await get(`/v1/upstream/${hostname}/modules/acme/vpc/aws/1.0.0/download`)
    expect([attempt, answer.headers.get('x-terraform-get')]).toEqual([
      attempt,
      `git::https://git.acme.example/${encodeURIComponent('модуль x')}?ref=v1.0.0`,
    ])
  }
})

describe('providers', () => {
  test('the list has strict versions with protocols and platforms, and what the source warns of', async () => {
    const { json } = await get(`${greeter}/versions`)

    const platforms = [
      { os: 'linux', arch: 'amd64' },
      { os: 'darwin', arch: 'arm64' },
    ]
    expect(json).toEqual({
      versions: [
        { version: '1.1.0', protocols: ['5.0'], platforms },
        { version: '1.0.0', protocols: ['4.0', '5.0'], platforms },
      ],
      warnings: ['Say hello yourself.'],
    })
  })

  test('a package is described as its source knows it, with the keys of its namespace and its own', async () => {
    const { status, json } = await get(`${greeter}/1.1.0/download/darwin/arm64`)

    const release = 'https://github.com/acme/terraform-provider-greeter/releases/download/v1.1.0'
    const file = 'terraform-provider-greeter_1.1.0'
    expect(status).toBe(200)
    expect(json).toEqual({
      protocols: ['5.0'],
      os: 'darwin',
      arch: 'arm64',
      filename: `${file}_darwin_arm64.zip`,
      download_url: `${release}/${file}_darwin_arm64.zip`,
      shasums_url: `${release}/${file}_SHA256SUMS`,
      shasums_signature_url: `${release}/${file}_SHA256SUMS.sig`,
      shasum: '1'.repeat(64),
      signing_keys: {
        gpg_public_keys: [keys[1]!, keys[0]!, keys[2]!].map(({ keyId, armoredPublic }) => ({
          key_id: keyId,
          ascii_armor: armoredPublic,
          trust_signature: '',
          source: '',
          source_url: null,
        })),
      },
      packages: {
        linux_amd64: { hashes: [`zh:${'0'.repeat(64)}`, h1], package_size: 1234 },
        darwin_arm64: { hashes: [`zh:${'1'.repeat(64)}`, h1], package_size: 1234 },
      },
    })
  })

  test('packages of which the source does not tell everything are left out altogether', async () => {
    const { json } = await get(`${greeter}/1.0.0/download/linux/amd64`)

    expect(json.shasum).toBe('0'.repeat(64))
    expect(json).not.toHaveProperty('packages')
  })

  test.each([
    ['a version that is not strict', '0.9.0/download/linux/amd64', 'version-not-found'],
    ['a version that must not be published', '0.8.0/download/linux/amd64', 'version-not-found'],
    ['a platform that is not there', '1.1.0/download/plan9/amd64', 'platform-not-found'],
  ])('%s is not found', async (_, path, code) => {
    const answer = await get(`${greeter}/${path}`)

    expect([answer.status, answer.json.code]).toEqual([404, code])
  })
})

describe('where a source tells versions alone', () => {
  const hostname = 'registry.plain.example'
  const plain = `/v1/upstream/${hostname}`
  beforeAll(async () => {
    await importFiles(
      registry,
      {
        'modules/a/acme/vpc/aws.json': moduleFile('1.0.0'),
        'providers/a/acme/greeter.json': providerFile('acme/greeter', [{ version: '1.0.0' }]),
      },
      { hostname },
    )
    await knowVersionsAlone(registry, hostname, 'https://api.plain.example')
  })

  test.each([
    ['a module', 'modules/acme/vpc/aws/1.0.0/download'],
    ['a provider', 'providers/acme/greeter/1.0.0/download/linux/amd64'],
  ])('nobody makes up where %s lies: the client is sent to the registry itself', async (_, path) => {
    for (const answer of [await get(`${plain}/${path}`), await get(`${plain}/${path}`)]) {
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `https://api.plain.example/v1/${path}`])
      expect(answer.headers.get('x-terraform-get')).toBeNull()
    }
    expect((await registry.anonymous.get(`${plain}/${path}`)).status).toBe(401)
  })

  test('a platform that is not in its list is not found', async () => {
    const answer = await get(`${plain}/providers/acme/greeter/1.0.0/download/plan9/amd64`)

    expect([answer.status, answer.json.code]).toEqual([404, 'platform-not-found'])
  })
})

describe.each([
  ['versions of a module', `${vpc}/versions`],
  ['versions of a provider', `${greeter}/versions`],
  ['a package of a provider', `${greeter}/1.1.0/download/linux/amd64`],
])('%s', (_, path) => {
  test('are answered gzipped, to HEAD, and with 304 to whoever has them', async () => {
    const [plain, again] = [await get(path, { 'accept-encoding': 'identity' }), await get(path)]
    const etag = plain.headers.get('etag')!
    const gzipped = await get(path, { 'accept-encoding': 'gzip' })

    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(gzipped.headers.get('content-encoding')).toBe('gzip')
    // The client of tests unpacks it.
    expect([again.text, gzipped.text]).toEqual([plain.text, plain.text])
    const head = await registry.as(reader).head(path)
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag])
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
  })
})

describe('who may see a namespace', () => {
  test.each([
    ['a private one', 'private', [401, 404, 200]],
    ['an internal one', 'internal', [401, 200, 200]],
    ['a public one', 'public', [200, 200, 200]],
  ])('%s is there for those who may see it, to GET, HEAD and with an ETag alike', async (_, visibility, statuses) => {
    const hostname = `registry.${visibility}.example`
    await importFiles(registry, files(), { hostname, visibility: visibility as 'private' })
    const callers = [registry.anonymous, registry.as(reader), registry.admin]

    for (const path of [
      'modules/acme/vpc/aws/versions',
      'modules/acme/vpc/aws/1.2.0/download',
      'providers/acme/greeter/versions',
      'providers/acme/greeter/1.1.0/download/linux/amd64',
    ]) {
      const url = `/v1/upstream/${hostname}/${path}`
      const { headers, status } = await registry.admin.get(url)
      const expected = path.includes('1.2.0') ? statuses.map((each) => (each === 200 ? 204 : each)) : statuses
      // Twice: what is asked again lies in memory.
      for (const method of ['get', 'head', 'get', 'head'] as const)
        expect([path, method, await statusesOf(callers, (client) => client[method](url))]).toEqual([
          path,
          method,
          expected,
        ])
      const etag = headers.get('etag')
      if (status === 200)
        expect(await statusesOf(callers, (client) => client.get(url, { 'if-none-match': etag! }))).toEqual(
          expected.map((each) => (each === 200 ? 304 : each)),
        )
    }
  })

  test('a key that is limited to namespaces of our own sees what is public', async () => {
    const limited = registry.as(await registry.given.key(['providers:read'], { namespaces: ['acme'] }))
    const path = 'providers/acme/greeter/versions'

    expect((await limited.get(`/v1/upstream/registry.public.example/${path}`)).status).toBe(200)
    expect((await limited.get(`/v1/upstream/registry.internal.example/${path}`)).status).toBe(404)
  })
})

test('what an import changes is answered by servers that had the old answer in memory', async () => {
  const hostname = 'registry.moving.example'
  const path = `/v1/upstream/${hostname}/modules/acme/vpc/aws`
  const files = (...tags: string[]) => ({ 'modules/a/acme/vpc/aws.json': moduleFile(...tags) })
  await importFiles(registry, files('v1.0.0'), { hostname })
  expectStatus(await get(`${path}/1.0.0/download`), 204)
  expect((await get(`${path}/versions`)).json.modules[0].versions).toHaveLength(1)

  await importFiles(
    registry,
    { ...files('v1.1.0', 'v1.0.0'), 'modules/a/acme/new/aws.json': moduleFile('1.0.0') },
    { hostname },
  )

  await expect.poll(async () => (await get(`${path}/versions`)).json.modules[0].versions.length).toBe(2)
  expectStatus(await get(`${path}/1.1.0/download`), 204)

  await importFiles(registry, { 'modules/a/acme/new/aws.json': moduleFile('1.0.0') }, { hostname })

  await expect.poll(async () => (await get(`${path}/versions`)).status).toBe(404)
  expectStatus(await get(`${path}/1.0.0/download`), 404)
})

const statusesOf = <T>(callers: T[], ask: (caller: T) => Promise<{ status: number }>) =>
  Promise.all(callers.map(async (caller) => (await ask(caller)).status))
