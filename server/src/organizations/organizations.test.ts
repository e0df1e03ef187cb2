import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { type GivenUser, startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let owner: GivenUser
let stranger: GivenUser
let viewer: GivenUser
const as = ({ token }: GivenUser): Client => registry.as(token)

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.organization('payments')
  await registry.given.organization('shipping')
  owner = await registry.given.user({
    email: 'owner@acme.example',
    roles: [{ organization: 'payments', role: 'admin' }],
  })
  stranger = await registry.given.user({
    email: 'stranger@acme.example',
    roles: [{ organization: 'shipping', role: 'admin' }],
  })
  viewer = await registry.given.user({
    email: 'viewer@acme.example',
    roles: [{ organization: 'payments', role: 'viewer' }],
  })
})
afterAll(() => registry.stop())

const organization = '/api/v1/organizations'
const namesIn = ({ json }: { json: { items: { name: string }[] } }) => json.items.map(({ name }) => name)

describe('organizations', () => {
  test('an administrator of the platform makes one, and a fact is recorded', async () => {
    const made = await registry.admin.send('POST', organization, { name: 'search', displayName: 'Search' })

    expect(made).toMatchObject({
      status: 201,
      json: { name: 'search', displayName: 'Search', namespaces: 0, members: 0 },
    })
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({ kind: 'organization.created', subject: 'search' }),
    )
  })

  test('a name is taken once, and platform never', async () => {
    const twice = await registry.admin.send('POST', organization, { name: 'payments' })
    const platform = await registry.admin.send('POST', organization, { name: 'platform' })
    const odd = await registry.admin.send('POST', organization, { name: 'Payments' })

    expect(twice).toMatchObject({ status: 409, json: { code: 'organization-exists' } })
    expect([platform.status, odd.status]).toEqual([400, 400])
  })

  test('an administrator of an organization makes none beside it', async () => {
    expect(await as(owner).send('POST', organization, { name: 'more' })).toMatchObject({
      status: 403,
      json: { code: 'scope-needed' },
    })
  })

  test('a list shows where the caller may read, page by page', async () => {
    const everything = await registry.admin.get(`${organization}?limit=2`)
    const rest = await registry.admin.get(`${organization}?limit=100&cursor=${everything.json.next}`)

    expect(namesIn(everything)).toHaveLength(2)
    expect([...namesIn(everything), ...namesIn(rest)]).toEqual(
      expect.arrayContaining(['default', 'payments', 'shipping']),
    )
    expect(rest.json.next).toBeNull()
    expect(namesIn(await as(viewer).get(organization))).toEqual(['payments'])
    expect(namesIn(await as(stranger).get(organization))).toEqual(['shipping'])
    expect((await registry.anonymous.get(organization)).status).toBe(401)
  })

  test('a key that is limited to namespaces sees none', async () => {
    await registry.given.namespace('limited', 'private', 'payments')
    const limited = await registry.given.key(['admin'], { organization: 'payments', namespaces: ['limited'] })

    expect(namesIn(await registry.as(limited).get(organization))).toEqual([])
    expect((await registry.as(limited).get(`${organization}/payments`)).status).toBe(404)
  })

  test('for a stranger one that is there is like one that is not', async () => {
    for (const [method, path, body] of [
      ['GET', ''],
      ['PUT', '', { displayName: 'x' }],
      ['DELETE', ''],
      ['GET', '/members'],
      ['PUT', `/members/${viewer.id}`, { roles: ['viewer'] }],
      ['DELETE', `/members/${viewer.id}`],
    ] as const) {
      const there = await as(stranger).send(method, `${organization}/payments${path}`, body)
      const absent = await as(stranger).send(method, `${organization}/absent${path}`, body)

      expect(there, `${method} ${path}`).toMatchObject({ status: 404, json: { code: 'organization-not-found' } })
      expect(there.json.detail.replace('payments', 'absent')).toBe(absent.json.detail)
      expect((await registry.anonymous.send(method, `${organization}/payments${path}`, body)).status).toBe(401)
    }
  })

  test('a viewer reads it, and neither its members nor anything of them', async () => {
    expect(await as(viewer).get(`${organization}/payments`)).toMatchObject({ status: 200, json: { name: 'payments' } })
    expect((await as(viewer).get(`${organization}/payments/members`)).status).toBe(403)
    expect((await as(viewer).send('PUT', `${organization}/payments`, { displayName: 'x' })).status).toBe(403)
  })

  test('its administrator says what it is called, and the name stays', async () => {
    const changed = await as(owner).send('PUT', `${organization}/payments`, { displayName: 'Payments and more' })

    expect(changed).toMatchObject({ status: 200, json: { name: 'payments', displayName: 'Payments and more' } })
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({ kind: 'organization.changed', subject: 'payments', caller_name: expect.any(String) }),
    )
  })
})

