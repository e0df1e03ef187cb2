/** The network mirror of what is published here, through its door. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectStatus } from '../../test/client.ts'
import type { Dist } from '../../test/provider-dist.ts'
import { publishProvider, trustKey, zipFolders } from '../../test/published-provider.ts'
import { standingClock, startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let dist: Dist
beforeAll(async () => {
  registry = await startRegistry({
    clock: standingClock(),
    env: {
      TFR_SERVER_BASE_URL: 'https://registry.example.test:8443/tf',
      TFR_SERVER_HOSTNAMES: 'providers.example.test',
    },
  })
  for (const [namespace, visibility] of [['acme', 'public'] as const, ['secret', 'private'] as const]) {
    await registry.given.namespace(namespace, visibility)
    await trustKey(registry.admin, namespace)
  }
  dist = await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.1.0-rc.1' })
  await publishProvider(registry.admin, 'secret', { type: 'greeter', version: '1.0.0' })
})
afterAll(() => registry?.stop())

const index = '/v1/mirror/registry.example.test/acme/greeter/index.json'
const version = '/v1/mirror/registry.example.test/acme/greeter/1.0.0.json'
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('the index is an object keyed by version', async () => {
  const { status, headers, json } = await registry.anonymous.get(index)

  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(json).toEqual({ versions: { '1.0.0': {}, '1.1.0-rc.1': {} } })
})

test('the document of a version leads to every zip, with both of its hashes', async () => {
  const { status, headers, json } = await registry.anonymous.get(version)

  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(Object.keys(json.archives).sort()).toEqual(['darwin_arm64', 'linux_amd64', 'linux_arm64', 'windows_amd64'])
  for (const [platform, { url, hashes }] of Object.entries<{ url: string; hashes: string[] }>(json.archives)) {
    const zip = dist.files.get(`terraform-provider-greeter_1.0.0_${platform}.zip`)!
    expect(url).toMatch(/^\/tf\/archives\/providers\//)
    expect(hashes).toEqual([expect.stringMatching(/^h1:[A-Za-z0-9+/]{43}=$/), `zh:${sha256(zip)}`])
    const sent = await registry.anonymous.get(url.slice('/tf'.length))
    expect(sent.bytes.equals(zip)).toBe(true)
  }
})

test('its addresses are those of the registry protocol', async () => {
  const { json } = await registry.anonymous.get(version)
  const download = await registry.anonymous.get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64')

  expect(json.archives.linux_amd64.url).toBe(download.json.download_url)
})

test('the hash of the zip counts its folders, as clients do', async () => {
  await publishProvider(registry.admin, 'acme', {
    type: 'folders',
    version: '1.0.0',
    platforms: ['linux_amd64'],
    change: zipFolders,
  })

  const { json } = await registry.anonymous.get('/v1/mirror/registry.example.test/acme/folders/1.0.0.json')
  const lock = await registry.anonymous.get('/api/v1/providers/acme/folders/1.0.0/lock', { accept: 'application/json' })

  const [{ h1, zipH1 }] = lock.json.platforms
  expect(json.archives.linux_amd64.hashes[0]).toBe(zipH1)
  expect(zipH1).not.toBe(h1)
})

describe('the same documents are found', () => {
  test.each([
    ['under the alias', '/terraform/providers/registry.example.test/acme/greeter'],
    ['under each host name', '/v1/mirror/providers.example.test/acme/greeter'],
    ['in any case', '/v1/mirror/Registry.Example.TEST/Acme/Greeter'],
    ['below the prefix of base_url', '/tf/v1/mirror/registry.example.test/acme/greeter'],
  ])('%s', async (_how, place) => {
    const origin = registry.url.replace(/\/tf$/, '')
    const found = await Promise.all(
      ['index.json', '1.0.0.json'].map((document) =>
        fetch(`${origin}${place}/${document}`).then((each) => each.json()),
      ),
    )

    expect(found).toEqual([(await registry.anonymous.get(index)).json, (await registry.anonymous.get(version)).json])
  })
})

test('HEAD is answered, and what has not changed is not sent again', async () => {
  const { headers } = await registry.anonymous.get(version)
  const head = await registry.anonymous.head(version)
  const again = await registry.anonymous.get(version, { 'if-none-match': headers.get('etag')! })

  expect([head.status, head.headers.get('content-type'), head.text]).toEqual([200, 'application/json', ''])
  expect(again.status).toBe(304)
})

describe('what is not there', () => {
  test.each([
    ['another host name', '/v1/mirror/registry.terraform.io/acme/greeter/index.json', 'hostname-not-mirrored'],
    [
      'a host name with a port',
      '/v1/mirror/registry.example.test:8443/acme/greeter/index.json',
      'hostname-not-mirrored',
    ],
    ['a provider', '/v1/mirror/registry.example.test/acme/nothing/index.json', 'provider-not-found'],
    ['a version of it', '/v1/mirror/registry.example.test/acme/nothing/1.0.0.json', 'version-not-found'],
    ['a version', '/v1/mirror/registry.example.test/acme/greeter/9.9.9.json', 'version-not-found'],
    ['what is no version', '/v1/mirror/registry.example.test/acme/greeter/latest.json', 'version-not-found'],
    ['what is no document', '/v1/mirror/registry.example.test/acme/greeter/1.0.0', 'route-not-found'],
  ])('%s', async (_what, path, code) => {
    const { status, json } = await registry.anonymous.get(path)

    expect([status, json.code]).toEqual([404, code])
  })
})

describe('who may read a private provider', () => {
  const secret = '/v1/mirror/registry.example.test/secret/greeter'
  const statuses = async (client: TestRegistry['admin']) =>
    Promise.all(['index.json', '1.0.0.json'].map(async (name) => (await client.get(`${secret}/${name}`)).status))

  test('a key with providers:read', async () => {
    expect(await statuses(registry.as(await registry.given.key(['providers:read'])))).toEqual([200, 200])
  })
  test('nobody without a key', async () => {
    expect(await statuses(registry.anonymous)).toEqual([401, 401])
  })
  test('no key that reads other things, to which it is not there', async () => {
    const others = registry.as(await registry.given.key(['providers:read'], { namespaces: ['acme'] }))
    expect(await statuses(others)).toEqual([404, 404])
    expect(await statuses(registry.as(await registry.given.key(['modules:read'])))).toEqual([403, 403])
  })
})

test('a deprecated version stays, a deleted one goes at once, a restored one comes back', async () => {
  await publishProvider(registry.admin, 'acme', { type: 'changing', version: '1.0.0' })
  const own = '/api/v1/providers/acme/changing/1.0.0'
  const place = '/v1/mirror/registry.example.test/acme/changing'
  const seen = async () =>
    Promise.all(
      [`${place}/index.json`, `${place}/1.0.0.json`].map(async (path) => (await registry.anonymous.get(path)).status),
    )

  const states = [await seen()]
  expectStatus(await registry.admin.send('POST', `${own}/deprecate`, { message: 'use another' }), 200)
  states.push(await seen())
  expectStatus(await registry.admin.send('DELETE', own), 200)
  states.push(await seen())
  expectStatus(await registry.admin.send('POST', `${own}/restore`), 200)
  states.push(await seen())

  expect(states).toEqual([
    [200, 200],
    [200, 200],
    [404, 404],
    [200, 200],
  ])
})

test('a namespace that becomes private is private here at once', async () => {
  await registry.given.namespace('turning')
  await trustKey(registry.admin, 'turning')
  await publishProvider(registry.admin, 'turning', { type: 'greeter', version: '1.0.0' })
  const path = '/v1/mirror/registry.example.test/turning/greeter/1.0.0.json'
  const before = await registry.anonymous.get(path)

  expectStatus(await registry.admin.send('PATCH', '/api/v1/namespaces/turning', { visibility: 'private' }), 200)

  expect([before.status, (await registry.anonymous.get(path)).status]).toEqual([200, 401])
})

test('the API says where the mirror is, and for whom it answers', async () => {
  const { status, json } = await registry.anonymous.get('/api/v1/mirror')

  expect(status).toBe(200)
  expect(json).toEqual({
    url: 'https://registry.example.test:8443/tf/v1/mirror/',
    hostnames: ['registry.example.test', 'providers.example.test'],
  })
})
