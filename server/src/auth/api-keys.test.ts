/** Whose keys are whose, how long they may live, and how one takes another's place. */
import { request } from 'node:http'
import type { Role } from '@cadastre/contract/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moduleFiles, tarGz } from '../../test/archives.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const day = 86_400_000
let registry: TestRegistry
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now, env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.organization('acme')
  await registry.given.organization('other')
  await registry.given.namespace('closed', 'private', 'acme')
  await registry.admin.publishModule('closed/vpc/aws', '1.0.0')
})
afterAll(() => registry.stop())

const versions = '/v1/modules/closed/vpc/aws/versions'
let people = 0

function pass(ms: number) {
  now += ms
}

/** Somebody with a role in acme, and a key for a program that may all that they may. */
async function person(role: Role) {
  people += 1
  return registry.given.user({ email: `person${people}@acme.example`, roles: [{ organization: 'acme', role }] })
}

/** The same, by their own hand: as somebody who signed in on their machine. */
async function inPerson(role: Role) {
  const user = await person(role)
  await registry.sql("update api_keys set kind = 'cli' where user_id = $1", [user.id])
  return { ...user, client: registry.as(user.token) }
}

const setRoles = (userId: string, roles: Role[]) =>
  registry.admin.send('PUT', `/api/v1/organizations/acme/members/${userId}`, { roles })
const newKey = (more: object = {}) => ({ name: 'a key', scopes: ['modules:read'], organization: 'acme', ...more })

describe('a key and its owner', () => {
  test('a key that somebody makes is theirs, and so is one that their key makes', async () => {
    const viewer = await inPerson('viewer')
    const manager = await person('user_manager')

    const own = await viewer.client.send('POST', '/api/v1/api-keys', newKey())
    const byKey = await registry.as(manager.token).send('POST', '/api/v1/api-keys', newKey())

    expect([own.status, own.json.apiKey.owner, own.json.apiKey.kind]).toEqual([201, viewer.email, 'api'])
    expect([byKey.status, byKey.json.apiKey.owner]).toEqual([201, manager.email])
  })

  test('a key that is nobody’s makes keys that are nobody’s, and only a platform administrator gives them to somebody', async () => {
    const viewer = await inPerson('viewer')
    const nobodys = registry.as(await registry.given.key(['api_keys:manage', 'modules:read'], { organization: 'acme' }))

    const made = await nobodys.send('POST', '/api/v1/api-keys', newKey())
    const given = await nobodys.send('POST', '/api/v1/api-keys', newKey({ owner: viewer.email }))
    const byAdmin = await registry.admin.send('POST', '/api/v1/api-keys', newKey({ owner: viewer.email.toUpperCase() }))
    const toNobody = await registry.admin.send('POST', '/api/v1/api-keys', newKey({ owner: 'nobody@acme.example' }))

    expect([made.status, made.json.apiKey.owner]).toEqual([201, null])
    expect(given.status).toBe(403)
    expect([byAdmin.status, byAdmin.json.apiKey.owner]).toEqual([201, viewer.email])
    expect([toNobody.status, toNobody.json.code]).toEqual([422, 'owner-unknown'])
  })

  test('nobody makes a key in an organization where they hold nothing, and does not learn whether there is one', async () => {
    const viewer = await inPerson('viewer')

    const elsewhere = await viewer.client.send('POST', '/api/v1/api-keys', newKey({ organization: 'other' }))
    const nowhere = await viewer.client.send('POST', '/api/v1/api-keys', newKey({ organization: 'nowhere' }))
    const more = await viewer.client.send('POST', '/api/v1/api-keys', newKey({ scopes: ['modules:write'] }))

    expect([elsewhere, nowhere, more].map(({ status, json }) => [status, json.code])).toEqual(
      Array(3).fill([403, 'scopes-exceeded']),
    )
  })

  test('a key does less the moment its owner may less, and nothing when they may nothing', async () => {
    const publisher = await person('publisher')
    const client = registry.as(publisher.token)

    const before = [await client.get(versions), await client.publishModule('closed/net/aws', '1.0.0')]
    await setRoles(publisher.id, ['viewer'])
    const asViewer = [await client.get(versions), await client.publishModule('closed/net/aws', '1.1.0')]
    await setRoles(publisher.id, [])
    const without = await client.get(versions)
    await setRoles(publisher.id, ['viewer'])
    const again = await client.get(versions)

    expect([...before, ...asViewer, without, again].map(({ status }) => status)).toEqual([200, 201, 200, 403, 404, 200])
  })

  test('keys of somebody who is shut out are refused, and good again at once when they may come in', async () => {
    const viewer = await person('viewer')
    const client = registry.as(viewer.token)

    const before = await client.get(versions)
    await registry.admin.send('PATCH', `/api/v1/users/${viewer.id}`, { disabled: true })
    const shutOut = await client.get(versions)
    const forThem = await registry.admin.send('POST', '/api/v1/api-keys', newKey({ owner: viewer.email }))
    await registry.admin.send('PATCH', `/api/v1/users/${viewer.id}`, { disabled: false })
    const again = await client.get(versions)

    expect([before, shutOut, again].map(({ status }) => status)).toEqual([200, 401, 200])
    expect([forThem.status, forThem.json.code]).toEqual([422, 'owner-disabled'])
  })

  test('keys end with their owner, also one that is made while the owner is being removed', async () => {
    const leaving = await inPerson('admin')
    const made: string[] = []
    await leaving.client.get('/api/v1/whoami')

    const [removed] = await Promise.all([
      registry.admin.send('DELETE', `/api/v1/users/${leaving.id}`),
      ...Array.from({ length: 8 }, async () => {
        const { json } = await leaving.client.send('POST', '/api/v1/api-keys', newKey())
        if (json.token) made.push(json.token)
      }),
    ])

    expect(removed.status).toBe(200)
    expect((await leaving.client.get(versions)).status).toBe(401)
    for (const token of made) expect((await registry.as(token).get(versions)).status).toBe(401)
  })

  test('an upload whose owner lost the right meanwhile publishes nothing', async () => {
    const publisher = await person('publisher')
    const archive = tarGz(moduleFiles())
    const { upload, answered } = put('/api/v1/modules/closed/late/aws/1.0.0', publisher.token, archive)

    const status = await registry.whileHeld(
      'lock table stored_objects in access exclusive mode',
      () => {
        upload.end(archive)
        return answered
      },
      { meanwhile: () => setRoles(publisher.id, ['viewer']) },
    )

    expect(status).toBe(403)
    expect(
      await registry.sql(
        "select from audit_logs where kind = 'module.published' and outcome = 'done' and subject like 'closed/late%'",
      ),
    ).toEqual([])
  })

  test('another process hears soon that an owner may less', async () => {
    const other = await registry.another()
    const viewer = await person('viewer')
    const client = other.as(viewer.token)
    const delays: number[] = []

    for (let turn = 0; turn < 30; turn += 1) {
      expect((await client.get(versions)).status).toBe(200)
      await setRoles(viewer.id, [])
      const from = performance.now()
      while ((await client.get(versions)).status === 200);
      delays.push(performance.now() - from)
      await setRoles(viewer.id, ['viewer'])
      await expect.poll(async () => (await client.get(versions)).status).toBe(200)
    }

    // Machines of tests are busy: here it is told from hearing by the heartbeat or never; the bench measures the rest.
    expect(delays.sort((a, b) => a - b)[15]).toBeLessThan(2_000)
    await other.stop()
  })
})

