import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { type GivenUser, startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
const as = ({ token }: GivenUser): Client => registry.as(token)
const users = '/api/v1/users'

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.organization('acme')
  await registry.given.organization('other')
})
afterAll(() => registry.stop())

const given = (email: string, ...roles: Parameters<TestRegistry['given']['user']>[0]['roles'] & object) =>
  registry.given.user({ email, roles })
const emailsIn = ({ json }: { json: { items: { email: string }[] } }) => json.items.map(({ email }) => email)

describe('adding somebody', () => {
  test('keeps no password in clear, tells none, and records a fact', async () => {
    const password = 'correct horse battery'

    const made = await registry.admin.send('POST', users, { email: 'New@Acme.example', displayName: 'New', password })

    expect(made).toMatchObject({
      status: 201,
      json: { email: 'new@acme.example', displayName: 'New', hasPassword: true, disabled: false, roles: [] },
    })
    expect(made.text).not.toMatch(/argon2|correct/)
    const [{ password_hash }] = (await registry.sql('select password_hash from users where id = $1', [
      made.json.id,
    ])) as [{ password_hash: string }]
    expect(password_hash).toMatch(/^\$argon2id\$/)
    const facts = await registry.facts()
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'user.created', subject: 'new@acme.example' }))
    expect(JSON.stringify(facts)).not.toMatch(/argon2|correct/)
  })

  test('happens once for an address, however it is written', async () => {
    await given('once@acme.example')

    expect(await registry.admin.send('POST', users, { email: 'ONCE@acme.example' })).toMatchObject({
      status: 409,
      json: { code: 'email-taken' },
    })
  })

  test.each([{ email: 'nobody' }, { email: 'short@acme.example', password: 'short' }, {}])(
    '%j is malformed',
    async (body) => {
      expect((await registry.admin.send('POST', users, body)).status).toBe(400)
    },
  )

  test('is for those who look after people on the platform', async () => {
    const manager = await given('manager@acme.example', { organization: 'acme', role: 'user_manager' })

    expect((await as(manager).send('POST', users, { email: 'x@acme.example' })).status).toBe(403)
    expect((await registry.anonymous.send('POST', users, { email: 'x@acme.example' })).status).toBe(401)
  })
})

describe('who sees whom', () => {
  let auditor: GivenUser
  let elsewhere: GivenUser
  let outsider: GivenUser
  beforeAll(async () => {
    auditor = await given('auditor@acme.example', { organization: 'acme', role: 'auditor' })
    elsewhere = await given(
      'two-places@acme.example',
      { organization: 'acme', role: 'viewer' },
      { organization: 'other', role: 'publisher' },
    )
    outsider = await given('outsider@other.example', { organization: 'other', role: 'admin' })
  })

  test('on the platform everybody, page by page', async () => {
    const first = await registry.admin.get(`${users}?limit=2`)
    const rest = await registry.admin.get(`${users}?limit=100&cursor=${first.json.next}`)

    expect(emailsIn(first)).toHaveLength(2)
    const all = [...emailsIn(first), ...emailsIn(rest)]
    expect(all).toEqual(expect.arrayContaining([auditor.email, elsewhere.email, outsider.email]))
    expect(all).toEqual([...new Set(all)].toSorted())
  })

  test('in an organization its members, and of them what they are there alone', async () => {
    const seen = await as(auditor).get(users)

    expect(emailsIn(seen)).toEqual(expect.arrayContaining([auditor.email, elsewhere.email]))
    expect(emailsIn(seen)).not.toContain(outsider.email)
    expect((await as(auditor).get(`${users}/${elsewhere.id}`)).json.roles).toEqual([
      { organization: 'acme', role: 'viewer' },
    ])
    expect(seen.text).not.toContain('other')
    expect((await as(auditor).get(`${users}/${outsider.id}`)).json.code).toBe('user-not-found')
  })

  test('by address, and only among those', async () => {
    expect(emailsIn(await as(auditor).get(`${users}?email=Two-Places@acme.example`))).toEqual([elsewhere.email])
    expect(emailsIn(await as(auditor).get(`${users}?email=${outsider.email}`))).toEqual([])
  })

  test('without users:read themselves alone', async () => {
    const viewer = await given('viewer@acme.example', { organization: 'acme', role: 'viewer' })

    expect(await as(viewer).get(`${users}/${viewer.id}`)).toMatchObject({
      status: 200,
      json: { email: viewer.email, roles: [{ organization: 'acme', role: 'viewer' }] },
    })
    expect((await as(viewer).get(`${users}/${elsewhere.id}`)).status).toBe(403)
    expect((await as(viewer).get(users)).status).toBe(403)
    expect((await registry.anonymous.get(`${users}/${viewer.id}`)).status).toBe(401)
  })
})

