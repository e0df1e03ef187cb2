/** How often one sender may come, through the door of a real registry, by a clock that stands still until it is moved. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { browserAt } from '../../test/browser.ts'
import type { Answer, Client } from '../../test/client.ts'
import { givenUser, password } from '../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const start = Date.UTC(2030, 0, 1)
let now = start
const clock = () => now
const prefix = 'TFR_SECURITY_RATE_LIMITING'
const limits = {
  [`${prefix}_ENABLED`]: 'true',
  [`${prefix}_PROTOCOL_BURST`]: '3',
  [`${prefix}_PROTOCOL_REQUESTS_PER_MINUTE`]: '10',
  [`${prefix}_API_READ_BURST`]: '2',
  [`${prefix}_API_READ_REQUESTS_PER_MINUTE`]: '20',
}

const known = '/v1/modules/acme/vpc/aws/versions'
const unknown = '/v1/modules/acme/none/aws/versions'
const mine = '/api/v1/whoami'

/** The answers to `times` requests, one after the other. */
async function ask(client: Client, path: string, times: number, headers?: Record<string, string>): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let time = 0; time < times; time++) answers.push(await client.get(path, headers))
  return answers
}
const statuses = (answers: Answer[]) => answers.map(({ status }) => status)

let registry: TestRegistry

async function registryWith(env: Record<string, string>) {
  registry = await startRegistry({ env: { ...limits, ...env }, clock })
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')
}

/** Enough for every bucket to be full again. */
afterEach(() => {
  now += 60 * 60 * 1000
})

describe('an address without a key', () => {
  beforeAll(() => registryWith({}))
  afterAll(() => registry.stop())

  test('is told when to come back, in the form of the protocol, and is let in then', async () => {
    const answers = await ask(registry.anonymous, known, 4)
    const refused = answers.at(-1)!

    expect(statuses(answers)).toEqual([200, 200, 200, 429])
    expect(refused.headers.get('retry-after')).toBe('6')
    expect(refused.headers.get('content-type')).toMatch(/^application\/json/)
    expect(refused.json).toEqual({
      errors: ['Too many requests for modules and providers came from you. Wait 6 s.'],
      code: 'too-many-requests',
    })
    now += 5_999
    expect((await registry.anonymous.get(known)).status).toBe(429)
    now += 1
    expect(statuses(await ask(registry.anonymous, known, 2))).toEqual([200, 429])
  })

  test('is refused by the API with a problem document', async () => {
    const refused = (await ask(registry.anonymous, mine, 3)).at(-1)!

    expect(refused).toMatchObject({ status: 429, json: { code: 'too-many-requests', status: 429 } })
    expect(refused.headers.get('retry-after')).toBe('3')
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  })

  test('pays for each kind of route apart', async () => {
    expect(statuses(await ask(registry.anonymous, mine, 3))).toEqual([200, 200, 429])
    expect(statuses(await ask(registry.anonymous, known, 4))).toEqual([200, 200, 200, 429])
  })

  test('pays the same for what the fast lane answers and for what only the routes do', async () => {
    const turns = [known, unknown, known, known, unknown]
    const answers = await Promise.all(turns.map((path) => registry.anonymous.get(path)))

    expect(statuses(answers).filter((status) => status === 429)).toHaveLength(2)
  })

  test('gains nothing by naming another address', async () => {
    const forged = (last: number) => ({ 'x-forwarded-for': `203.0.113.${last}` })
    const seen: number[] = []
    for (let last = 1; last <= 4; last++) seen.push((await registry.anonymous.get(known, forged(last))).status)

    expect(seen).toEqual([200, 200, 200, 429])
  })

  test('is asked for no patience by health, discovery and version', async () => {
    await ask(registry.anonymous, mine, 3)
    for (const path of ['/health', '/ready', '/live', '/version', '/.well-known/terraform.json'])
      expect([path, ...statuses(await ask(registry.anonymous, path, 8))]).toEqual([path, ...Array(8).fill(200)])
  })

  test('may fetch archives as often as it holds their address', async () => {
    const link = (await registry.anonymous.get('/v1/modules/acme/vpc/aws/1.0.0/download')).headers.get(
      'x-terraform-get',
    )!

    expect(statuses(await ask(registry.anonymous, link, 8))).toEqual(Array(8).fill(200))
  })
})

describe('a key', () => {
  beforeAll(() =>
    registryWith({ [`${prefix}_API_WRITE_BURST`]: '2', [`${prefix}_API_WRITE_REQUESTS_PER_MINUTE`]: '4' }),
  )
  afterAll(() => registry.stop())

  test('may come five times as often as an address, and pays for itself alone', async () => {
    const [one, other] = [
      registry.as(await registry.given.key(['modules:read'])),
      registry.as(await registry.given.key(['modules:read'])),
    ]

    expect(statuses(await ask(one, known, 16))).toEqual([...Array(15).fill(200), 429])
    expect((await other.get(known)).status).toBe(200)
    expect((await registry.anonymous.get(known)).status).toBe(200)
  })

  test('pays on every connection', async () => {
    const client = registry.as(await registry.given.key(['modules:read']))

    const answers = await Promise.all(Array.from({ length: 40 }, () => client.get(known, { connection: 'close' })))

    expect(statuses(answers).filter((status) => status === 200)).toHaveLength(15)
  })

  test('is not given a second chance by a change of its rights', async () => {
    const client = registry.as(await registry.given.key(['modules:read']))
    await ask(client, known, 15)
    const [{ id }] = await registry.sql('select id from api_keys order by created_at desc limit 1')
    registry.app.changes.apply([`api-key:${id}`])

    expect((await client.get(known)).status).toBe(429)
  })

  test('is refused changes before their body is read, once it made too many', async () => {
    const client = registry.as(await registry.given.key(['admin'], { organization: null }))
    const make = () => client.send('POST', '/api/v1/namespaces', { name: 'acme' })
    const seen: number[] = []
    for (let time = 0; time < 11; time++) seen.push((await make()).status)

    expect(seen).toEqual([...Array(10).fill(409), 429])
    expect((await client.get(mine)).status).toBe(200)
  })
})

