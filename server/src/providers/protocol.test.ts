/** The provider registry protocol as terraform and tofu speak it: what a download answer holds, who gets one, what counts. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../test/client.ts'
import { type Dist, makeSigningKey } from '../../test/provider-dist.ts'
import { zipName } from '../../test/provider-uploads.ts'
import { publishProvider, trustKey, zipFolders } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const platforms = ['darwin_arm64', 'linux_amd64', 'linux_arm64', 'windows_amd64']

let registry: TestRegistry
let dist: Dist
beforeAll(async () => {
  registry = await startRegistry()
  for (const visibility of ['public', 'internal', 'private'] as const) {
    await registry.given.namespace(visibility, visibility)
    await trustKey(registry.admin, visibility)
    await publishProvider(registry.admin, visibility, { type: 'seen', version: '1.0.0', platforms: ['linux_amd64'] })
  }
  dist = await publishProvider(registry.admin, 'public', {
    type: 'greeter',
    version: '1.0.0',
    protocols: ['5.0', '6.0'],
    change: zipFolders,
  })
})
afterAll(() => registry?.stop())

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const zipOf = (platform: string) => dist.files.get(zipName(dist, platform))!
const path = '/v1/providers/public/greeter/1.0.0/download/linux/amd64'

test('the version list names each version with its protocols and platforms', async () => {
  const { status, headers, json } = await registry.anonymous.get('/v1/providers/public/greeter/versions')

  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  const listed = platforms.map((platform) => platform.split('_')).map(([os, arch]) => ({ os, arch }))
  expect(json).toEqual({ versions: [{ version: '1.0.0', protocols: ['5.0', '6.0'], platforms: listed }] })
})

describe('a download answer', () => {
  test.each(platforms)('for %s says what the client checks, and leads to the very bytes', async (platform) => {
    const [os, arch] = platform.split('_')
    const { status, headers, json } = await registry.anonymous.get(
      `/v1/providers/public/greeter/1.0.0/download/${os}/${arch}`,
    )
    const zip = zipOf(platform)

    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(json).toMatchObject({
      os,
      arch,
      filename: zipName(dist, platform),
      shasum: sha256(zip),
      protocols: ['5.0', '6.0'],
    })
    const files = [
      [json.download_url, zip],
      [json.shasums_url, dist.files.get(dist.sumsName)],
      [json.shasums_signature_url, dist.files.get(dist.signatureName)],
    ]
    for (const [url, content] of files) {
      // Relative, so that it holds under whatever address the client knows this registry by.
      expect(url).toMatch(/^\/archives\/providers\/public\/greeter\/1\.0\.0\/[!-~]+$/)
      const [whole, head] = [await registry.anonymous.get(url), await registry.anonymous.head(url)]
      expect([whole.status, head.status, whole.bytes.equals(content)]).toEqual([200, 200, true])
      expect(head.headers.get('content-length')).toBe(String(content.length))
    }
  })

  test('names every platform with both of its hashes and its size, or tofu would not install', async () => {
    const { json } = await registry.anonymous.get(path)
    const lock = await registry.anonymous.get('/api/v1/providers/public/greeter/1.0.0')

    expect(Object.keys(json.packages).sort()).toEqual(platforms)
    for (const platform of platforms) {
      const { h1 } = lock.json.platforms.find((each: { platform: string }) => each.platform === platform)
      expect(json.packages[platform]).toEqual({
        hashes: [`zh:${sha256(zipOf(platform))}`, h1],
        package_size: zipOf(platform).length,
      })
    }
  })

  test('holds the key in armour, with an empty trust signature', async () => {
    const { keyId, armoredPublic } = await makeSigningKey()

    const { json } = await registry.anonymous.get(path)

    expect(json.signing_keys).toEqual({
      gpg_public_keys: [
        { key_id: keyId, ascii_armor: armoredPublic, trust_signature: '', source: '', source_url: null },
      ],
    })
    expect(armoredPublic).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----/)
  })

  test('is gzipped from the second request on, and not sent to who has it', async () => {
    const own = '/v1/providers/public/greeter/1.0.0/download/windows/amd64'
    const plain = await registry.anonymous.get(own, { 'accept-encoding': 'identity' })

    // The first request of a five-minute bucket is answered as it is.
    await expect
      .poll(() =>
        registry.anonymous
          .get(own, { 'accept-encoding': 'gzip' })
          .then(({ headers }) => headers.get('content-encoding')),
      )
      .toBe('gzip')
    const gzipped = await registry.anonymous.get(own, { 'accept-encoding': 'gzip' })
    const known = await registry.anonymous.get(own, { 'if-none-match': gzipped.headers.get('etag')! })

    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(gzipped.json.packages).toEqual(plain.json.packages)
    expect(Number(gzipped.headers.get('content-length'))).toBeLessThan(plain.bytes.length)
    expect([known.status, known.bytes.length]).toEqual([304, 0])
  })

  test('is the same however the address is spelt', async () => {
    const { json } = await registry.anonymous.get(path)
    const spelt = ['Public/Greeter/1.0.0/download/linux/amd64', 'public/greeter/v1.0.0/download/Linux/AMD64'].map(
      (each) => registry.anonymous.get(`/v1/providers/${each}`),
    )

    for (const answer of await Promise.all(spelt)) expect([answer.status, answer.json]).toEqual([200, json])
    const list = await registry.anonymous.get('/v1/providers/PUBLIC/GREETER/versions')
    expect([list.status, list.json.versions.length]).toEqual([200, 1])
  })

  test('of a version with build metadata is found, and leads to its files', async () => {
    const built = await publishProvider(registry.admin, 'public', {
      type: 'built',
      version: '1.0.0+b.7',
      platforms: ['linux_amd64'],
    })

    const list = await registry.anonymous.get('/v1/providers/public/built/versions')
    for (const version of ['1.0.0+b.7', '1.0.0%2Bb.7']) {
      const { status, json } = await registry.anonymous.get(
        `/v1/providers/public/built/${version}/download/linux/amd64`,
      )
      expect([status, json.filename]).toEqual([200, zipName(built)])
      for (const url of [json.download_url, json.shasums_url, json.shasums_signature_url])
        expect((await registry.anonymous.get(url)).status).toBe(200)
    }
    expect(list.json.versions[0].version).toBe('1.0.0+b.7')
  })
})

describe('what is not there', () => {
  test.each([
    ['a provider', 'public/nothing/versions', 'provider-not-found'],
    ['a provider to download', 'public/nothing/1.0.0/download/linux/amd64', 'version-not-found'],
    ['a version', 'public/greeter/9.9.9/download/linux/amd64', 'version-not-found'],
    ['what is no version', 'public/greeter/latest/download/linux/amd64', 'version-not-found'],
    ['a platform', 'public/greeter/1.0.0/download/solaris/amd64', 'platform-not-found'],
    ['what is no platform', 'public/greeter/1.0.0/download/li%20nux/amd64', 'platform-not-found'],
    ['what is no type', 'public/terraform-provider-greeter/versions', 'provider-not-found'],
  ])('%s: 404', async (_what, address, code) => {
    for (const _time of ['first', 'from memory']) {
      const { status, json } = await registry.anonymous.get(`/v1/providers/${address}`)
      expect([status, json.code, json.errors]).toEqual([404, code, [expect.any(String)]])
    }
  })

  test.each(['download_url', 'shasums_url', 'shasums_signature_url'])(
    '%s with another signature: 403',
    async (name) => {
      const url: string = (await registry.anonymous.get(path)).json[name]
      const other = await registry.anonymous.get(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))
      const none = await registry.anonymous.get(url.replace(/\?.*/, ''))

      expect([other.status, other.json.code, none.status]).toEqual([403, 'link-invalid', 403])
    },
  )
})

