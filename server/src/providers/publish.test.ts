/** Publishing a provider through the API: file by file, then all checks, then live at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Dist, makeDist, makeSigningKey } from '../../test/provider-dist.ts'
import { expectStatus, startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  const { armoredPublic } = await makeSigningKey()
  expectStatus(
    await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', { armored: armoredPublic }),
    201,
  )
})
afterAll(() => registry?.stop())

const folderOf = (dist: Dist) => `/api/v1/providers/acme/${dist.type}/${dist.version}`

async function send(dist: Dist, names = [...dist.files.keys()]) {
  for (const name of names) {
    expectStatus(await registry.admin.send('PUT', `${folderOf(dist)}/files/${name}`, dist.files.get(name)), 200)
  }
}

const finish = (dist: Dist) => registry.admin.send('POST', `${folderOf(dist)}/publish`)

test('what GoReleaser leaves is live when every file has arrived and the version is finished', async () => {
  const dist = await makeDist({ type: 'greeter', version: '1.0.0' })
  await send(dist)
  const before = await registry.anonymous.get('/v1/providers/acme/greeter/versions')

  const published = await finish(dist)

  expect(before.status).toBe(404)
  expect(published.status).toBe(201)
  expect(published.json).toMatchObject({
    outcome: 'published',
    version: { address: 'acme/greeter', version: '1.0.0', state: 'active' },
  })
  const list = await registry.anonymous.get('/v1/providers/acme/greeter/versions')
  expect(list.json.versions).toMatchObject([
    { version: '1.0.0', platforms: expect.arrayContaining([{ os: 'linux', arch: 'amd64' }]) },
  ])
  const download = await registry.anonymous.get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64')
  expect(download.status).toBe(200)
  for (const url of [download.json.download_url, download.json.shasums_url, download.json.shasums_signature_url]) {
    const file = await registry.anonymous.get(url)
    expect(file.status).toBe(200)
  }
})
