/** Modules through our own API: lists that page, life of a version, and documents that always say what the rows say. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../../test/archives.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { versionsDocumentOf } from './documents.ts'
import { listedVersions } from './queries.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  for (const name of ['acme', 'beta']) await registry.given.namespace(name)
})
afterAll(() => registry.stop())

test('a module says what its newest stable version says of it', async () => {
  const describe = (version: string, description: string) =>
    registry.admin.send(
      'PUT',
      `/api/v1/modules/acme/told/aws/${version}?description=${description}`,
      tarGz(moduleFiles()),
      { 'content-type': 'application/gzip' },
    )
  await describe('1.0.0', 'first')
  await describe('1.2.0', 'second')
  await describe('2.0.0-rc.1', 'to+come')

  const module = await registry.anonymous.get('/api/v1/modules/acme/told/aws')
  const version = await registry.anonymous.get('/api/v1/modules/acme/told/aws/v1.0.0')

  expect(module.json).toMatchObject({
    address: 'acme/told/aws',
    latestVersion: '1.2.0',
    description: 'second',
    downloads: 0,
  })
  expect(version.json).toMatchObject({
    address: 'acme/told/aws',
    version: '1.0.0',
    state: 'active',
    description: 'first',
    publishedBy: 'test admin',
  })
  expect(version.json.sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('lists page through everything once, whatever the page size, also while something is published', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await registry.admin.publishModule(`beta/${name}/aws`, '1.0.0')
  const seen: string[] = []

  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json } = await registry.anonymous.get(
      `/api/v1/modules?namespace=beta&limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...json.items.map(({ address }: { address: string }) => address))
    cursor = json.next
    await registry.admin.publishModule('beta/aa/aws', '1.0.0')
  }

  expect(seen).toEqual(['beta/a/aws', 'beta/b/aws', 'beta/c/aws', 'beta/d/aws', 'beta/e/aws'])
})

test('versions are listed by precedence, newest first, in pages', async () => {
  for (const version of ['1.9.0', '1.10.0', '2.0.0-rc.2', '2.0.0-rc.10', '2.0.0'])
    await registry.admin.publishModule('acme/ordered/aws', version)

  const first = await registry.anonymous.get('/api/v1/modules/acme/ordered/aws/versions?limit=3')
  const second = await registry.anonymous.get(
    `/api/v1/modules/acme/ordered/aws/versions?limit=3&cursor=${first.json.next}`,
  )

  const versions = [...first.json.items, ...second.json.items].map(({ version }) => version)
  expect(versions).toEqual(['2.0.0', '2.0.0-rc.10', '2.0.0-rc.2', '1.10.0', '1.9.0'])
  expect(second.json.next).toBeNull()
})

test.each(['limit=0', 'limit=101', 'limit=x', 'limit=1.5', 'cursor=%00', 'cursor=WzFd', 'cursor=bm9uc2Vuc2U'])(
  '?%s is refused',
  async (query) => {
    const answer = await registry.anonymous.get(`/api/v1/modules?${query}`)

    expect(answer.status).toBe(400)
  },
)

describe('the life of a version', () => {
  test('a deleted version is gone for readers, shown to administrators, keeps its number, and can come back', async () => {
    const archive = tarGz(moduleFiles({ 'a.txt': 'kept' }))
    await registry.admin.publishModule('acme/life/aws', '1.0.0', archive)
    await registry.admin.publishModule('acme/life/aws', '1.1.0')
    const path = '/api/v1/modules/acme/life/aws/1.0.0'
    const publisher = registry.as(await registry.given.key(['modules:write']))

    const forbidden = await publisher.send('DELETE', path)
    const deleted = await registry.admin.send('DELETE', path)
    const again = await registry.admin.send('DELETE', path)
    const [shown, hidden] = [await registry.admin.get(path), await registry.anonymous.get(path)]
    const download = await registry.anonymous.get('/v1/modules/acme/life/aws/1.0.0/download')
    const republished = await registry.admin.publishModule('acme/life/aws', '1.0.0', archive)
    const listed = await registry.anonymous.get('/v1/modules/acme/life/aws/versions')

    expect([forbidden.status, deleted.status, again.status]).toEqual([403, 200, 200])
    expect([shown.json.state, hidden.status]).toEqual(['deleted', 404])
    expect([download.status, download.json.code]).toEqual([410, 'version-deleted'])
    expect(republished.status).toBe(409)
    expect(listed.json.modules[0].versions).toEqual([{ version: '1.1.0' }])

    const restored = await registry.admin.send('POST', `${path}/restore`)

    expect(restored.json.state).toBe('active')
    expect((await registry.anonymous.get('/v1/modules/acme/life/aws/1.0.0/download')).status).toBe(204)
    expect(
      (await registry.facts())
        .map(({ kind, subject }) => [kind, subject])
        .filter(([, subject]) => subject === 'acme/life/aws 1.0.0'),
    ).toEqual([
      ['module.published', 'acme/life/aws 1.0.0'],
      ['module.deleted', 'acme/life/aws 1.0.0'],
      ['module.restored', 'acme/life/aws 1.0.0'],
    ])
  })

  test('30 days after its deletion a version cannot be restored, and its bytes are swept', async () => {
    await registry.admin.publishModule('acme/old/aws', '1.0.0', tarGz(moduleFiles({ 'old.txt': 'old' })))
    await registry.admin.send('DELETE', '/api/v1/modules/acme/old/aws/1.0.0')
    await registry.sql(`update module_versions set deleted_at = now() - interval '31 days' where state = 'deleted'`)
    await registry.sql(`update stored_objects set touched_at = now() - interval '31 days'`)

    await registry.app.jobs.runChores()
    const restored = await registry.admin.send('POST', '/api/v1/modules/acme/old/aws/1.0.0/restore')

    expect([restored.status, restored.json.code]).toEqual([409, 'version-not-restorable'])
  })

  test('a module whose every version is deleted is not there, until one comes back', async () => {
    await registry.admin.publishModule('acme/empty/aws', '1.0.0')
    await registry.admin.send('DELETE', '/api/v1/modules/acme/empty/aws/1.0.0')

    const { json } = await registry.anonymous.get('/api/v1/modules?namespace=acme&limit=100')
    const protocol = await registry.anonymous.get('/v1/modules/acme/empty/aws/versions')
    const shown = await registry.anonymous.get('/api/v1/modules/acme/empty/aws')
    await registry.admin.send('POST', '/api/v1/modules/acme/empty/aws/1.0.0/restore')
    const back = await registry.anonymous.get('/api/v1/modules/acme/empty/aws')

    expect([shown.status, shown.json.code, back.status]).toEqual([404, 'module-not-found', 200])
    expect(json.items.map(({ address }: { address: string }) => address)).not.toContain('acme/empty/aws')
    expect(protocol.status).toBe(404)
  })

  test('what is not there is said so, with its name', async () => {
    const module = await registry.anonymous.get('/api/v1/modules/acme/nowhere/aws')
    const version = await registry.anonymous.get('/api/v1/modules/acme/told/aws/9.9.9')
    const restored = await registry.admin.send('POST', '/api/v1/modules/acme/nowhere/aws/1.0.0/restore')

    expect([module.status, module.json.detail]).toEqual([404, 'There is no module acme/nowhere/aws.'])
    expect([version.status, version.json.detail]).toEqual([404, 'Module acme/told/aws has no version 9.9.9.'])
    expect(restored.status).toBe(404)
  })
})

test('every stored document is the one that its rows make, plain and gzipped', async () => {
  const documents = await registry.sql<{ key: string; plain: Buffer; gzip: Buffer; etag: string }>(
    'select * from documents',
  )
  const modules = await registry.sql<{ id: string; namespace: string; name: string; system: string }>(
    'select * from modules',
  )
  const expected = new Map<string, string>()
  for (const { id, ...address } of modules) {
    const versions = await listedVersions(registry.app.db, id)
    const key = `modules/${address.namespace}/${address.name}/${address.system}/versions`
    if (versions.length > 0) expected.set(key, JSON.stringify(versionsDocumentOf(address, versions)))
  }

  expect(documents.length).toBeGreaterThan(8)
  expect(new Map(documents.map(({ key, plain }) => [key, plain.toString()]))).toEqual(expected)
  for (const { plain, gzip } of documents) expect(gunzipSync(gzip).equals(plain)).toBe(true)
})

test('a list of 2,504 versions is one document, sent gzipped to who asks for it, and 304 to who has it', async () => {
  const versions = Array.from({ length: 2504 }, (_, index) => `${Math.floor(index / 100)}.${index % 100}.0`)
  await registry.admin.publishModule('acme/giant/aws', '100.0.0')
  await registry.sql(
    `insert into module_versions (module_id, version, core, precedence, sha256)
     select m.id, v, v, lpad(split_part(v, '.', 1), 6, '0') || lpad(split_part(v, '.', 2), 6, '0'), repeat('0', 64)
     from modules m, unnest($1::text[]) v where m.name = 'giant'`,
    [versions],
  )
  await registry.admin.publishModule('acme/giant/aws', '100.1.0')
  const path = '/v1/modules/acme/giant/aws/versions'

  const plain = await registry.anonymous.get(path, { 'accept-encoding': 'identity' })
  const gzipped = await registry.anonymous.get(path, { 'accept-encoding': 'gzip' })
  const known = await registry.anonymous.get(path, { 'if-none-match': plain.headers.get('etag')! })

  expect(plain.json.modules[0].versions).toHaveLength(2506)
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(plain.headers.get('vary')).toContain('accept-encoding')
  expect(gzipped.headers.get('content-encoding')).toBe('gzip')
  expect(Number(gzipped.headers.get('content-length'))).toBeLessThan(plain.bytes.length / 5)
  expect(gzipped.text).toBe(plain.text)
  expect([known.status, known.bytes.length]).toEqual([304, 0])
})

describe('the list of modules', () => {
  const addressesOf = async (query: string) => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { status, json } = await registry.anonymous.get(`/api/v1/modules?${query}${cursor && `&cursor=${cursor}`}`)
      expect(status).toBe(200)
      seen.push(...json.items.map(({ address }: { address: string }) => address))
      cursor = json.next
    }
    return seen
  }
  beforeAll(async () => {
    await registry.given.namespace('sorted')
    for (const address of ['c/aws', 'a/aws', 'd/azurerm', 'b/aws'])
      await registry.admin.publishModule(`sorted/${address}`, '1.0.0')
    // The older major is published last, and says nothing of how new the module is.
    await registry.admin.publishModule('sorted/c/aws', '0.9.0')
    await registry.admin.publishModule('sorted/e/aws', '1.0.0-rc.1')
  })

  test('begins with what was released last, page by page, and ends with what has no release', async () => {
    const byRelease = await addressesOf('namespace=sorted&sort=updated&limit=2')
    const [newest] = (await registry.anonymous.get('/api/v1/modules?namespace=sorted&sort=updated')).json.items

    expect(byRelease).toEqual(['b/aws', 'd/azurerm', 'a/aws', 'c/aws', 'e/aws'].map((each) => `sorted/${each}`))
    expect(newest).toMatchObject({ latestVersion: '1.0.0', latestState: 'active' })
    expect(Date.parse(newest.latestPublishedAt)).toBeGreaterThan(Date.parse(newest.createdAt) - 1)
  })

  test('follows what is released, deleted and restored', async () => {
    await registry.admin.publishModule('sorted/a/aws', '1.1.0')
    const [published] = await addressesOf('namespace=sorted&sort=updated&limit=100')
    await registry.admin.send('DELETE', '/api/v1/modules/sorted/a/aws/1.1.0')
    const [deleted] = await addressesOf('namespace=sorted&sort=updated&limit=100')
    await registry.admin.send('POST', '/api/v1/modules/sorted/a/aws/1.1.0/restore')
    const [restored] = await addressesOf('namespace=sorted&sort=updated&limit=100')

    expect([published, deleted, restored]).toEqual(['sorted/a/aws', 'sorted/b/aws', 'sorted/a/aws'])
  })

  test('begins with what is downloaded most, and then goes by address', async () => {
    await registry.anonymous.get('/v1/modules/sorted/d/azurerm/1.0.0/download')

    await expect
      .poll(() => addressesOf('namespace=sorted&sort=downloads&limit=2'), { timeout: 20_000 })
      .toEqual(['d/azurerm', 'a/aws', 'b/aws', 'c/aws', 'e/aws'].map((each) => `sorted/${each}`))
  })

  test('is narrowed by target system and by a part of the address, in whatever order', async () => {
    expect(await addressesOf('namespace=sorted&system=azurerm')).toEqual(['sorted/d/azurerm'])
    expect(await addressesOf('q=Sorted/B')).toEqual(['sorted/b/aws'])
    expect(await addressesOf('q=sorted&system=azurerm&sort=updated')).toEqual(['sorted/d/azurerm'])
  })

  test('refuses what it cannot be sorted by, and a cursor of another order', async () => {
    const { json } = await registry.anonymous.get('/api/v1/modules?namespace=sorted&limit=1')
    const other = await registry.anonymous.get(`/api/v1/modules?sort=updated&cursor=${json.next}`)
    const unknown = await registry.anonymous.get('/api/v1/modules?sort=colour')

    expect(other).toMatchObject({ status: 400, json: { code: 'cursor-invalid' } })
    expect(unknown.status).toBe(400)
  })
})
