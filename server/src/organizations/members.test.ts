import { roles, scopesOfRole } from '@cadastre/contract/roles'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Client, expectStatus } from '../../test/client.ts'
import { type GivenUser, startRegistry, type TestRegistry } from '../../test/registry.ts'

let registry: TestRegistry
const as = ({ token }: GivenUser): Client => registry.as(token)
const inAcme = '/api/v1/organizations/acme/members'
const onPlatform = '/api/v1/platform/members'

beforeAll(async () => {
  registry = await startRegistry({ env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.organization('acme')
  await registry.given.organization('other')
})
afterAll(() => registry.stop())

let people = 0
function someone(...held: [organization: string | null, role: (typeof roles)[number]][]): Promise<GivenUser> {
  people += 1
  return registry.given.user({
    email: `person${people}@acme.example`,
    roles: held.map(([organization, role]) => ({ organization, role })),
  })
}
const scopesOf = async (client: Client) =>
  (await client.get('/api/v1/whoami')).json.grants.flatMap(({ scopes }: { scopes: string[] }) => scopes)

test('the roles that there are are told to everybody, with what they may', async () => {
  const { status, json } = await registry.anonymous.get('/api/v1/roles')

  expect(status).toBe(200)
  expect(json.items.map(({ role, scopes }: { role: string; scopes: string[] }) => [role, scopes])).toEqual(
    roles.map((role) => [role, scopesOfRole[role]]),
  )
})

describe('roles', () => {
  test('are given, listed page by page, changed and taken, each with a fact', async () => {
    await registry.given.organization('listed')
    const members = '/api/v1/organizations/listed/members'
    const [first, second] = [
      await someone(['listed', 'viewer']),
      await someone(['listed', 'publisher'], ['listed', 'auditor']),
    ]

    const page = await registry.admin.get(`${members}?limit=1`)
    const rest = await registry.admin.get(`${members}?limit=1&cursor=${page.json.next}`)
    const taken = await registry.admin.send('DELETE', `${members}/${first.id}`)

    expect(page.json.items).toEqual([
      { userId: first.id, email: first.email, displayName: '', roles: [{ role: 'viewer', source: 'manual' }] },
    ])
    expect(rest.json).toMatchObject({ items: [{ userId: second.id }], next: null })
    expect(rest.json.items[0].roles.map(({ role }: { role: string }) => role)).toEqual(['auditor', 'publisher'])
    expect(taken).toMatchObject({ status: 200, json: { roles: [] } })
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({
        kind: 'member.changed',
        subject: first.email,
        details: { place: 'listed', before: ['viewer'], after: [] },
      }),
    )
  })

  test('that an issuer gave stay when those given by hand are changed', async () => {
    const member = await someone(['acme', 'viewer'])
    await registry.sql(
      `insert into organization_members (organization_id, user_id, role, source)
       select id, $1, 'publisher', 'entra' from organizations where name = 'acme'`,
      [member.id],
    )

    const changed = await registry.admin.send('PUT', `${inAcme}/${member.id}`, { roles: ['auditor'] })

    expect(changed.json.roles).toEqual([
      { role: 'auditor', source: 'manual' },
      { role: 'publisher', source: 'entra' },
    ])
  })

  test('count at once for the keys of whoever holds them, here and in other processes', async () => {
    const other = await registry.another()
    const member = await someone(['acme', 'viewer'])
    for (const process of [registry, other])
      expect(await scopesOf(process.as(member.token))).toEqual(scopesOfRole.viewer)

    await registry.admin.send('PUT', `${inAcme}/${member.id}`, { roles: ['publisher'] })

    expect(await scopesOf(as(member))).toEqual(scopesOfRole.publisher)
    await expect.poll(() => scopesOf(other.as(member.token))).toEqual(scopesOfRole.publisher)

    await registry.admin.send('DELETE', `${inAcme}/${member.id}`)

    expect(await scopesOf(as(member))).toEqual([])
    await expect.poll(() => scopesOf(other.as(member.token))).toEqual([])
  })

  test('are read by an auditor, and by nobody in another organization', async () => {
    const [auditor, viewer, outsider] = [
      await someone(['acme', 'auditor']),
      await someone(['acme', 'viewer']),
      await someone(['other', 'admin']),
    ]

    expect((await as(auditor).get(inAcme)).status).toBe(200)
    expect((await as(viewer).get(inAcme)).status).toBe(403)
    expect(await as(outsider).get(inAcme)).toMatchObject({ status: 404, json: { code: 'organization-not-found' } })
    expect((await as(auditor).get(onPlatform)).status).toBe(403)
    expect((await registry.anonymous.get(onPlatform)).status).toBe(401)
  })

  test('that are unknown, and people who are, are refused by name', async () => {
    const absent = '00000000-0000-4000-8000-000000000000'

    expect((await registry.admin.send('PUT', `${inAcme}/${absent}`, { roles: ['viewer'] })).json.code).toBe(
      'user-not-found',
    )
    expect((await registry.admin.send('PUT', `${inAcme}/${absent}`, { roles: ['owner'] })).status).toBe(400)
    expect((await registry.admin.send('PUT', `${inAcme}/somebody`, { roles: ['viewer'] })).status).toBe(400)
  })

  test('somebody who holds none is not shown by taking none away', async () => {
    const [manager, elsewhere] = [await someone(['acme', 'user_manager']), await someone(['other', 'viewer'])]

    for (const asked of [
      await as(manager).send('PUT', `${inAcme}/${elsewhere.id}`, { roles: [] }),
      await as(manager).send('DELETE', `${inAcme}/${elsewhere.id}`),
    ]) {
      expect(asked).toMatchObject({ status: 404, json: { code: 'user-not-found' } })
      expect(asked.text).not.toContain(elsewhere.email)
    }
  })
})

describe('nobody gives or takes more than they hold', () => {
  // What a user manager gives and takes of others: the roles whose scopes they hold all.
  test.each([
    ['viewer', 200],
    ['user_manager', 200],
    ['publisher', 403],
    ['mirror_manager', 403],
    ['auditor', 403],
    ['admin', 403],
  ] as const)('a user manager and the role %s: %i', async (role, status) => {
    const [manager, member, holder] = [
      await someone(['acme', 'user_manager']),
      await someone(['acme', 'viewer']),
      await someone(['acme', role]),
    ]

    const given = await as(manager).send('PUT', `${inAcme}/${member.id}`, { roles: ['viewer', role] })
    const taken = await as(manager).send('DELETE', `${inAcme}/${holder.id}`)

    expect([given.status, taken.status]).toEqual([status, status])
    if (status === 403) expect([given.json.code, taken.json.code]).toEqual(['roles-exceeded', 'roles-exceeded'])
  })

  test('not to themselves either, and not elsewhere', async () => {
    const manager = await someone(['acme', 'user_manager'])

    expect((await as(manager).send('PUT', `${inAcme}/${manager.id}`, { roles: ['admin'] })).status).toBe(403)
    expect((await as(manager).send('PUT', `${onPlatform}/${manager.id}`, { roles: ['viewer'] })).status).toBe(403)
    expect(
      (await as(manager).send('PUT', `/api/v1/organizations/other/members/${manager.id}`, { roles: ['viewer'] }))
        .status,
    ).toBe(404)
    expect(await scopesOf(as(manager))).toEqual(expect.not.arrayContaining(['admin']))
  })

  test('a key of an administrator that holds less gives less', async () => {
    const [administrator, member] = [await someone(['acme', 'admin']), await someone(['acme', 'viewer'])]
    const narrow = await registry.given.key(['users:write'], { organization: 'acme', owner: administrator.email })

    const given = await registry.as(narrow).send('PUT', `${inAcme}/${member.id}`, { roles: ['viewer', 'admin'] })

    expect(given).toMatchObject({ status: 403, json: { code: 'roles-exceeded' } })
  })

  test('an administrator of an organization has no say over who administers the platform', async () => {
    const [administrator, boss] = [await someone(['acme', 'admin']), await someone([null, 'admin'])]

    expect((await as(administrator).send('DELETE', `${onPlatform}/${boss.id}`)).status).toBe(403)
    expect((await as(administrator).send('PATCH', `/api/v1/users/${boss.id}`, { disabled: true })).status).toBe(403)
    await registry.admin.send('DELETE', `/api/v1/users/${boss.id}`)
  })
})

describe('the last administrator of the platform', () => {
  const admins = async () =>
    (await registry.sql(`select user_id from platform_members where role = 'admin'`)).map(({ user_id }) => user_id)
  const ways: Record<string, (id: string) => Promise<{ status: number; json: { code: string } }>> = {
    'taking the role': (id) => registry.admin.send('PUT', `${onPlatform}/${id}`, { roles: ['viewer'] }),
    'taking all roles': (id) => registry.admin.send('DELETE', `${onPlatform}/${id}`),
    disabling: (id) => registry.admin.send('PATCH', `/api/v1/users/${id}`, { disabled: true }),
    deleting: (id) => registry.admin.send('DELETE', `/api/v1/users/${id}`),
  }
  async function onlyAdmins(count: number): Promise<GivenUser[]> {
    await registry.sql('delete from platform_members')
    return Promise.all(Array.from({ length: count }, () => someone([null, 'admin'])))
  }

  test.each(Object.keys(ways))('stays, whatever is tried: %s', async (way) => {
    const [last] = await onlyAdmins(1)

    expect(await ways[way]!(last!.id)).toMatchObject({ status: 409, json: { code: 'last-platform-admin' } })
    expect(await admins()).toEqual([last!.id])
  })

  test('is whoever is left when all others are shut out', async () => {
    const [first, second] = await onlyAdmins(2)
    expectStatus(await registry.admin.send('PATCH', `/api/v1/users/${first!.id}`, { disabled: true }), 200)

    expect((await ways.deleting!(second!.id)).status).toBe(409)
    expectStatus(await registry.admin.send('PATCH', `/api/v1/users/${first!.id}`, { disabled: false }), 200)
    expect((await ways.deleting!(second!.id)).status).toBe(200)
  })

  test.each(Object.keys(ways).flatMap((first) => Object.keys(ways).map((second) => [first, second])))(
    'of two that go at the same time one stays: %s and %s',
    async (first, second) => {
      const [one, two] = await onlyAdmins(2)

      const answers = await Promise.all([ways[first!]!(one!.id), ways[second!]!(two!.id)])

      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    },
  )

  test('may not leave by themselves', async () => {
    const [last] = await onlyAdmins(1)

    expect((await as(last!).send('DELETE', `${onPlatform}/${last!.id}`)).status).toBe(409)
    expect((await as(last!).send('DELETE', `/api/v1/users/${last!.id}`)).status).toBe(409)
  })
})
