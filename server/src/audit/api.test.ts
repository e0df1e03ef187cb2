/** Looking through the audit trail: who sees which facts, what can be asked for, and what a file of it looks like. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
let acme: Client
let other: Client
beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.sql("insert into organizations (name) values ('acme'), ('other')")
  for (const organization of ['acme', 'other']) {
    const body = { name: organization, organization, visibility: 'private' }
    expectStatus(await registry.admin.send('POST', '/api/v1/namespaces', body), 201)
    expectStatus(await registry.admin.publishModule(`${organization}/vpc/aws`, '1.0.0'), 201)
  }
  acme = registry.as(await registry.given.key(['audit:read'], { organization: 'acme' }))
  other = registry.as(await registry.given.key(['audit:read'], { organization: 'other' }))
})
afterAll(() => registry.stop())

const path = '/api/v1/audit-logs'
type Shown = { id: string; kind: string; subject: string; organization: string | null }
const factsFor = async (client: Client, query: Record<string, string> = {}): Promise<Shown[]> =>
  expectStatus(await client.get(`${path}?${new URLSearchParams({ limit: '100', ...query })}`), 200).json.items

describe('who sees what', () => {
  test('an auditor of the platform sees everything, newest first', async () => {
    const platform = registry.as(await registry.given.key(['audit:read'], { organization: null }))

    const facts = await factsFor(platform)
    const ids = facts.map(({ id }) => Number(id))

    expect(facts.length).toBe((await registry.facts()).length)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
  })

  test('an auditor of an organization sees the facts of it and of its namespaces, and no other', async () => {
    const facts = await factsFor(acme)

    expect(facts.map(({ kind, subject }) => `${kind} ${subject.replace(/ \(.*/, '')}`)).toEqual([
      'api_key.created test audit:read',
      'module.published acme/vpc/aws 1.0.0',
      'namespace.created acme',
    ])
    expect(new Set(facts.map(({ organization }) => organization))).toEqual(new Set(['acme']))
  })

  test.each<Record<string, string>>([
    { organization: 'other' },
    { namespace: 'other' },
    { subject: 'other/' },
    { caller: 'test admin' },
  ])('no filter shows an organization what another one did: %j', async (filter) => {
    for (const query of [filter, { ...filter, cursor: cursorOf(['9'.repeat(16), '9'.repeat(16)]) }]) {
      const facts = await factsFor(acme, query)

      expect(facts.filter(({ organization }) => organization !== 'acme')).toEqual([])
    }
  })

  test('who is not signed in, or may not look, is told so; a key limited to namespaces holds nothing here', async () => {
    const publisher = registry.as(await registry.given.key(['modules:write']))
    const narrow = registry.as(await registry.given.key(['admin'], { organization: 'acme', namespaces: ['acme'] }))

    for (const route of [path, `${path}/export`]) {
      expect(await registry.anonymous.get(route)).toMatchObject({ status: 401, json: { code: 'sign-in-needed' } })
      expect(await publisher.get(route)).toMatchObject({ status: 403, json: { code: 'scope-needed' } })
      expect(await narrow.get(route)).toMatchObject({ status: 403, json: { code: 'scope-needed' } })
    }
  })

  test('a namespace that was handed on leaves its past behind, and both organizations see it go', async () => {
    await registry.admin.send('POST', '/api/v1/namespaces', {
      name: 'moving',
      organization: 'acme',
      visibility: 'private',
    })
    expectStatus(
      await registry.admin.send('POST', '/api/v1/namespaces/moving/transfer', { organization: 'other' }),
      200,
    )
    expectStatus(await registry.admin.publishModule('moving/vpc/aws', '1.0.0'), 201)

    const kinds = async (client: Client) => (await factsFor(client, { namespace: 'moving' })).map(({ kind }) => kind)

    expect(await kinds(acme)).toEqual(['namespace.transferred', 'namespace.created'])
    expect(await kinds(other)).toEqual(['module.published', 'namespace.transferred'])
  })

  test('who makes an organization under the name of an old one does not inherit its facts', async () => {
    await registry.sql("insert into organizations (name) values ('again')")
    await registry.given.key(['modules:read'], { organization: 'again' })
    await registry.sql("update api_keys set organization_id = null where name = 'test modules:read'")
    await registry.sql("delete from organizations where name = 'again'")
    await registry.sql("insert into organizations (name) values ('again')")

    const facts = await factsFor(registry.as(await registry.given.key(['audit:read'], { organization: 'again' })))

    expect(facts.map(({ subject }) => subject.replace(/ \(.*/, ''))).toEqual(['test audit:read'])
  })

  test('a key that belonged to somebody is shown with their address, and they are found by it after they are gone', async () => {
    const [user] = await registry.sql("insert into users (email) values ('owner@acme.example') returning id")
    await registry.sql("insert into platform_members (user_id, role) values ($1, 'admin')", [user.id])
    const token = await registry.given.key(['organizations:write'])
    await registry.sql("update api_keys set user_id = $1 where name = 'test organizations:write'", [user.id])
    expectStatus(
      await registry.as(token).send('POST', '/api/v1/namespaces', { name: 'owned', visibility: 'public' }),
      201,
    )
    await registry.sql('delete from users where id = $1', [user.id])

    const facts = await factsFor(registry.admin, { caller: 'owner@acme.example' })

    expect(facts).toEqual([
      expect.objectContaining({
        kind: 'namespace.created',
        caller: expect.objectContaining({
          kind: 'api-key',
          name: 'test organizations:write',
          owner: 'owner@acme.example',
        }),
      }),
    ])
  })
})

describe('what can be asked for', () => {
  test('each filter narrows to what it names, and all of them go together', async () => {
    const admin = registry.admin
    const [published] = await factsFor(admin, { subject: 'acme/vpc/aws 1.0.0', outcome: 'done' })
    const { occurredAt, requestId, caller } = published as unknown as {
      occurredAt: string
      requestId: string
      caller: { id: string; name: string }
    }
    const later = new Date(Date.parse(occurredAt) + 1).toISOString()
    const filters: Record<string, string>[] = [
      { kind: 'module.published' },
      { kind: 'module.' },
      { caller: caller.id },
      { caller: caller.name },
      { organization: 'acme' },
      { namespace: 'ACME' },
      { subject: 'acme/vpc/' },
      { outcome: 'done' },
      { since: occurredAt },
      { until: later },
      { requestId },
    ]

    for (const filter of [...filters, Object.assign({}, ...filters)])
      expect(await factsFor(admin, filter)).toContainEqual(published)
    for (const without of [
      { kind: 'module.publish' },
      { kind: 'namespace.' },
      { caller: 'nobody' },
      { organization: 'other' },
      { subject: 'acme_vpc' },
      { subject: '%' },
      { outcome: 'refused' },
      { since: later },
      { until: occurredAt },
      { requestId: 'x' },
    ] as unknown as Record<string, string>[])
      expect(await factsFor(admin, without)).not.toContainEqual(published)
  })

  test('pages follow each other without a gap, and facts that come meanwhile are not among them', async () => {
    for (let n = 0; n < 7; n += 1) await registry.given.namespace(`page${n}`)
    const all = await factsFor(registry.admin)

    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: string = new URLSearchParams({ limit: '3', ...(cursor && { cursor }) }).toString()
      const { items, next } = (await registry.admin.get(`${path}?${query}`)).json
      if (!cursor) await registry.given.namespace('meanwhile')
      seen.push(...items.map(({ id }: Shown) => id))
      cursor = next
    } while (cursor)

    expect(seen).toEqual(all.map(({ id }) => id))
  })

  test.each([
    ['kind=%00', 'request-malformed'],
    ['outcome=perhaps', 'request-malformed'],
    ['since=yesterday', 'request-malformed'],
    ['caller=a%0ab', 'request-malformed'],
    ['limit=101', 'request-malformed'],
    [`cursor=${cursorOf(['x', '1'])}`, 'cursor-invalid'],
    [`cursor=${cursorOf(["1'; drop table audit_logs; --", '1'])}`, 'cursor-invalid'],
  ])('%s is refused', async (query, code) => {
    expect(await registry.admin.get(`${path}?${query}`)).toMatchObject({ status: 400, json: { code } })
  })

  test('the address is that of whoever asked; X-Forwarded-For counts from trusted proxies alone', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9' }
    await registry.admin.send('POST', '/api/v1/namespaces', { name: 'near', visibility: 'public' }, forwarded)
    const behind = await registry.another({ TFR_SERVER_TRUSTED_PROXIES: '127.0.0.1/32' })
    const body = { name: 'far', visibility: 'public' }
    expectStatus(await behind.as(registry.adminToken).send('POST', '/api/v1/namespaces', body, forwarded), 201)

    const addressOf = async (namespace: string) => (await factsFor(registry.admin, { namespace }))[0]

    expect(await addressOf('near')).toMatchObject({ address: '127.0.0.1' })
    expect(await addressOf('far')).toMatchObject({ address: '203.0.113.9' })
  })
})

function cursorOf(keys: string[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}
