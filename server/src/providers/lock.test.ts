/** What goes into a dependency lock file, as a block to copy and as its parts. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectStatus } from '../../test/client.ts'
import type { Dist } from '../../test/provider-dist.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let dist: Dist
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_SERVER_BASE_URL: 'https://registry.example.test:8443' } })
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
  dist = await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0' })
})
afterAll(() => registry?.stop())

const path = '/api/v1/providers/acme/greeter/1.0.0/lock'
const asJson = { accept: 'application/json' }

test('the hashes are those of every platform, and of every line of the sums', async () => {
  const { json } = await registry.anonymous.get(path, asJson)

  const zips = dist.sums
    .trimEnd()
    .split('\n')
    .map((line) => `zh:${line.slice(0, 64)}`)
  const manifest = createHash('sha256').update(dist.files.get('terraform-provider-greeter_1.0.0_manifest.json')!)
  expect(json).toMatchObject({ provider: 'registry.example.test:8443/acme/greeter', version: '1.0.0' })
  expect(json.hashes).toEqual([...json.hashes].sort())
  expect(json.hashes.filter((hash: string) => hash.startsWith('zh:'))).toEqual(zips.sort())
  expect(json.hashes).toContain(`zh:${manifest.digest('hex')}`)
  expect(json.hashes.filter((hash: string) => hash.startsWith('h1:'))).toEqual(
    json.platforms.map(({ h1 }: { h1: string }) => h1).sort(),
  )
  expect(json.platforms.map(({ platform }: { platform: string }) => platform)).toEqual([
    'darwin_arm64',
    'linux_amd64',
    'linux_arm64',
    'windows_amd64',
  ])
})

test('the block is laid out as terraform does it', async () => {
  const { json } = await registry.anonymous.get(path, asJson)

  const { status, headers, text } = await registry.anonymous.get(path)

  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(text).toBe(
    `provider "registry.example.test:8443/acme/greeter" {\n  version = "1.0.0"\n  hashes = [\n${json.hashes
      .map((hash: string) => `    "${hash}",\n`)
      .join('')}  ]\n}\n`,
  )
})

test('the host name can be another, and has to be one', async () => {
  const { text } = await registry.anonymous.get(`${path}?hostname=Registry.Localhost`)
  const wrong = await registry.anonymous.get(`${path}?hostname=${encodeURIComponent('a"b')}`)

  expect(text).toMatch(/^provider "registry\.localhost\/acme\/greeter" \{\n/)
  expect(wrong.status).toBe(400)
})

test('what may not be read, is not there, or was deleted has no lock', async () => {
  await registry.given.namespace('secret', 'private')
  await trustKey(registry.admin, 'secret')
  await publishProvider(registry.admin, 'secret', { type: 'greeter', version: '1.0.0' })
  await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '2.0.0' })
  expectStatus(await registry.admin.send('DELETE', '/api/v1/providers/acme/greeter/2.0.0'), 200)
  const answer = async (path: string) => {
    const { status, json } = await registry.anonymous.get(`/api/v1/providers/${path}/lock`)
    return [status, json.code]
  }

  expect(await answer('secret/greeter/1.0.0')).toEqual([401, 'sign-in-needed'])
  expect(await answer('acme/greeter/9.9.9')).toEqual([404, 'version-not-found'])
  expect(await answer('acme/greeter/2.0.0')).toEqual([410, 'version-deleted'])
})