describe('seeing and revoking', () => {
  test('people see and revoke their own keys, and no others', async () => {
    const [viewer, stranger] = [await inPerson('viewer'), await inPerson('viewer')]
    const made = await viewer.client.send('POST', '/api/v1/api-keys', newKey({ name: 'of mine' }))
    const path = `/api/v1/api-keys/${made.json.apiKey.id}`

    const own = await viewer.client.get('/api/v1/api-keys')
    const theirs = await stranger.client.get('/api/v1/api-keys')
    const byStranger = await stranger.client.send('DELETE', path)
    const ofNothing = await stranger.client.send('DELETE', '/api/v1/api-keys/3f8b6f0e-5a0e-4a6e-9d1f-2f6a1c0b7d11')
    const byOwner = await viewer.client.send('DELETE', path)

    expect(new Set(own.json.items.map(({ owner }: { owner: string }) => owner))).toEqual(new Set([viewer.email]))
    expect(own.json.items).toHaveLength(2)
    expect(theirs.json.items).toHaveLength(1)
    expect([byStranger.status, byStranger.json.code]).toEqual([ofNothing.status, ofNothing.json.code])
    expect([byStranger.status, byOwner.status]).toEqual([404, 200])
    expect((await registry.as(made.json.token).get('/api/v1/whoami')).status).toBe(401)
  })

  test('the key of a program looks after no other keys of its owner', async () => {
    const viewer = await person('viewer')
    const client = registry.as(viewer.token)
    const [{ id }] = await registry.sql('select id from api_keys where user_id = $1', [viewer.id])

    const answers = [
      await client.get('/api/v1/api-keys'),
      await client.send('POST', '/api/v1/api-keys', newKey()),
      await client.send('DELETE', `/api/v1/api-keys/${id}`),
      await client.send('POST', `/api/v1/api-keys/${id}/rotate`, {}),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('whoever manages keys sees those of their organizations beside their own; administrators see all', async () => {
    const manager = await inPerson('user_manager')
    const elsewhere = await registry.given.key(['modules:read'], { organization: 'other' })
    const here = await registry.given.key(['modules:read'], { organization: 'acme' })
    const prefixes = async (client: typeof registry.admin, query = '') =>
      (await client.get(`/api/v1/api-keys?limit=100${query}`)).json.items.map(
        ({ prefix }: { prefix: string }) => prefix,
      )

    expect(await prefixes(manager.client)).toEqual(
      expect.arrayContaining([here.slice(0, 8), manager.token.slice(0, 8)]),
    )
    expect(await prefixes(manager.client)).not.toContain(elsewhere.slice(0, 8))
    expect(await prefixes(manager.client, '&mine=true')).toEqual([manager.token.slice(0, 8)])
    expect(await prefixes(registry.admin)).toEqual(expect.arrayContaining([here.slice(0, 8), elsewhere.slice(0, 8)]))
    expect(await prefixes(registry.admin, '&mine=true')).not.toContain(manager.token.slice(0, 8))
    expect((await registry.anonymous.get('/api/v1/api-keys')).status).toBe(401)
  })
})

describe('rotating', () => {
  async function keyToRotate(more: object = {}) {
    const { json } = await registry.admin.send('POST', '/api/v1/api-keys', newKey({ name: 'ci', ...more }))
    return { id: json.apiKey.id as string, client: registry.as(json.token), apiKey: json.apiKey }
  }
  const rotate = (id: string, body: object = {}, client = registry.admin) =>
    client.send('POST', `/api/v1/api-keys/${id}/rotate`, body)

  test('the new key has the rights of the old one, which stays good until the grace ends', async () => {
    const owner = await person('viewer')
    const expiresAt = new Date(now + 30 * day).toISOString()
    const old = await keyToRotate({ namespaces: ['closed'], owner: owner.email, expiresAt })

    const rotated = await rotate(old.id, { graceSeconds: 3600 })
    const fresh = registry.as(rotated.json.token)
    const during = [await old.client.get(versions), await fresh.get(versions)]
    now += 3601_000
    const after = [await old.client.get(versions), await fresh.get(versions)]

    expect(rotated.status).toBe(201)
    expect(rotated.json.apiKey).toMatchObject({
      name: 'ci',
      scopes: ['modules:read'],
      namespaces: ['closed'],
      organization: 'acme',
      owner: owner.email,
      replacedBy: null,
    })
    const life = Date.parse(rotated.json.apiKey.expiresAt) - (now - 3601_000)
    expect(Math.abs(life - 30 * day)).toBeLessThan(day)
    expect([...during, ...after].map(({ status }) => status)).toEqual([200, 200, 401, 200])
    const facts = (await registry.facts()).filter(({ kind }) => kind === 'api_key.rotated')
    expect(facts).toEqual([
      expect.objectContaining({
        subject: `ci (${old.id})`,
        details: expect.objectContaining({ replacedBy: rotated.json.apiKey.id, graceSeconds: 3600 }),
      }),
    ])
    expect(JSON.stringify(facts)).not.toContain(rotated.json.token)
  })

  test('without grace the old key ends at once, though it is in memory', async () => {
    const old = await keyToRotate()
    expect((await old.client.get(versions)).status).toBe(200)

    await rotate(old.id, { graceSeconds: 0 })

    expect((await old.client.get(versions)).status).toBe(401)
  })

  test('grace never makes a key live longer than it would have', async () => {
    const expiresAt = new Date(now + 60_000).toISOString()
    const old = await keyToRotate({ expiresAt })

    await rotate(old.id, { graceSeconds: 86_400 })
    now += 61_000

    expect((await old.client.get(versions)).status).toBe(401)
  })

  test('of several that rotate one key at once, one does', async () => {
    const old = await keyToRotate()

    const answers = await Promise.all(Array.from({ length: 4 }, () => rotate(old.id)))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(
      await registry.sql(
        'select from api_keys where replaced_by is null and name = $1 and revoked_at is null and created_at > (select created_at from api_keys where id = $2)',
        ['ci', old.id],
      ),
    ).toHaveLength(1)
  })

  test.each<[string, (id: string) => Promise<unknown>, RegExp]>([
    ['revoked', (id) => registry.admin.send('DELETE', `/api/v1/api-keys/${id}`), /is revoked/],
    ['replaced', (id) => rotate(id), /was replaced already/],
    ['expired', async () => pass(2 * day), /has expired/],
  ])('a key that is %s is not rotated', async (_what, end, says) => {
    const old = await keyToRotate({ expiresAt: new Date(now + day).toISOString() })
    await end(old.id)

    const answer = await rotate(old.id)

    expect([answer.status, answer.json.code]).toEqual([409, 'api-key-ended'])
    expect(answer.json.detail).toMatch(says)
  })

  test.each([{ graceSeconds: -1 }, { graceSeconds: 30 * 86_400 + 1 }, { graceSeconds: 0.5 }, { name: 'x' }])(
    '%j is malformed',
    async (body) => {
      expect((await rotate((await keyToRotate()).id, body)).status).toBe(400)
    },
  )

  test('nobody gets a token by it that may more than they, or that is in another’s name', async () => {
    const manager = await inPerson('user_manager')
    const publisher = await inPerson('publisher')
    const stronger = await keyToRotate({ scopes: ['modules:write'] })
    const nobodys = await keyToRotate()
    const somebodys = await keyToRotate({ owner: publisher.email })

    const answers = [
      await rotate(stronger.id, {}, manager.client),
      await rotate(nobodys.id, {}, manager.client),
      await rotate(somebodys.id, {}, manager.client),
      await rotate(nobodys.id, {}, publisher.client),
      await rotate(somebodys.id, {}, publisher.client),
    ]

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 404, 201])
  })
})

test('auth.api_keys.max_age: new and rotated keys live no longer, but for the first one', async () => {
  const limited = await startRegistry({
    env: { TFR_AUTH_API_KEYS_MAX_AGE: '90d', TFR_AUTH_BOOTSTRAP_TOKEN: 'chosen-by-the-operator-0123456789' },
  })
  const make = (expiresAt: string | null) =>
    limited.admin.send('POST', '/api/v1/api-keys', { name: 'x', scopes: ['modules:read'], expiresAt })
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()

  const [never, late, fits] = [await make(null), await make(inDays(91)), await make(inDays(90))]
  const rotate = (body: object) => limited.admin.send('POST', `/api/v1/api-keys/${fits.json.apiKey.id}/rotate`, body)
  const [rotatedNever, rotatedLate, rotated] = [
    await rotate({ expiresAt: null }),
    await rotate({ expiresAt: inDays(91) }),
    await rotate({}),
  ]
  const bootstrap = await limited.as('chosen-by-the-operator-0123456789').get('/api/v1/whoami')
  await limited.stop()

  for (const refused of [never, late, rotatedNever, rotatedLate]) {
    expect([refused.status, refused.json.code]).toEqual([422, 'expiry-too-late'])
    expect(refused.json.detail).toContain('90 days at most (auth.api_keys.max_age)')
  }
  expect([fits.status, rotated.status, bootstrap.status]).toEqual([201, 201, 200])
})

describe('what whoever is not known is told', () => {
  test.each([
    '/v1/modules/nobodys/vpc/aws/versions',
    '/v1/providers/nobodys/greeter/versions',
    '/api/v1/namespaces/nobodys',
    '/api/v1/api-keys',
  ])('%s', async (path) => {
    const without = await registry.anonymous.get(path)
    const wrong = await registry.anonymous.get(path, { authorization: 'Bearer nonsense' })

    if (without.status === 401) expect(without.headers.get('www-authenticate')).toBe('Bearer realm="cadastre"')
    expect(wrong.headers.get('www-authenticate')).toBe('Bearer realm="cadastre", error="invalid_token"')
    expect(wrong.text).toContain(`cadastre login ${registry.app.config.server.base_url}`)
  })

  test('the body that terraform shows of a refused download is short, and names the next command', async () => {
    const refused = await registry.anonymous.get('/v1/modules/nobodys/vpc/aws/1.0.0/download')

    expect(refused.status).toBe(401)
    expect(refused.json.errors).toHaveLength(1)
    expect(refused.json.errors[0]).toMatch(/cadastre login http:\S+$/)
    expect(refused.text.length).toBeLessThan(300)
  })
})

function put(path: string, token: string, body: Buffer) {
  const upload = request(registry.url + path, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/gzip',
      'content-length': body.length,
    },
  })
  const answered = new Promise<number>((resolve, reject) => {
    upload.once('response', (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
    upload.once('error', reject)
  })
  upload.flushHeaders()
  return { upload, answered }
}
