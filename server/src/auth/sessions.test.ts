/** Sessions: what they allow, how they end, and what of them can be seen. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Browser, browserAt } from '../../test/browser.ts'
import { givenUser, password } from '../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const [admin, member] = ['admin@acme.example', 'member@acme.example']
const [hour, day] = [3_600_000, 86_400_000]

let registry: TestRegistry
let now: number
let memberId: string
beforeEach(async () => {
  now = Date.now()
  registry = await startRegistry({ clock: () => now })
  await givenUser(registry, admin, ['admin'])
  memberId = await givenUser(registry, member)
})
afterEach(() => registry.stop())

async function signedIn(email: string, url = registry.url): Promise<Browser> {
  const browser = browserAt(url)
  expect((await browser.signIn(email, password)).status).toBe(303)
  return browser
}
const tokenOf = async (browser: Browser) => (await browser.get('/api/v1/auth/session')).json.csrfToken as string
const aliveIn = async (browser: Browser) => (await browser.get('/api/v1/auth/session')).status === 200

test('a session says whose it is, and until when', async () => {
  const browser = await signedIn(member)

  const { json } = await browser.get('/api/v1/auth/session')

  const whoAmI = (await browser.get('/api/v1/whoami')).json
  expect(json).toMatchObject({ user: { id: memberId, email: member } })
  expect(Date.parse(json.expiresAt) - now).toBe(12 * hour)
  expect(Date.parse(json.endsAt) - now).toBe(7 * day)
  expect(whoAmI).toMatchObject({ kind: 'user', name: member, keyKind: null, owner: null, expiresAt: json.endsAt })
})

test('without a session there is nothing to say, with an API key neither', async () => {
  for (const client of [registry.anonymous, registry.admin]) {
    const answer = await client.get('/api/v1/auth/session')

    expect(answer.status).toBe(401)
    expect(answer.json.code).toBe('session-over')
  }
})

test('CSRF: a change needs the token of this very session, and no other site behind it', async () => {
  const [browser, other] = [await signedIn(admin), await signedIn(admin)]
  const body = { name: 'acme', visibility: 'public' }
  const create = (headers: Record<string, string>) => browser.send('POST', '/api/v1/namespaces', body, headers)
  const csrf = await tokenOf(browser)

  const refused = [
    await create({}),
    await create({ 'x-csrf-token': 'wrong' }),
    await create({ 'x-csrf-token': await tokenOf(other) }),
    await create({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }),
    await create({ 'x-csrf-token': csrf, origin: 'https://evil.example' }),
  ]
  const done = await create({ 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin', origin: registry.url })

  expect(refused.map(({ status, json }) => [status, json.code])).toEqual(Array(5).fill([403, 'csrf-token-wrong']))
  expect(done.status).toBe(201)
})

test('the cookie opens our API alone: terraform and tofu are asked for a key', async () => {
  await registry.given.namespace('hidden', 'private')
  const browser = await signedIn(admin)

  expect((await browser.get('/v1/modules/hidden/vpc/aws/versions')).status).toBe(401)
})

test('a wrong key is refused, whatever cookie comes with it', async () => {
  const browser = await signedIn(admin)

  expect((await browser.get('/api/v1/whoami', { authorization: 'Bearer tfr_wrong' })).status).toBe(401)
})

test('a session that is not used ends after auth.sessions.idle_timeout, and use keeps it', async () => {
  const [used, idle] = [await signedIn(member), await signedIn(member)]

  now += 11 * hour
  const midway = await aliveIn(used)
  now += 2 * hour

  expect(midway).toBe(true)
  expect(await aliveIn(used)).toBe(true)
  expect(await aliveIn(idle)).toBe(false)
})

test('a session ends after auth.sessions.lifetime, used or not', async () => {
  const browser = await signedIn(member)

  for (let elapsed = 0; elapsed < 7 * day - 10 * hour; elapsed += 10 * hour) {
    now += 10 * hour
    expect(await aliveIn(browser)).toBe(elapsed + 10 * hour < 7 * day)
  }
  now += 10 * hour

  expect(await aliveIn(browser)).toBe(false)
})

test('what another process saw in use is not taken for unused here', async () => {
  const browser = await signedIn(member)
  expect(await aliveIn(browser)).toBe(true)

  now += 13 * hour
  await registry.sql('update sessions set last_used_at = $1', [new Date(now - hour)])

  expect(await aliveIn(browser)).toBe(true)
})

test('a session that is revoked is refused by another process at once', async () => {
  const other = await registry.another()
  const browser = await signedIn(member)
  const cookie = `cadastre=${browser.cookies.get('cadastre')}`
  const ask = async () => (await other.anonymous.get('/api/v1/auth/session', { cookie })).status
  expect(await ask()).toBe(200)

  await browser.send('DELETE', '/api/v1/auth/session', undefined, { 'x-csrf-token': await tokenOf(browser) })
  await expect.poll(ask).toBe(401)
})

test('whoever is disabled has no session any more, and gets none back by being let in again', async () => {
  const browser = await signedIn(member)
  expect(await aliveIn(browser)).toBe(true)

  await registry.admin.send('PATCH', `/api/v1/users/${memberId}`, { disabled: true })
  const disabled = await aliveIn(browser)
  await registry.admin.send('PATCH', `/api/v1/users/${memberId}`, { disabled: false })

  expect(disabled).toBe(false)
  expect(await aliveIn(browser)).toBe(false)
})

test('a new password ends the sessions of the old one', async () => {
  const browser = await signedIn(member)

  await registry.admin.send('PATCH', `/api/v1/users/${memberId}`, { password: 'another horse battery' })

  expect(await aliveIn(browser)).toBe(false)
})

test('people see and end their own sessions, not those of others', async () => {
  const [here, there, boss] = [await signedIn(member), await signedIn(member), await signedIn(admin)]

  const { items } = (await here.get('/api/v1/sessions')).json
  const elsewhere = items.find((each: { current: boolean }) => !each.current).id
  const [ofBoss] = (await boss.get('/api/v1/sessions')).json.items
  const headers = { 'x-csrf-token': await tokenOf(here) }
  const ended = await here.send('DELETE', `/api/v1/sessions/${elsewhere}`, undefined, headers)
  const refused = await here.send('DELETE', `/api/v1/sessions/${ofBoss.id}`, undefined, headers)

  expect(items.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true])
  expect(ended.status).toBe(204)
  expect(await aliveIn(there)).toBe(false)
  expect(refused.status).toBe(404)
  expect(await aliveIn(boss)).toBe(true)
  expect((await here.get(`/api/v1/sessions?user=${ofBoss.userId}`)).status).toBe(403)
  expect(JSON.stringify(items)).not.toContain(here.cookies.get('cadastre'))
})

test('whoever looks after people sees and ends the sessions of others', async () => {
  const browser = await signedIn(member)

  const { items } = (await registry.admin.get(`/api/v1/sessions?user=${memberId}`)).json
  const ended = await registry.admin.send('DELETE', `/api/v1/sessions/${items[0].id}`)

  expect(items).toHaveLength(1)
  expect(ended.status).toBe(204)
  expect(await aliveIn(browser)).toBe(false)
})

test('the database holds no token of a session', async () => {
  const browser = await signedIn(member)

  const rows = await registry.sql('select row_to_json(s)::text as text from sessions s')

  expect(JSON.stringify(rows)).not.toContain(browser.cookies.get('cadastre'))
})

test('made-up cookies cost their sender as bad keys do; those of sessions that are over cost nothing', async () => {
  const limited = await startRegistry({
    clock: () => now,
    env: {
      TFR_SECURITY_RATE_LIMITING_ENABLED: 'true',
      TFR_SECURITY_RATE_LIMITING_BURST: '2',
      TFR_SECURITY_RATE_LIMITING_REQUESTS_PER_MINUTE: '1',
    },
  })
  await givenUser(limited, member)
  const [good, over] = [await signedIn(member, limited.url), await signedIn(member, limited.url)]
  const overCookie = over.cookies.get('cadastre')
  await over.send('DELETE', '/api/v1/auth/session', undefined, { 'x-csrf-token': await tokenOf(over) })
  const ask = async (browser: Browser, cookie?: string) =>
    (await browser.get('/api/v1/whoami', cookie === undefined ? {} : { cookie: `cadastre=${cookie}` })).status

  const ofOver = []
  for (let times = 0; times < 4; times += 1) ofOver.push(await ask(browserAt(limited.url), overCookie))
  expect(await aliveIn(good)).toBe(true)
  const madeUp = []
  for (const letter of ['a', 'b', 'c']) madeUp.push(await ask(browserAt(limited.url), letter.repeat(43)))
  const ofGood = await ask(good)
  await limited.stop()

  expect(ofOver).toEqual([200, 200, 200, 200])
  expect(madeUp).toEqual([200, 200, 429])
  expect(ofGood).toBe(200)
})
