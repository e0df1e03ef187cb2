/** Random grants, revocations, rotations and transfers by random callers: after each, nobody reads or writes what they should not. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectStatus } from './client.ts'
import { startRegistry, type TestRegistry } from './registry.ts'
import {
  type Key,
  mayChangeRoles,
  mayChangeVisibility,
  mayCreateKey,
  mayRevoke,
  mayRotate,
  mayTransfer,
  type Person,
  type Place,
  reads,
  type Space,
  writes,
} from './rights-model.ts'

const forMs = 10_000
const minWorlds = 4
const minSteps = 20
const minAllowed = 5
const maxKeys = 16

let registry: TestRegistry
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now, env: { TFR_MULTI_TENANCY_ENABLED: 'true' } })
  await registry.given.user({ email: 'root@acme.example', roles: [{ organization: null, role: 'admin' }] })
})
afterAll(() => registry.stop())

type World = { places: Place[]; people: Person[]; spaces: Space[]; keys: Key[] }
/** One of many, by a number of any size. */
const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!

const index = fc.nat({ max: 1000 })
const scopesToGive = fc.uniqueArray(
  fc.constantFrom(
    'modules:read',
    'modules:write',
    'providers:read',
    'api_keys:manage',
    'users:write',
    'organizations:write',
    'admin',
  ),
  { minLength: 1, maxLength: 3 },
)
const rolesToGive = fc.uniqueArray(fc.constantFrom('viewer', 'publisher', 'user_manager', 'auditor', 'admin'), {
  maxLength: 2,
})
const step = fc.oneof(
  fc.record({ do: fc.constant('roles' as const), by: index, person: index, place: index, roles: rolesToGive }),
  fc.record({
    do: fc.constant('create' as const),
    by: index,
    place: index,
    scopes: scopesToGive,
    space: fc.option(index),
  }),
  fc.record({ do: fc.constant('rotate' as const), by: index, key: index, grace: fc.constantFrom(0, 3600) }),
  fc.record({ do: fc.constant('revoke' as const), by: index, key: index }),
  fc.record({
    do: fc.constant('visibility' as const),
    by: index,
    space: index,
    visibility: fc.constantFrom('private', 'internal', 'public'),
  }),
  fc.record({ do: fc.constant('transfer' as const), by: index, space: index, place: index }),
  fc.record({ do: fc.constant('shut out' as const), person: index, disabled: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

test('no sequence of changes lets a caller read or write what the rules do not, or keeps a key that its owner cannot use', async () => {
  let [worlds, steps, answers, allowed] = [0, 0, 0, 0]
  const until = performance.now() + forMs
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (sequence) => {
      // However slow the machine is, there are some.
      if (worlds >= minWorlds && steps > minSteps && allowed > minAllowed && performance.now() > until) return
      const world = await newWorld(`w${++worlds}`)
      answers += await compare(world, 'at first')
      for (const next of sequence) {
        if (await take(world, next)) allowed += 1
        steps += 1
        answers += await compare(world, JSON.stringify(next))
      }
    }),
    { numRuns: 1000, endOnFailure: true },
  )
  console.log(`${worlds} registries of people, ${steps} changes (${allowed} allowed), ${answers} answers as foreseen`)
  expect(steps).toBeGreaterThan(minSteps)
  expect(allowed).toBeGreaterThan(minAllowed)
}, 900_000)

/** Organizations, people, namespaces and keys of their own; those of an earlier run are not looked at. */
async function newWorld(name: string): Promise<World> {
  const { admin, given } = registry
  const organizations = [`${name}a`, `${name}b`]
  for (const organization of organizations) await given.organization(organization)
  const spaces: Space[] = []
  for (const [at, visibility] of (['private', 'internal', 'private'] as const).entries()) {
    const space = { name: `${name}n${at}`, organization: pick(organizations, at), visibility }
    await given.namespace(space.name, visibility, space.organization)
    expectStatus(await admin.publishModule(`${space.name}/vpc/aws`, '1.0.0'), 201)
    spaces.push(space)
  }
  const world: World = { places: [...organizations, 'platform'], people: [], spaces, keys: [] }
  const [a, b] = organizations as [string, string]
  for (const roles of [
    [[a, 'admin']],
    [
      [a, 'publisher'],
      [b, 'viewer'],
    ],
    [['platform', 'user_manager']],
    [['platform', 'admin']],
  ] as [Place, string][][]) {
    const email = `${name}p${world.people.length}@acme.example`
    const { id } = expectStatus(await admin.send('POST', '/api/v1/users', { email }), 201).json
    const person: Person = { id, email, roles: new Map(), disabled: false }
    for (const [place, role] of roles) await setRoles(registry.adminToken, person, place, [role])
    world.people.push(person)
    const hand = await addKey(world, { owner: person, place: 'platform', scopes: ['admin'] })
    await registry.sql("update api_keys set kind = 'cli' where id = $1", [hand.id])
    hand.inPerson = true
  }
  const [, publisher] = world.people as [Person, Person]
  await addKey(world, { owner: publisher, place: a, scopes: ['modules:write'], namespaces: [spaces[0]!.name] })
  await addKey(world, { owner: null, place: a, scopes: ['api_keys:manage', 'modules:read'] })
  await addKey(world, { owner: null, place: b, scopes: ['modules:write', 'organizations:write'] })
  await addKey(world, { owner: null, place: 'platform', scopes: ['providers:read'] })
  await addKey(world, { owner: null, place: 'platform', scopes: ['admin'], namespaces: [spaces[1]!.name] })
  return world
}

type NewKey = { owner: Person | null; place: Place; scopes: string[]; namespaces?: string[] }

async function addKey(world: World, { owner, place, scopes, namespaces = [] }: NewKey): Promise<Key> {
  const body = { name: 'x', scopes, namespaces, organization: organizationOf(place), owner: owner?.email }
  const { apiKey, token } = expectStatus(await registry.admin.send('POST', '/api/v1/api-keys', body), 201).json
  const key = keyOf(apiKey.id, token, { owner, place, scopes, namespaces })
  world.keys.push(key)
  return key
}

const keyOf = (id: string, token: string, { owner, place, scopes, namespaces = [] }: NewKey): Key => ({
  id,
  token,
  owner,
  place,
  scopes,
  namespaces,
  inPerson: false,
  endsAt: Number.POSITIVE_INFINITY,
  revoked: false,
  replaced: false,
})

const organizationOf = (place: Place) => (place === 'platform' ? null : place)

async function setRoles(token: string, person: Person, place: Place, roles: string[]): Promise<boolean> {
  const path = place === 'platform' ? '/api/v1/platform' : `/api/v1/organizations/${place}`
  const { status } = await registry.as(token).send('PUT', `${path}/members/${person.id}`, { roles })
  if (status !== 200) return false
  if (roles.length === 0) person.roles.delete(place)
  else person.roles.set(place, roles)
  return true
}

/** Takes the step at the registry and, where it was allowed, in the model. @returns whether it was allowed */
async function take(world: World, next: Step): Promise<boolean> {
  if (next.do === 'wait') {
    now += 3601_000
    return true
  }
  if (next.do === 'shut out') {
    const person = pick(world.people, next.person)
    const change = { disabled: next.disabled }
    expectStatus(await registry.admin.send('PATCH', `/api/v1/users/${person.id}`, change), 200)
    person.disabled = next.disabled
    return true
  }
  const by = pick(world.keys, next.by)
  const client = registry.as(by.token)
  const foreseen = (allowed: boolean, done: boolean) => {
    const who = { ...by, token: '', owner: by.owner && { ...by.owner, roles: [...by.owner.roles] } }
    expect(done, `${JSON.stringify(next)} by ${JSON.stringify(who)}`).toBe(allowed)
    return done
  }

  switch (next.do) {
    case 'roles': {
      const [person, place] = [pick(world.people, next.person), pick(world.places, next.place)]
      // Nothing for nothing is no member, whoever asks.
      if (next.roles.length === 0 && !person.roles.has(place)) return false
      const allowed = mayChangeRoles(by, person, place, next.roles, now)
      return foreseen(allowed, await setRoles(by.token, person, place, next.roles))
    }
    case 'create': {
      if (world.keys.length >= maxKeys) return false
      const place = pick(world.places, next.place)
      const namespaces = next.space === null ? [] : [pick(world.spaces, next.space).name]
      const body = { name: 'made', scopes: next.scopes, namespaces, organization: organizationOf(place) }
      const allowed = mayCreateKey(by, next.scopes, place, now)
      const { status, json } = await client.send('POST', '/api/v1/api-keys', body)
      if (status === 201)
        world.keys.push(keyOf(json.apiKey.id, json.token, { owner: by.owner, place, scopes: next.scopes, namespaces }))
      return foreseen(allowed, status === 201)
    }
    case 'rotate': {
      const key = pick(world.keys, next.key)
      const allowed = mayRotate(by, key, now)
      const { status, json } = await client.send('POST', `/api/v1/api-keys/${key.id}/rotate`, {
        graceSeconds: next.grace,
      })
      if (status === 201) {
        world.keys.push({ ...keyOf(json.apiKey.id, json.token, key), inPerson: key.inPerson })
        Object.assign(key, { replaced: true, endsAt: now + next.grace * 1000 })
      }
      return foreseen(allowed, status === 201)
    }
    case 'revoke': {
      const key = pick(world.keys, next.key)
      const allowed = mayRevoke(by, key, now)
      const { status } = await client.send('DELETE', `/api/v1/api-keys/${key.id}`)
      if (status === 200) key.revoked = true
      return foreseen(allowed, status === 200)
    }
    case 'visibility': {
      const space = pick(world.spaces, next.space)
      const allowed = mayChangeVisibility(by, space, now)
      const { visibility } = next
      const { status } = await client.send('PATCH', `/api/v1/namespaces/${space.name}`, { visibility })
      if (status === 200) space.visibility = visibility
      return foreseen(allowed, status === 200)
    }
    case 'transfer': {
      const [space, to] = [pick(world.spaces, next.space), pick(world.places.slice(0, 2), next.place)]
      if (to === space.organization) return false
      const allowed = mayTransfer(by, space, to, now)
      const { status } = await client.send('POST', `/api/v1/namespaces/${space.name}/transfer`, { organization: to })
      if (status === 200) space.organization = to
      return foreseen(allowed, status === 200)
    }
  }
}

/** Every key at every namespace: read, written to, and listed. @returns how many answers were compared */
async function compare(world: World, after: string): Promise<number> {
  const compared = await Promise.all(
    world.keys.map(async (key) => {
      const client = registry.as(key.token)
      const [read, written, list] = await Promise.all([
        Promise.all(world.spaces.map(({ name }) => client.get(`/v1/modules/${name}/vpc/aws/versions`))),
        // Whoever may write is refused for what they sent, everybody else before that.
        Promise.all(
          world.spaces.map(({ name }) => client.publishModule(`${name}/vpc/aws`, '2.0.0', Buffer.from('no archive'))),
        ),
        client.get('/api/v1/modules?limit=100'),
      ])
      const listed = new Set((list.json.items ?? []).map(({ namespace }: { namespace: string }) => namespace))
      const seen = world.spaces.map(({ name }, at) => ({
        read: read[at]!.status,
        written: written[at]!.status,
        listed: listed.has(name),
      }))
      const foreseen = world.spaces.map((space) => {
        const isRead = reads(key, space, now)
        return {
          read: isRead ? 200 : expect.toBeOneOf([401, 403, 404]),
          written: writes(key, space, now) ? 422 : expect.toBeOneOf([401, 403, 404]),
          listed: isRead,
        }
      })
      const who = { ...key, token: '', owner: key.owner && { ...key.owner, roles: [...key.owner.roles] } }
      expect(seen, `after ${after}: ${JSON.stringify({ who, spaces: world.spaces })}`).toEqual(foreseen)
      return seen.length * 3
    }),
  )
  return compared.reduce((sum, count) => sum + count, 0)
}