describe('removing an organization', () => {
  test('ends its roles and its keys at once, here and in other processes', async () => {
    await registry.given.organization('leaving')
    const other = await registry.another()
    const key = await registry.given.key(['modules:read'], { organization: 'leaving' })
    const member = await registry.given.user({
      email: 'leaving@acme.example',
      roles: [{ organization: 'leaving', role: 'viewer' }],
    })
    for (const process of [registry, other]) expectStatus(await process.as(key).get('/api/v1/whoami'), 200)
    expect((await other.as(member.token).get('/api/v1/whoami')).json.grants).toHaveLength(1)

    const removed = await registry.admin.send('DELETE', `${organization}/leaving`)

    expect(removed).toMatchObject({ status: 200, json: { name: 'leaving', members: 1 } })
    expect((await registry.as(key).get('/api/v1/whoami')).status).toBe(401)
    await expect.poll(async () => (await other.as(key).get('/api/v1/whoami')).status).toBe(401)
    await expect.poll(async () => (await other.as(member.token).get('/api/v1/whoami')).json.grants).toEqual([])
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({ kind: 'organization.deleted', subject: 'leaving', details: { members: 1 } }),
    )
  })

  test('is refused while it owns namespaces, to whoever is not of the platform, and for the default one', async () => {
    await registry.given.organization('full')
    await registry.given.namespace('owned', 'private', 'full')

    expect(await registry.admin.send('DELETE', `${organization}/full`)).toMatchObject({
      status: 409,
      json: { code: 'organization-not-empty', detail: 'Organization full owns a namespace.' },
    })
    expect((await as(owner).send('DELETE', `${organization}/payments`)).status).toBe(403)
    expect(await registry.admin.send('DELETE', `${organization}/default`)).toMatchObject({
      status: 409,
      json: { code: 'default-organization' },
    })
  })

  test('leaves no namespace without an owner, whatever comes at the same time', async () => {
    for (const turn of [1, 2, 3, 4, 5]) {
      await registry.given.organization(`racing${turn}`)

      const [removed, claimed] = await Promise.all([
        registry.admin.send('DELETE', `${organization}/racing${turn}`),
        registry.admin.send('POST', '/api/v1/namespaces', { name: `raced${turn}`, organization: `racing${turn}` }),
      ])

      expect([
        [200, 404],
        [409, 201],
      ]).toContainEqual([removed.status, claimed.status])
    }
  })
})

describe('handing a namespace over', () => {
  const transfer = (client: Client, namespace: string, to: string) =>
    client.send('POST', `/api/v1/namespaces/${namespace}/transfer`, { organization: to })

  test('takes rights from the one organization and gives them to the other, at once and everywhere', async () => {
    await registry.given.namespace('moving', 'private', 'payments')
    await registry.admin.publishModule('moving/vpc/aws', '1.0.0')
    const other = await registry.another()
    const both = await registry.given.user({
      email: 'both@acme.example',
      roles: [
        { organization: 'payments', role: 'admin' },
        { organization: 'shipping', role: 'admin' },
      ],
    })
    const versions = '/v1/modules/moving/vpc/aws/versions'
    expectStatus(await other.as(viewer.token).get(versions), 200)

    const moved = await transfer(as(both), 'MOVING', 'shipping')

    expect(moved).toMatchObject({ status: 200, json: { name: 'moving', organization: 'shipping' } })
    expect((await as(viewer).get(versions)).status).toBe(404)
    await expect.poll(async () => (await other.as(viewer.token).get(versions)).status).toBe(404)
    await expect.poll(async () => (await other.as(stranger.token).get(versions)).status).toBe(200)
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({
        kind: 'namespace.transferred',
        subject: 'moving',
        details: { from: 'payments', to: 'shipping' },
      }),
    )
  })

  test('needs organizations:write at both ends', async () => {
    await registry.given.namespace('staying', 'internal', 'payments')

    expect(await transfer(as(owner), 'staying', 'shipping')).toMatchObject({
      status: 404,
      json: { code: 'organization-not-found' },
    })
    expect(await transfer(as(stranger), 'staying', 'shipping')).toMatchObject({
      status: 403,
      json: { code: 'scope-needed' },
    })
    expect((await transfer(as(viewer), 'staying', 'payments')).status).toBe(403)
    expect((await transfer(registry.anonymous, 'staying', 'payments')).status).toBe(401)
    expect((await registry.admin.get('/api/v1/namespaces/staying')).json.organization).toBe('payments')
  })

  test('is nothing for a key that is limited to namespaces', async () => {
    await registry.given.namespace('narrow', 'private', 'payments')
    const limited = await registry.given.key(['admin'], { organization: null, namespaces: ['narrow'] })

    expect((await transfer(registry.as(limited), 'narrow', 'shipping')).status).toBe(403)
    expect((await transfer(registry.as(limited), 'narrow', 'payments')).status).toBe(403)
  })

  test('of one that is not there, or to one that is not, is not found', async () => {
    await registry.given.namespace('somewhere', 'private', 'payments')

    expect((await transfer(registry.admin, 'nowhere', 'shipping')).status).toBe(404)
    expect(await transfer(registry.admin, 'somewhere', 'nobody')).toMatchObject({
      status: 404,
      json: { code: 'organization-not-found' },
    })
  })

  test('to who owns it changes nothing and records nothing', async () => {
    await registry.given.namespace('same', 'private', 'payments')

    expect((await transfer(registry.admin, 'same', 'payments')).status).toBe(200)
    expect((await registry.facts()).filter(({ subject }) => subject === 'same').map(({ kind }) => kind)).toEqual([
      'namespace.created',
    ])
  })
})

test('a registry for one organization makes no other', async () => {
  const single = await startRegistry()
  try {
    expect(await single.admin.send('POST', organization, { name: 'second' })).toMatchObject({
      status: 409,
      json: { code: 'single-tenant' },
    })
    expect(namesIn(await single.admin.get(organization))).toEqual(['default'])
  } finally {
    await single.stop()
  }
})