describe('who may see a provider', () => {
  const readers: [string, () => Promise<Client>, number[]][] = [
    ['everybody', async () => registry.anonymous, [200, 401, 401]],
    ['a member', async () => registry.as(await registry.given.key(['providers:read'])), [200, 200, 200]],
    [
      'who may read modules alone',
      async () => registry.as(await registry.given.key(['modules:read'])),
      [200, 403, 403],
    ],
    [
      'a key for the private namespace',
      async () => registry.as(await registry.given.key(['providers:read'], { namespaces: ['private'] })),
      [200, 404, 200],
    ],
    ['a wrong key', async () => registry.as('tfr_wrong'), [401, 401, 401]],
  ]

  test.each(readers)('%s, in a public, an internal and a private namespace', async (_who, clientOf, statuses) => {
    const client = await clientOf()
    const ask = (what: string) =>
      Promise.all(
        ['public', 'internal', 'private'].map((namespace) =>
          client.get(`/v1/providers/${namespace}/${what}`).then(({ status }) => status),
        ),
      )

    expect(await ask('seen/versions')).toEqual(statuses)
    expect(await ask('seen/1.0.0/download/linux/amd64')).toEqual(statuses)
    expect(await ask('seen/versions')).toEqual(statuses)
    expect(await ask('seen/1.0.0/download/linux/amd64')).toEqual(statuses)
  })

  test('a link that was given needs no key', async () => {
    const { json } = await registry.admin.get('/v1/providers/private/seen/1.0.0/download/linux/amd64')

    for (const url of [json.download_url, json.shasums_url, json.shasums_signature_url])
      expect((await registry.anonymous.get(url)).status).toBe(200)
  })
})

test('each GET counts one download of the platform, its version and its provider; HEAD counts none', async () => {
  await publishProvider(registry.admin, 'public', { type: 'counted', version: '1.0.0', platforms })
  const of = (platform: string) => `/v1/providers/public/counted/1.0.0/download/${platform.replace('_', '/')}`
  for (let time = 0; time < 3; time += 1) {
    await registry.anonymous.get(of('linux_amd64'), { 'user-agent': 'Terraform/1.13.0' })
    await registry.anonymous.head(of('linux_amd64'))
    await registry.admin.get(of('darwin_arm64'), { 'user-agent': 'OpenTofu/1.12.0' })
  }
  const { json } = await registry.anonymous.get(of('linux_arm64'))
  await registry.anonymous.get(json.download_url)
  await registry.anonymous.get('/v1/providers/public/counted/versions')

  const counts = async () => {
    const version = await registry.anonymous.get('/api/v1/providers/public/counted/1.0.0')
    const provider = await registry.anonymous.get('/api/v1/providers/public/counted')
    const each = version.json.platforms.map(({ downloads }: { downloads: number }) => downloads)
    return [provider.json.downloads, version.json.downloads, ...each]
  }
  await expect.poll(counts).toEqual([7, 7, 3, 3, 1, 0])
  const events = await registry.sql(`select client, sum(e.downloads)::int as downloads from download_events e
    join provider_platforms p on p.id = e.provider_platform_id where p.filename like '%counted%' group by 1 order by 1`)
  expect(events).toEqual([
    { client: 'opentofu', downloads: 3 },
    { client: 'other', downloads: 1 },
    { client: 'terraform', downloads: 3 },
  ])
})