describe('a page', () => {
  beforeAll(() => registryWith({ [`${prefix}_API_READ_BURST`]: '2', [`${prefix}_API_READ_REQUESTS_PER_MINUTE`]: '1' }))
  afterAll(() => registry.stop())

  test('is one request, whatever it asks of the API, and is refused with a page', async () => {
    const answers = await ask(registry.anonymous, '/modules/acme/vpc/aws', 3)
    const refused = answers.at(-1)!

    expect(statuses(answers)).toEqual([200, 200, 429])
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.text).toContain('<title>Too many requests &mdash; Cadastre</title>')
  })
})

describe('signing in', () => {
  const member = 'member@acme.example'
  beforeAll(async () => {
    await registryWith({ [`${prefix}_SIGN_IN_BURST`]: '2', [`${prefix}_SIGN_IN_REQUESTS_PER_MINUTE`]: '1' })
    await givenUser(registry, member)
  })
  afterAll(() => registry.stop())

  const post = (client: Client) =>
    client.send('POST', '/login', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' })

  test('is counted by address, with a key too, and refused with a page', async () => {
    await post(registry.anonymous)
    await post(registry.admin)
    const refused = [await post(registry.anonymous), await post(registry.admin)]

    expect(statuses(refused)).toEqual([429, 429])
    expect(refused[0]!.headers.get('retry-after')).toBe('60')
    expect(refused[0]!.text).toContain('Too many sign-ins came from this address.')
    expect((await registry.anonymous.get('/login')).status).toBe(200)
  })

  test('makes a person of an address: who counts for themselves, in every browser', async () => {
    const [one, other] = [browserAt(registry.url), browserAt(registry.url)]
    for (const browser of [one, other]) expect((await browser.signIn(member, password)).status).toBe(303)
    now += 60_000

    const seen: number[] = []
    for (let time = 0; time < 11; time++) seen.push((await (time % 2 ? one : other).get(mine)).status)

    expect(seen).toEqual([...Array(10).fill(200), 429])
    expect((await registry.anonymous.get(mine)).status).toBe(200)
  })
})

describe('behind a trusted proxy', () => {
  beforeAll(() => registryWith({ TFR_SERVER_TRUSTED_PROXIES: '127.0.0.0/8,10.0.0.0/8' }))
  afterAll(() => registry.stop())
  const from = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') })

  test('each client is an address of its own, on one connection too', async () => {
    const client = registry.anonymous

    expect(statuses(await ask(client, known, 4, from('203.0.113.7')))).toEqual([200, 200, 200, 429])
    expect(statuses(await ask(client, known, 4, from('203.0.113.8', '10.0.0.1')))).toEqual([200, 200, 200, 429])
  })

  test('what a client wrote into the header itself is not believed', async () => {
    const seen: number[] = []
    for (let last = 1; last <= 4; last++)
      seen.push((await registry.anonymous.get(known, from(`198.51.100.${last}`, '203.0.113.9'))).status)

    expect(seen).toEqual([200, 200, 200, 429])
  })

  test('a network of IPv6 is one sender', async () => {
    const seen: number[] = []
    for (let last = 1; last <= 4; last++)
      seen.push((await registry.anonymous.get(known, from(`2001:db8:1:2::${last}`))).status)

    expect(seen).toEqual([200, 200, 200, 429])
    expect((await registry.anonymous.get(known, from('2001:db8:1:3::1'))).status).toBe(200)
  })
})

test('a clock that is set back shuts nobody out', async () => {
  await registryWith({})
  await ask(registry.anonymous, known, 4)
  now -= 24 * 60 * 60 * 1000

  expect(statuses(await ask(registry.anonymous, known, 4))).toEqual([200, 200, 200, 429])
  await registry.stop()
})

test('security.rate_limiting.enabled lifts it', async () => {
  await registryWith({ [`${prefix}_ENABLED`]: 'false' })

  expect(statuses(await ask(registry.anonymous, known, 5))).toEqual(Array(5).fill(200))
  expect(statuses(await ask(registry.anonymous, mine, 5))).toEqual(Array(5).fill(200))
  await registry.stop()
})

test('without a setting, a fleet behind one address meets no limit', async () => {
  registry = await startRegistry({ env: { [`${prefix}_ENABLED`]: 'true' } })
  await registry.given.namespace('acme')
  await registry.admin.publishModule('acme/vpc/aws', '1.0.0')

  const turns = Array.from({ length: 20 }, () => ask(registry.anonymous, known, 50))

  expect(new Set(statuses((await Promise.all(turns)).flat()))).toEqual(new Set([200]))
  await registry.stop()
})
