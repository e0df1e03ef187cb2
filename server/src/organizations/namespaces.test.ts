/** Namespaces as somebody meets them who claims one, or looks for one: what is listed, how it is narrowed, what is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { publishProvider, trustKey } from '../../test/published-provider.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  const { admin, given } = registry
  expectStatus(await admin.send('POST', '/api/v1/organizations', { name: 'payments' }), 201)
  await given.namespace('open', 'public')
  await given.namespace('my_team', 'internal')
  expectStatus(
    await admin.send('POST', '/api/v1/namespaces', { name: 'hidden', visibility: 'private', organization: 'payments' }),
    201,
  )
  for (const name of ['a', 'b']) expectStatus(await admin.publishModule(`open/${name}/aws`, '1.0.0'), 201)
  expectStatus(await admin.publishModule('open/gone/aws', '1.0.0'), 201)
  expectStatus(await admin.send('DELETE', '/api/v1/modules/open/gone/aws/1.0.0'), 200)
  await trustKey(admin, 'open')
  await publishProvider(admin, 'open', { type: 'greeter', version: '1.0.0', platforms: ['linux_amd64'] })
})
afterAll(() => registry?.stop())

const listed = async (client: Client, query = '') =>
  expectStatus(await client.get(`/api/v1/namespaces${query}`), 200).json.items.map(({ name }: { name: string }) => name)

describe('the list', () => {
  test('counts what is listed in each, and nothing that the caller may not see', async () => {
    const onlyModules = registry.as(await registry.given.key(['modules:read']))

    const [all, some] = [
      await registry.admin.get('/api/v1/namespaces?counts=true'),
      await onlyModules.get('/api/v1/namespaces?counts=true'),
    ]
    const modules = await registry.admin.get('/api/v1/modules?namespace=open')

    expect(all.json.items.find(({ name }: { name: string }) => name === 'open')).toMatchObject({
      ...{ organization: 'default', visibility: 'public', modules: 2, providers: 1 },
    })
    expect(modules.json.items).toHaveLength(2)
    const [uncounted] = (await registry.admin.get('/api/v1/namespaces')).json.items
    expect(uncounted).toMatchObject({ modules: null, providers: null })
    // What is public may be read by anyone, so that its providers count for everybody.
    expect(some.json.items.find(({ name }: { name: string }) => name === 'open').providers).toBe(1)
    expect(some.json.items.map(({ name }: { name: string }) => name)).not.toContain('hidden')
  })

  test('is narrowed by a part of the name, by who sees it, and by whose it is', async () => {
    const { admin } = registry

    expect(await listed(admin, '?q=PE')).toEqual(['open'])
    expect(await listed(admin, '?q=%25')).toEqual([])
    expect(await listed(admin, '?visibility=private')).toEqual(['hidden'])
    expect(await listed(admin, '?organization=payments')).toEqual(['hidden'])
    expect(await listed(admin, '?organization=payments&visibility=public')).toEqual([])
    expect((await admin.get('/api/v1/namespaces?visibility=secret')).status).toBe(400)
  })

  test('is narrowed to where the caller may do something, page by page', async () => {
    const publisher = registry.as(await registry.given.key(['modules:write'], { namespaces: ['my_team'] }))
    const reader = registry.as(await registry.given.key(['modules:read']))

    expect(await listed(publisher)).toEqual(['my_team', 'open'])
    expect(await listed(publisher, '?holding=modules:write')).toEqual(['my_team'])
    expect(await listed(publisher, '?holding=providers:write')).toEqual([])
    expect(await listed(reader, '?holding=modules:write')).toEqual([])
    const first = (await registry.admin.get('/api/v1/namespaces?holding=modules:write&limit=2')).json
    const second = await registry.admin.get(
      `/api/v1/namespaces?holding=modules:write&limit=2&cursor=${encodeURIComponent(first.next)}`,
    )
    expect([...first.items, ...second.json.items].map(({ name }) => name)).toEqual(['hidden', 'my_team', 'open'])
  })

  test('has a private one for whoever may do something there, and may read no modules', async () => {
    for (const scope of ['providers:write', 'organizations:write'] as const) {
      const key = registry.as(await registry.given.key([scope], { organization: 'payments' }))

      expect(await listed(key, `?holding=${scope}`), scope).toEqual(['hidden'])
      expect(await listed(key), scope).toEqual(['open'])
    }
  })
})

describe('claiming one', () => {
  const claim = async (client: Client, name: string, more = {}) => {
    const { status, json } = await client.send('POST', '/api/v1/namespaces', { name, ...more })
    return [status, json.code, json.detail]
  }

  test('that is taken, or that readers take for another, names the one that stands in the way', async () => {
    expect(await claim(registry.admin, 'Open')).toEqual([409, 'namespace-exists', 'A namespace open exists already.'])
    expect(await claim(registry.admin, 'my-team')).toEqual([
      ...[409, 'namespace-exists'],
      'A namespace my_team exists already, and my-team differs from it only in - and _.',
    ])
  })

  test('says no more to whoever may not know of it', async () => {
    const other = registry.as(await registry.given.key(['organizations:write']))

    expect(await claim(other, 'hidden')).toEqual([
      ...[409, 'namespace-exists'],
      'A namespace hidden, or one that differs only in case or in - and _, exists already.',
    ])
  })

  test.each(['search', 'New', 'a b', '-a', ''])('%j is no name', async (name) => {
    const [status, code, detail] = await claim(registry.admin, name)

    expect([status, code]).toEqual([400, 'request-malformed'])
    expect(detail).toMatch(/^body\/name /)
    expect(await listed(registry.admin)).toEqual(['hidden', 'my_team', 'open'])
  })
})
