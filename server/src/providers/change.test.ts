/** What becomes of a published provider: deprecated, deleted and back, and documents that always say what the rows say. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../test/client.ts'
import { makeSigningKey } from '../../test/provider-dist.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { packageDocumentOf, versionsDocumentOf, versionsKey } from './documents.ts'
import { findVersion, listedVersions } from './queries.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  await trustKey(registry.admin, 'acme')
})
afterAll(() => registry?.stop())

const publish = (type: string, version: string) =>
  publishProvider(registry.admin, 'acme', { type, version, platforms: ['linux_amd64'] })

const post = (path: string, body?: unknown) => registry.admin.send('POST', `/api/v1/providers/acme/${path}`, body)

const list = async (type: string, client: Client = registry.anonymous) => {
  const { status, json } = await client.get(`/v1/providers/acme/${type}/versions`)
  return {
    status,
    versions: (json?.versions ?? []).map(({ version }: { version: string }) => version),
    warnings: json?.warnings,
  }
}

const download = (type: string, version: string, client: Client = registry.anonymous) =>
  client.get(`/v1/providers/acme/${type}/${version}/download/linux/amd64`)

describe('a deprecated version', () => {
  test('installs, and says why one should leave it, until that is taken back', async () => {
    for (const version of ['1.0.0', '1.1.0', '2.0.0']) await publish('old', version)

    const said = await post('old/1.0.0/deprecate', { message: 'Has a leak; use 1.1.0.' })
    const deprecated = await list('old')
    const still = await download('old', '1.0.0')
    const restored = await post('old/1.0.0/restore')
    const afterwards = await list('old')

    expect([said.status, said.json.state, said.json.deprecation]).toEqual([200, 'deprecated', 'Has a leak; use 1.1.0.'])
    expect(deprecated).toEqual({
      status: 200,
      versions: ['2.0.0', '1.1.0', '1.0.0'],
      warnings: ['Version 1.0.0 is deprecated: Has a leak; use 1.1.0.'],
    })
    expect(still.status).toBe(200)
    expect([restored.json.state, restored.json.deprecation]).toEqual(['active', ''])
    expect(afterwards).toEqual({ ...deprecated, warnings: undefined })
  })

  test('shares its warning with those of the same message', async () => {
    const versions = Array.from({ length: 8 }, (_, minor) => `1.${minor}.0`)
    await Promise.all(versions.map((version) => publish('leaky', version)))
    await Promise.all(versions.map((version) => post(`leaky/${version}/deprecate`, { message: 'Leaks.' })))

    const { warnings } = await list('leaky')

    expect(warnings).toEqual(['Versions 1.7.0, 1.6.0, 1.5.0, 1.4.0, 1.3.0 and 3 more are deprecated: Leaks.'])
  })

  test.each([[''], ['two\nlines'], ['x'.repeat(501)], [undefined]])('is told no message like %j', async (message) => {
    const answer = await post('old/1.0.0/deprecate', { message })

    expect(answer.status).toBe(400)
    expect((await list('old')).warnings).toBeUndefined()
  })
})

test('a deprecated provider says so with whatever version, until that is taken back', async () => {
  await publish('left', '1.0.0')

  const said = await post('left/deprecate', { message: 'Use acme/right.' })
  const deprecated = await list('left')
  await publish('left', '1.1.0')
  const newer = await list('left')
  const restored = await post('left/restore')

  expect([said.status, said.json.deprecation]).toEqual([200, 'Use acme/right.'])
  expect(deprecated.warnings).toEqual(['acme/left is deprecated: Use acme/right.'])
  expect(newer).toMatchObject({ versions: ['1.1.0', '1.0.0'], warnings: deprecated.warnings })
  expect(restored.json.deprecation).toBe('')
  expect((await list('left')).warnings).toBeUndefined()
})

describe('a deleted version', () => {
  test('is not listed, cannot be downloaded, is shown to administrators, and comes back', async () => {
    for (const version of ['1.0.0', '1.1.0']) await publish('gone', version)
    const path = '/api/v1/providers/acme/gone/1.0.0'
    const publisher = registry.as(await registry.given.key(['providers:write']))

    const forbidden = await publisher.send('DELETE', path)
    const deleted = await registry.admin.send('DELETE', path)
    const again = await registry.admin.send('DELETE', path)
    const [shown, hidden] = [await registry.admin.get(path), await registry.anonymous.get(path)]
    const [listed, gone] = [await list('gone'), await download('gone', '1.0.0')]
    const mine = await publisher.send('POST', `${path}/restore`)
    const restored = await registry.admin.send('POST', `${path}/restore`)

    expect([forbidden, deleted, again, hidden, mine].map(({ status }) => status)).toEqual([403, 200, 200, 404, 403])
    expect([shown.json.state, restored.json.state]).toEqual(['deleted', 'active'])
    expect(listed.versions).toEqual(['1.1.0'])
    expect([gone.status, gone.json.code]).toEqual([410, 'version-deleted'])
    expect((await list('gone')).versions).toEqual(['1.1.0', '1.0.0'])
    const back = await download('gone', '1.0.0')
    expect((await registry.anonymous.get(back.json.download_url)).status).toBe(200)
    expect(
      (await registry.facts()).filter(({ subject }) => subject === 'acme/gone 1.0.0').map(({ kind }) => kind),
    ).toEqual(['provider.published', 'provider.deleted', 'provider.restored'])
  })

  test('that was the only one leaves no provider, until it comes back', async () => {
    await publish('single', '1.0.0')

    await registry.admin.send('DELETE', '/api/v1/providers/acme/single/1.0.0')
    const [listed, shown] = [await list('single'), await registry.anonymous.get('/api/v1/providers/acme/single')]
    await post('single/1.0.0/restore')

    expect([listed.status, shown.status, shown.json.code]).toEqual([404, 404, 'provider-not-found'])
    expect((await list('single')).versions).toEqual(['1.0.0'])
  })

  test('cannot be deprecated, and after 30 days not be restored', async () => {
    await publish('late', '1.0.0')
    await registry.admin.send('DELETE', '/api/v1/providers/acme/late/1.0.0')
    const deprecated = await post('late/1.0.0/deprecate', { message: 'x' })
    await registry.sql(`update provider_versions set deleted_at = now() - interval '31 days' where state = 'deleted'`)
    await registry.sql(`update stored_objects set touched_at = now() - interval '31 days'`)

    await registry.app.jobs.runChores()
    const restored = await post('late/1.0.0/restore')

    expect([deprecated, restored].map(({ status, json }) => [status, json.code])).toEqual([
      [409, 'version-not-restorable'],
      [409, 'version-not-restorable'],
    ])
    expect(await registry.sql(`select object_id from provider_platforms where filename like '%late%'`)).toEqual([
      { object_id: null },
    ])
  })
})

test('what is not there cannot be changed', async () => {
  await publish('there', '1.0.0')
  const answers = [
    await post('nowhere/deprecate', { message: 'x' }),
    await post('nowhere/restore'),
    await post('nowhere/1.0.0/restore'),
    await post('there/9.9.9/deprecate', { message: 'x' }),
    await registry.admin.send('DELETE', '/api/v1/providers/acme/there/9.9.9'),
  ]

  expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
    [404, 'provider-not-found'],
    [404, 'provider-not-found'],
    [404, 'version-not-found'],
    [404, 'version-not-found'],
    [404, 'version-not-found'],
  ])
  expect(await registry.sql(`select from providers where type = 'nowhere'`)).toEqual([])
})

test('what one server changes another one answers', async () => {
  const other = await registry.another()
  await publish('both', '1.0.0')
  await publish('both', '1.1.0')
  expect(await list('both', other.anonymous)).toMatchObject({ versions: ['1.1.0', '1.0.0'] })
  expect((await download('both', '1.0.0', other.anonymous)).status).toBe(200)
  const seen = () => list('both', other.anonymous)

  await post('both/1.1.0/deprecate', { message: 'Soon gone.' })
  await expect.poll(() => seen().then(({ warnings }) => warnings)).toEqual(['Version 1.1.0 is deprecated: Soon gone.'])
  await post('both/1.1.0/restore')
  await expect.poll(() => seen().then(({ warnings }) => warnings)).toBeUndefined()
  await registry.admin.send('DELETE', '/api/v1/providers/acme/both/1.0.0')
  await expect.poll(() => seen().then(({ versions }) => versions)).toEqual(['1.1.0'])
  await expect.poll(() => download('both', '1.0.0', other.anonymous).then(({ status }) => status)).toBe(410)
  await post('both/1.0.0/restore')
  await expect.poll(() => seen().then(({ versions }) => versions)).toEqual(['1.1.0', '1.0.0'])
  await expect.poll(() => download('both', '1.0.0', other.anonymous).then(({ status }) => status)).toBe(200)
})

describe('every stored document is the one that its rows make', () => {
  const writes: [string, () => Promise<unknown>][] = [
    [
      'publishes',
      () => Promise.all(['1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1'].map((version) => publish('doc', version))),
    ],
    ['the deprecation of a version', () => post('doc/1.0.0/deprecate', { message: 'Old.' })],
    ['another message', () => post('doc/1.0.0/deprecate', { message: 'Very old.' })],
    ['the deprecation of the provider', () => post('doc/deprecate', { message: 'Left.' })],
    ['a publish after that', () => publish('doc', '2.0.0')],
    ['a deletion', () => registry.admin.send('DELETE', '/api/v1/providers/acme/doc/1.0.0')],
    ['a restore', () => post('doc/1.0.0/restore')],
    ['the restore of the provider', () => post('doc/restore')],
    [
      'changes of many versions at once',
      () =>
        Promise.all(
          ['1.0.0', '1.9.0', '1.10.0', '2.0.0'].map((version) =>
            post(`doc/${version}/deprecate`, { message: version }),
          ),
        ),
    ],
    [
      'changes and publishes at once',
      () =>
        Promise.all([
          ...['1.0.0', '1.9.0', '1.10.0'].map((version) => post(`doc/${version}/restore`)),
          ...['3.0.0', '3.1.0'].map((version) => publish('doc', version)),
          registry.admin.send('DELETE', '/api/v1/providers/acme/doc/2.0.0'),
          post('doc/deprecate', { message: 'Left again.' }),
        ]),
    ],
    [
      'the deletion of all',
      () =>
        Promise.all(
          ['1.0.0', '1.9.0', '1.10.0', '2.0.0-rc.1', '3.0.0', '3.1.0'].map((version) =>
            registry.admin.send('DELETE', `/api/v1/providers/acme/doc/${version}`),
          ),
        ),
    ],
  ]

  test.each(writes)('after %s', async (_what, write) => {
    await write()

    const stored = await registry.sql<{ key: string; plain: Buffer; gzip: Buffer }>(
      `select * from documents where key like 'providers/%'`,
    )
    const providers = await registry.sql<{ id: string; namespace: string; type: string; deprecation: string }>(
      'select * from providers',
    )
    const expected = new Map<string, string>()
    for (const { id, namespace, type, deprecation } of providers) {
      const versions = await listedVersions(registry.app.db, id)
      const document = versionsDocumentOf({ namespace, type }, deprecation, versions)
      if (versions.length > 0) expected.set(versionsKey({ namespace, type }), JSON.stringify(document))
    }
    expect(new Map(stored.map(({ key, plain }) => [key, plain.toString()]))).toEqual(expected)
    for (const { plain, gzip } of stored) expect(gunzipSync(gzip).equals(plain)).toBe(true)
  })

  test('and so is what all download answers of a version share', async () => {
    const { keyId, armoredPublic } = await makeSigningKey()
    const { type, version } = await publishProvider(registry.admin, 'acme', { type: 'shared', version: '1.0.0' })

    const row = (await findVersion(registry.app.db, { namespace: 'acme', type }, version))!
    const [stored] = await registry.sql('select package_document from provider_versions where id = $1', [row.id])

    expect(row.platforms).toHaveLength(4)
    const made = packageDocumentOf({ ...row, key: { keyId, armored: armoredPublic } })
    expect(JSON.parse(stored.package_document)).toEqual(JSON.parse(made))
  })
})