describe('changing somebody', () => {
  test('shutting them out ends their keys at once, here and in other processes, until they are let in again', async () => {
    const other = await registry.another()
    const person = await given('shut-out@acme.example', { organization: 'acme', role: 'viewer' })
    const statuses = async () =>
      Promise.all(
        [registry, other].map(async (process) => (await process.as(person.token).get('/api/v1/whoami')).status),
      )
    expect(await statuses()).toEqual([200, 200])

    await registry.admin.send('PATCH', `${users}/${person.id}`, { disabled: true })

    expect((await as(person).get('/api/v1/whoami')).status).toBe(401)
    await expect.poll(statuses).toEqual([401, 401])

    await registry.admin.send('PATCH', `${users}/${person.id}`, { disabled: false })

    await expect.poll(statuses).toEqual([200, 200])
    expect((await registry.facts()).filter(({ subject }) => subject === person.email)).toMatchObject([
      { kind: 'user.created' },
      { kind: 'member.changed' },
      { kind: 'user.changed', details: { disabled: true } },
      { kind: 'user.changed', details: { disabled: false } },
    ])
  })

  test('a password is set and taken away, and only that is recorded', async () => {
    const person = await given('password@acme.example')

    const set = await registry.admin.send('PATCH', `${users}/${person.id}`, { password: 'correct horse battery' })
    const taken = await registry.admin.send('PATCH', `${users}/${person.id}`, { password: null })

    expect([set.json.hasPassword, taken.json.hasPassword]).toEqual([true, false])
    const recorded = (await registry.facts()).filter(({ subject }) => subject === person.email)
    expect(recorded.map(({ details }) => details)).toEqual([{}, { password: 'changed' }, { password: 'removed' }])
  })

  test('nobody changes, shuts out or removes who holds more than they do', async () => {
    const manager = await given('people@acme.example', { organization: null, role: 'user_manager' })
    const [equal, administrator, publisher] = [
      await given('equal@acme.example', { organization: 'acme', role: 'user_manager' }),
      await given('boss@acme.example', { organization: null, role: 'admin' }),
      await given('publisher@acme.example', { organization: 'acme', role: 'publisher' }),
    ]

    for (const { id } of [administrator, publisher]) {
      expect(await as(manager).send('PATCH', `${users}/${id}`, { disabled: true })).toMatchObject({
        status: 403,
        json: { code: 'roles-exceeded' },
      })
      expect((await as(manager).send('DELETE', `${users}/${id}`)).status).toBe(403)
    }
    expect((await as(manager).send('PATCH', `${users}/${equal.id}`, { disabled: true })).status).toBe(200)
    expect((await as(manager).send('DELETE', `${users}/${equal.id}`)).status).toBe(200)
  })

  test('a password is set by administrators alone: whoever knows it has all that its owner comes to hold', async () => {
    const manager = as(await given('setter@acme.example', { organization: null, role: 'user_manager' }))
    const newcomer = await given('newcomer@acme.example')
    const password = 'correct horse battery'

    const answers = [
      await manager.send('POST', users, { email: 'future-boss@acme.example', password }),
      await manager.send('PATCH', `${users}/${newcomer.id}`, { password }),
      await manager.send('PATCH', `${users}/${newcomer.id}`, { password: null }),
      await manager.send('POST', users, { email: 'signs-in-elsewhere@acme.example' }),
    ]

    expect(answers.map(({ status, json }) => json.code ?? status)).toEqual(['scope-needed', 'scope-needed', 200, 201])
  })

  test('a key of somebody changes not even their name unless it may', async () => {
    const person = await given('named@acme.example', { organization: 'acme', role: 'viewer' })

    expect((await as(person).send('PATCH', `${users}/${person.id}`, { displayName: 'Other' })).status).toBe(403)
    expect((await registry.admin.send('PATCH', `${users}/${person.id}`, { displayName: 'Other' })).status).toBe(200)
  })
})

describe('removing somebody', () => {
  test('revokes their keys at once and everywhere, and keeps what they did', async () => {
    const other = await registry.another()
    await registry.given.namespace('kept', 'private', 'acme')
    const person = await given('gone@acme.example', { organization: 'acme', role: 'publisher' })
    expectStatus(await as(person).publishModule('kept/vpc/aws', '1.0.0'), 201)
    expectStatus(await other.as(person.token).get('/api/v1/whoami'), 200)

    const removed = await registry.admin.send('DELETE', `${users}/${person.id}`)

    expect(removed).toMatchObject({ status: 200, json: { email: person.email } })
    expect((await as(person).get('/api/v1/whoami')).status).toBe(401)
    await expect.poll(async () => (await other.as(person.token).get('/api/v1/whoami')).status).toBe(401)
    expect((await registry.admin.get(`${users}/${person.id}`)).json.code).toBe('user-not-found')
    const facts = await registry.facts()
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'module.published', subject: 'kept/vpc/aws 1.0.0' }))
    expect(facts).toContainEqual(
      expect.objectContaining({ kind: 'user.deleted', subject: person.email, details: { keysRevoked: 1 } }),
    )
  })

  test('leaves no key behind, whatever is made at the same time', async () => {
    for (const turn of [1, 2, 3, 4, 5]) {
      const person = await given(`racing${turn}@acme.example`, { organization: 'acme', role: 'viewer' })

      const [removed] = await Promise.all([
        registry.admin.send('DELETE', `${users}/${person.id}`),
        registry.admin.send('POST', '/api/v1/api-keys', {
          name: `raced${turn}`,
          scopes: ['admin'],
          organization: null,
          owner: person.email,
        }),
      ])

      expect(removed.status).toBe(200)
      expect(
        await registry.sql(`select from api_keys where name = $1 and revoked_at is null`, [`raced${turn}`]),
      ).toEqual([])
    }
  })

  test('is for those who look after people on the platform', async () => {
    const [manager, member] = [
      await given('manager2@acme.example', { organization: 'acme', role: 'admin' }),
      await given('member2@acme.example', { organization: 'acme', role: 'viewer' }),
    ]

    expect((await as(manager).send('DELETE', `${users}/${member.id}`)).status).toBe(403)
    expect((await registry.anonymous.send('DELETE', `${users}/${member.id}`)).status).toBe(401)
  })
})
