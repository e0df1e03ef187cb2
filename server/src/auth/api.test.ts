/** API keys: made, shown, used, narrowed, revoked and expired, as their holders see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { authorizePath, exchange } from '../../test/terraform-login.ts'
import { isTokenShaped, newToken } from './token.ts'

let registry: TestRegistry
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  for (const visibility of ['public', 'internal', 'private'] as const) {
    await registry.given.namespace(visibility, visibility)
    await registry.admin.publishModule(`${visibility}/vpc/aws`, '1.0.0')
  }
})
afterAll(() => registry.stop())

describe('a bad token is refused everywhere, also on public things', () => {
  const routes = [
    '/v1/modules/public/vpc/aws/versions',
    '/v1/modules/public/vpc/aws/1.0.0/download',
    '/api/v1/modules',
    '/api/v1/modules/public/vpc/aws',
    '/api/v1/modules/public/vpc/aws/versions',
    '/api/v1/modules/public/vpc/aws/1.0.0',
    '/api/v1/namespaces',
    '/api/v1/namespaces/public',
    '/api/v1/api-keys',
    '/api/v1/whoami',
    '/api/v1/openapi.json',
  ]
  const wellShaped = `tfr_${'0'.repeat(43)}0hsNUt`
  const bad: [string, string][] = [
    ['of another shape', 'Bearer nonsense'],
    ['unknown', `Bearer ${wellShaped}`],
    ['empty', 'Bearer '],
    ['of another scheme', 'Basic dXNlcjpwYXNz'],
  ]

  test.each(routes.flatMap((route) => bad.map(([name, authorization]) => [route, name, authorization] as const)))(
    '%s, %s',
    async (route, _name, authorization) => {
      const answer = await registry.anonymous.get(route, { authorization })

      expect(answer.status).toBe(401)
      expect(answer.json).toMatchObject({ code: 'token-invalid' })
      expect(answer.headers.get('www-authenticate')).toContain('Bearer')
    },
  )

  test.each(['/.well-known/terraform.json', '/health', '/version'])('%s does not look at tokens', async (route) => {
    const answer = await registry.anonymous.get(route, { authorization: 'Bearer nonsense' })

    expect(answer.status).toBe(200)
  })

  test('the scheme is read without case', async () => {
    const token = await registry.given.key(['modules:read'])

    const answer = await registry.anonymous.get('/api/v1/whoami', { authorization: `bEaReR ${token}` })

    expect(answer.status).toBe(200)
  })
})

describe('who may read what', () => {
  type Row = [who: string, expected: Record<'public' | 'internal' | 'private' | 'nobodys', number>]
  const rows: Row[] = [
    ['anonymous', { public: 200, internal: 401, private: 401, nobodys: 401 }],
    ['a member who reads', { public: 200, internal: 200, private: 200, nobodys: 404 }],
    ['a stranger with a key', { public: 200, internal: 200, private: 404, nobodys: 404 }],
    ['a key for another namespace', { public: 200, internal: 404, private: 404, nobodys: 404 }],
    ['a key that reads no modules', { public: 200, internal: 404, private: 404, nobodys: 404 }],
    ['the administrator', { public: 200, internal: 200, private: 200, nobodys: 404 }],
  ]
  const clients = new Map<string, () => Promise<ReturnType<TestRegistry['as']>>>([
    ['anonymous', async () => registry.anonymous],
    ['a member who reads', async () => registry.as(await registry.given.key(['modules:read']))],
    ['a stranger with a key', async () => registry.as(await strangersKey())],
    [
      'a key for another namespace',
      async () => registry.as(await registry.given.key(['modules:read'], { namespaces: ['public'] })),
    ],
    ['a key that reads no modules', async () => registry.as(await registry.given.key(['audit:read']))],
    ['the administrator', async () => registry.admin],
  ])

  test.each(rows)('%s', async (who, expected) => {
    const client = await clients.get(who)!()
    const addresses = Object.keys(expected)

    const protocol = await Promise.all(addresses.map((ns) => client.get(`/v1/modules/${ns}/vpc/aws/versions`)))
    const download = await Promise.all(addresses.map((ns) => client.get(`/v1/modules/${ns}/vpc/aws/1.0.0/download`)))
    const api = await Promise.all(addresses.map((ns) => client.get(`/api/v1/modules/${ns}/vpc/aws/1.0.0`)))
    const list = await client.get('/api/v1/modules')

    const statuses = (answers: { status: number }[]) =>
      Object.fromEntries(answers.map(({ status }, index) => [addresses[index], status]))
    expect(statuses(protocol)).toEqual(expected)
    expect(statuses(api)).toEqual(expected)
    expect(statuses(download)).toEqual(
      Object.fromEntries(Object.entries(expected).map(([ns, status]) => [ns, status === 200 ? 204 : status])),
    )
    expect(list.json.items.map(({ namespace }: { namespace: string }) => namespace).sort()).toEqual(
      addresses.filter((ns) => expected[ns as 'public'] === 200).sort(),
    )
  })

  test('the answer to a stranger is the same to the letter, whether a thing is there or not', async () => {
    const there = await registry.anonymous.get('/v1/modules/private/vpc/aws/versions')
    const notThere = await registry.anonymous.get('/v1/modules/nobodys/vpc/aws/versions')
    const stranger = registry.as(await strangersKey())
    const [hidden, absent] = [
      await stranger.get('/v1/modules/private/vpc/aws/versions'),
      await stranger.get('/v1/modules/nobodys/vpc/aws/versions'),
    ]

    expect(there.text).toBe(notThere.text)
    expect(hidden.text).toBe(absent.text)
  })

  test('changing who may read a namespace counts at once, in memory too', async () => {
    await registry.given.namespace('changing', 'public')
    await registry.admin.publishModule('changing/vpc/aws', '1.0.0')
    const path = '/v1/modules/changing/vpc/aws/versions'

    const before = await registry.anonymous.get(path)
    await registry.admin.send('PATCH', '/api/v1/namespaces/changing', { visibility: 'private' })
    const after = await registry.anonymous.get(path)

    expect([before.status, after.status]).toEqual([200, 401])
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({ kind: 'namespace.changed', details: { from: 'public', to: 'private' } }),
    )
  })
})

describe('making keys', () => {
  test('the key is said once, and only its hash is kept', async () => {
    const made = await registry.admin.send('POST', '/api/v1/api-keys', { name: 'ci', scopes: ['modules:write'] })
    const { token, apiKey } = made.json
    const listed = await registry.admin.get('/api/v1/api-keys')
    const [row] = await registry.sql('select key_hash, key_prefix from api_keys where id = $1', [apiKey.id])
    const everything =
      JSON.stringify(await registry.sql('select * from api_keys')) + JSON.stringify(await registry.facts())

    expect(made.status).toBe(201)
    expect(isTokenShaped(token)).toBe(true)
    expect(token).toMatch(/^tfr_[0-9A-Za-z]{49}$/)
    expect(listed.text).not.toContain(token)
    expect(listed.json.items[0]).toMatchObject({
      id: apiKey.id,
      name: 'ci',
      prefix: token.slice(0, 8),
      scopes: ['modules:write'],
    })
    expect(row.key_hash).toHaveLength(32)
    expect(everything).not.toContain(token)
  })

  test.each([
    ['a scope that there is not', { name: 'x', scopes: ['modules:delete'] }, 400],
    ['no scope', { name: 'x', scopes: [] }, 400],
    ['no name', { name: ' ', scopes: ['modules:read'] }, 400],
    ['an organization that there is not', { name: 'x', scopes: ['modules:read'], organization: 'nobody' }, 404],
    ['an expiry that is past', { name: 'x', scopes: ['modules:read'], expiresAt: '2020-01-01T00:00:00Z' }, 422],
  ])('%s is refused', async (_name, body, status) => {
    const answer = await registry.admin.send('POST', '/api/v1/api-keys', body)

    expect(answer.status).toBe(status)
  })

  test('nobody makes a key that holds more than their own, or without the scope for it', async () => {
    const manager = registry.as(await registry.given.key(['api_keys:manage', 'modules:read']))
    const reader = registry.as(await registry.given.key(['modules:read']))
    const narrowed = registry.as(
      await registry.given.key(['api_keys:manage', 'modules:read'], { namespaces: ['public'] }),
    )

    const equal = await manager.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })
    const more = await manager.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:write'] })
    const platform = await manager.send('POST', '/api/v1/api-keys', {
      name: 'x',
      scopes: ['modules:read'],
      organization: null,
    })
    const without = await reader.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })
    const wider = await narrowed.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })
    const anonymous = await registry.anonymous.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'] })

    expect([equal, more, platform, without, wider, anonymous].map(({ status }) => status)).toEqual([
      201, 403, 403, 403, 403, 401,
    ])
  })

  test('scopes decide what a key may do, and namespaces where', async () => {
    const publisher = registry.as(await registry.given.key(['modules:write'], { namespaces: ['internal'] }))
    const reader = registry.as(await registry.given.key(['modules:read']))

    const allowed = await publisher.publishModule('internal/net/aws', '1.0.0')
    const elsewhere = await publisher.publishModule('public/net/aws', '1.0.0')
    const hidden = await publisher.publishModule('private/net/aws', '1.0.0')
    const reading = await reader.publishModule('internal/net/aws', '1.1.0')
    const deleting = await publisher.send('DELETE', '/api/v1/modules/internal/net/aws/1.0.0')

    expect([allowed, elsewhere, hidden, reading, deleting].map(({ status }) => status)).toEqual([
      201, 403, 404, 403, 403,
    ])
  })
})

describe('the end of a key', () => {
  test('a revoked key is refused at once, though it is in memory and on an open connection', async () => {
    const made = await registry.admin.send('POST', '/api/v1/api-keys', { name: 'short', scopes: ['modules:read'] })
    const client = registry.as(made.json.token)
    const before = await client.get('/v1/modules/private/vpc/aws/versions')

    const revoked = await registry.admin.send('DELETE', `/api/v1/api-keys/${made.json.apiKey.id}`)
    const after = await client.get('/v1/modules/private/vpc/aws/versions')
    const again = await registry.admin.send('DELETE', `/api/v1/api-keys/${made.json.apiKey.id}`)

    expect([before.status, revoked.status, after.status, again.status]).toEqual([200, 200, 401, 200])
    expect(revoked.json.revokedAt).not.toBeNull()
    expect(
      (await registry.facts()).filter(({ kind, subject }) => kind === 'api_key.revoked' && subject.startsWith('short')),
    ).toHaveLength(1)
  })

  test('an expired key is refused from that moment on', async () => {
    const expiresAt = new Date(now + 60_000).toISOString()
    const client = registry.as(await registry.given.key(['modules:read'], { expiresAt }))

    const before = await client.get('/v1/modules/private/vpc/aws/versions')
    now += 61_000
    const after = await client.get('/v1/modules/private/vpc/aws/versions')

    expect([before.status, after.status]).toEqual([200, 401])
  })

  test('a refusal says whether the key is unknown, revoked, expired, or of somebody who is shut out', async () => {
    const { id, token: ofShutOut } = await registry.given.user({ email: 'shut-out@acme.example' })
    await registry.admin.send('PATCH', `/api/v1/users/${id}`, { disabled: true })
    const expiresAt = new Date(now + 60_000).toISOString()
    const [expired, expiredInMemory, revoked] = await Promise.all([
      registry.given.key(['modules:read'], { expiresAt }),
      registry.given.key(['modules:read'], { expiresAt }),
      registry.given.key(['modules:read']),
    ])
    const whoAmI = async (token: string) => (await registry.as(token).get('/api/v1/whoami')).json
    const { id: revokedId } = await whoAmI(revoked)
    await registry.admin.send('DELETE', `/api/v1/api-keys/${revokedId}`)
    await whoAmI(expiredInMemory)
    now += 61_000
    const tokens = [newToken('tfr_'), 'nonsense', revoked, expired, expiredInMemory, ofShutOut]

    const answers = await Promise.all(tokens.map(whoAmI))
    const again = await Promise.all(tokens.map(whoAmI))

    expect(new Set([...answers, ...again].map(({ code }) => code))).toEqual(new Set(['token-invalid']))
    expect(answers.map(({ detail }) => detail)).toEqual(again.map(({ detail }) => detail))
    expect(answers.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('is unknown here'),
      expect.stringContaining('is unknown here'),
      'The API key was revoked.',
      'The API key has expired.',
      'The API key has expired.',
      'The API key is that of somebody who may not come in any more.',
    ])
  })

  test('whoever asks who they are hears whose the key is, when it ends, and where it may what', async () => {
    const { email } = await registry.given.user({ email: 'owner@acme.example' })
    const expiresAt = new Date(now + 3_600_000).toISOString()
    const owned = await registry.given.key(['modules:read'], { expiresAt, owner: email })
    const whoAmI = async (token: string) => (await registry.as(token).get('/api/v1/whoami')).json

    expect(await whoAmI(owned)).toMatchObject({ kind: 'api-key', keyKind: 'api', owner: email, expiresAt })
    expect((await whoAmI(await registry.given.key(['modules:read']))).grants).toEqual([
      { organization: 'default', scopes: ['modules:read'] },
    ])
    expect(await whoAmI(registry.adminToken)).toMatchObject({
      kind: 'api-key',
      owner: null,
      expiresAt: null,
      grants: [{ organization: 'platform' }],
    })
    expect((await registry.anonymous.get('/api/v1/whoami')).json).toMatchObject({
      kind: 'anonymous',
      keyKind: null,
      owner: null,
      expiresAt: null,
    })
  })

  test('the list pages through all keys, newest first, and each once', async () => {
    for (let index = 0; index < 5; index += 1) await registry.given.key(['audit:read'])
    const ids: string[] = []

    for (let cursor: string | null = ''; cursor !== null; ) {
      const { json } = await registry.admin.get(`/api/v1/api-keys?limit=2${cursor && `&cursor=${cursor}`}`)
      ids.push(...json.items.map(({ id }: { id: string }) => id))
      cursor = json.next
    }

    const rows = await registry.sql('select id from api_keys order by created_at desc, id desc')
    expect(ids).toEqual(rows.map(({ id }) => id))
  })

  test('when a key was last used is written together, later', async () => {
    const made = await registry.admin.send('POST', '/api/v1/api-keys', { name: 'used', scopes: ['modules:read'] })
    await registry.as(made.json.token).get('/api/v1/whoami')

    await expect
      .poll(
        async () =>
          (await registry.admin.get('/api/v1/api-keys')).json.items.find(
            ({ name }: { name: string }) => name === 'used',
          ).lastUsedAt,
      )
      .not.toBeNull()
  })
})

describe('settings of keys', () => {
  test('auth.api_keys.enabled false refuses every key, gives none, and leaves public things readable', async () => {
    const closed = await startRegistry({ env: { TFR_AUTH_API_KEYS_ENABLED: 'false' } })

    const answers = [await closed.admin.get('/api/v1/whoami'), await closed.anonymous.get('/api/v1/modules')]
    const discovery = await closed.anonymous.get('/.well-known/terraform.json')
    const [page, exchanged] = [await closed.anonymous.get(authorizePath()), await exchange(closed.anonymous, 'x')]
    await closed.stop()

    expect(answers.map(({ status }) => status)).toEqual([401, 200])
    expect(discovery.json).not.toHaveProperty(['login.v1'])
    expect([page.status, exchanged.status, exchanged.json.error]).toEqual([403, 400, 'unauthorized_client'])
  })

  test('auth.api_keys.prefix is what new keys begin with; old ones stay good', async () => {
    const renamed = await startRegistry({ env: { TFR_AUTH_API_KEYS_PREFIX: 'acme_' } })

    const token = await renamed.given.key(['modules:read'])
    const answer = await renamed.as(token).get('/api/v1/whoami')
    await renamed.stop()

    expect(token).toMatch(/^acme_[0-9A-Za-z]{49}$/)
    expect(answer.status).toBe(200)
  })

  test('auth.bootstrap_token is an admin key from the start', async () => {
    const bootstrap_token = 'chosen-by-the-operator-0123456789'
    const set = await startRegistry({ env: { TFR_AUTH_BOOTSTRAP_TOKEN: bootstrap_token } })

    const answer = await set.as(bootstrap_token).get('/api/v1/api-keys')
    await set.stop()

    expect(answer.status).toBe(200)
  })

  test('multi_tenancy.default_organization owns what is made without naming one', async () => {
    const named = await startRegistry({ env: { TFR_MULTI_TENANCY_DEFAULT_ORGANIZATION: 'platform-team' } })

    const made = await named.admin.send('POST', '/api/v1/namespaces', { name: 'acme' })
    await named.stop()

    expect(made.json.organization).toBe('platform-team')
  })
})

/** A key of an organization that owns nothing here. */
async function strangersKey(): Promise<string> {
  await registry.sql("insert into organizations (name) values ('strangers') on conflict do nothing")
  return registry.given.key(['modules:read'], { organization: 'strangers' })
}
