/** The browser's half of `terraform login`: who is asked what, and where the answer goes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, browserAt, formOf } from '../../../test/browser.ts'
import { givenUser, password } from '../../../test/people.ts'
import { standingClock, startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { allow, asked, authorizePath, encoded, form, redirectUri } from '../../../test/terraform-login.ts'

const email = 'dev@acme.example'
let registry: TestRegistry
let browser: Browser
beforeAll(async () => {
  registry = await startRegistry({ clock: standingClock(), env: { TFR_AUTH_API_KEYS_MAX_AGE: '30d' } })
  const id = await givenUser(registry, email)
  await registry.admin.send('PUT', `/api/v1/organizations/default/members/${id}`, { roles: ['publisher'] })
  browser = browserAt(registry.url)
  await browser.signIn(email, password)
})
afterAll(() => registry.stop())

const decide = async (decision: string, more = {}) =>
  browser.submit(await browser.get(authorizePath(more)), { decision })

test('C-83 discovery gives client, authz, token and ports, of which the upper end is above the lower', async () => {
  const login = (await registry.anonymous.get('/.well-known/terraform.json')).json['login.v1']

  expect(login).toEqual({
    client: 'terraform-cli',
    grant_types: ['authz_code'],
    authz: '/oauth/authorize',
    token: '/oauth/token',
    ports: [10_000, 10_010],
  })
})

test('C-84 whoever is not signed in signs in first, and comes back to what was asked for', async () => {
  const stranger = browserAt(registry.url)
  const odd = { state: ' &=+%"\'<>\\#;~' }

  const sent = await stranger.get(authorizePath({ ...odd, scope: 'a b' }))
  const signIn = new URL(sent.headers.get('location')!, registry.url)
  const signedIn = await stranger.signIn(email, password, signIn.searchParams.get('next')!)
  const page = await stranger.get(signedIn.headers.get('location')!)

  expect([sent.status, signIn.pathname, signedIn.status, page.status]).toEqual([303, '/login', 303, 200])
  expect(formOf(page.text)).toMatchObject({ action: '/oauth/authorize', hidden: { ...asked, ...odd } })
})

test('the page says which registry, who, which program, what it may, and until when', async () => {
  const { text } = await browser.get(authorizePath())

  for (const said of [
    `terraform login ${new URL(registry.app.config.server.base_url).host}</code> yourself`,
    'If you named another host, refuse',
    email,
    'port 10003',
    'in <code>default</code>: read, publish modules and providers',
    new Date(registry.app.clock() + 30 * 86_400_000).toISOString().slice(0, 10),
  ])
    expect(text).toContain(said)
})

test('clickjacking: the page is in no frame, kept nowhere, and its form leads to this computer alone', async () => {
  const { headers } = await browser.get(authorizePath())

  expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:10003;")
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('Allow leads to where the client waits, with a code and the state as it came', async () => {
  const state = ' &=+%"\'<>\\#;~'

  const answer = await decide('allow', { state })
  const to = new URL(answer.headers.get('location')!)

  expect([answer.status, to.origin + to.pathname]).toEqual([303, redirectUri])
  expect([...to.searchParams]).toEqual([
    ['code', expect.stringMatching(/^[\w-]{43}$/)],
    ['state', state],
  ])
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('mix-up: the answer says who gives the code, by the name that the browser knows, so that nobody else is shown it', async () => {
  const page = await browser.get(authorizePath())
  const issuerOf = async (headers: Record<string, string>) =>
    new URL((await browser.submit(page, { decision: 'allow' }, headers)).headers.get('location')!).searchParams.get(
      'iss',
    )

  expect(await issuerOf({ origin: registry.url })).toBe(`${registry.url}/`)
  expect(await issuerOf({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBeNull()
})

test('C-90 Refuse says on our own page that the terminal still waits, and leads nowhere', async () => {
  const answer = await decide('refuse')

  expect([answer.status, answer.headers.get('location')]).toEqual([200, null])
  expect(answer.text).toContain('press Ctrl-C')
})

test.each([
  ['PKCE downgrade: without a challenge', { code_challenge: undefined }],
  ['PKCE downgrade: plain', { code_challenge_method: 'plain' }],
  ['PKCE downgrade: without a method', { code_challenge_method: undefined }],
  ['open redirect', { redirect_uri: 'https://evil.example/login' }],
  ['port out of range', { redirect_uri: 'http://localhost:10011/login' }],
  ['wrong path', { redirect_uri: 'http://localhost:10003/elsewhere' }],
  ['another client', { client_id: 'somebody' }],
  ['without a state', { state: undefined }],
])('C-85 %s: a page says what is wrong, and nothing leads on', async (_what, more) => {
  const page = await browser.get(authorizePath(more))
  const { hidden } = formOf((await browser.get(authorizePath())).text)
  const fields = encoded({ ...hidden, ...more, decision: 'allow' })
  const sent = await browser.send('POST', '/oauth/authorize', fields, form)

  for (const answer of [page, sent]) {
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.text).toContain('Ctrl-C')
    expect(answer.text).not.toContain('evil.example')
  }
})

test('a parameter that comes twice is refused', async () => {
  const twice = `${authorizePath()}&redirect_uri=${encodeURIComponent('http://localhost:10004/login')}`

  expect((await browser.get(twice)).status).toBe(400)
})

test('CSRF: nobody allows it in the name of somebody else', async () => {
  const page = await browser.get(authorizePath())
  const forged = await browser.send('POST', '/oauth/authorize', `${new URLSearchParams(asked)}&decision=allow`, form)
  const ofStranger = formOf((await browserAt(registry.url).get('/login')).text).hidden.csrf!
  const withOther = await browser.submit(page, { decision: 'allow', csrf: ofStranger })
  const fromOther = await browser.submit(page, { decision: 'allow' }, { 'sec-fetch-site': 'cross-site' })

  for (const answer of [forged, withOther, fromOther])
    expect([answer.status, answer.headers.get('location')]).toEqual([403, null])
})

test('to open the page is to allow nothing, by HEAD neither', async () => {
  const count = () => registry.sql("select from one_time_tokens where kind = 'code'")
  const before = (await count()).length

  await browser.get(authorizePath())
  const head = await browser.send('HEAD', authorizePath())
  const put = await browser.send('PUT', '/oauth/authorize', '', form)
  const undecided = await decide('')

  expect([head.status, put.status, undecided.status]).toEqual([200, 405, 400])
  expect((await count()).length).toBe(before)
})

test('a session that ended between the page and the press of Allow allows nothing', async () => {
  const leaving = browserAt(registry.url)
  await leaving.signIn(email, password)
  const page = await leaving.get(authorizePath())
  await leaving.submit(await leaving.get('/sign-out'), {})

  const answer = await leaving.submit(page, { decision: 'allow' })

  expect([answer.status, answer.headers.get('location')]).toEqual([403, null])
})

test('each program is allowed anew, however often it was allowed before', async () => {
  await allow(browser)

  expect((await browser.get(authorizePath())).text).toContain('name="decision"')
})
