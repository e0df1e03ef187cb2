/** A registry without passwords: the first administrator, and strangers for whom an issuer vouches. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, browserAt } from '../../../test/browser.ts'
import { type IdentityProvider, signInThrough, startIdentityProvider } from '../../../test/identity-provider.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { offerSetup } from '../setup.ts'

let registry: TestRegistry
let idp: IdentityProvider
let browser: Browser

beforeAll(async () => {
  idp = await startIdentityProvider({ redirectUris: ['https://registry.test/base/auth/callback/oidc'] })
  idp.isDown = true
  registry = await startRegistry({
    env: {
      ...idp.settings(),
      TFR_AUTH_OIDC_REDIRECT_URL: 'https://registry.test/base/auth/callback/oidc',
      TFR_AUTH_LOCAL_ENABLED: 'false',
      TFR_MULTI_TENANCY_ALLOW_PUBLIC_SIGNUP: 'true',
      TFR_SERVER_BASE_URL: 'https://localhost/base',
    },
  })
})
afterAll(async () => {
  await registry.stop()
  await idp.stop()
})
beforeEach(() => {
  browser = browserAt(registry.url)
})

const come = (account: string) => signInThrough(browser, idp, { account })
const whoIs = async () => (await browser.get('/api/v1/whoami')).json

test('a registry starts while its issuer does not answer, and lets people in once it does', async () => {
  const early = await browser.get('/auth/oidc/start')
  idp.isDown = false

  expect(early.status).toBe(503)
  expect((await browser.get('/auth/oidc/start')).status).toBe(303)
})

test('with one issuer and no passwords the page of signing in is still a page', async () => {
  const page = await browser.get('/login')

  expect(page.status).toBe(200)
  expect(page.text).toContain('href="/base/auth/oidc/start?next=%2F"')
  expect(page.text).not.toContain('type="password"')
})

test('the link of the first start binds an address: whoever the issuer says it is administers the platform', async () => {
  const link = (await offerSetup(registry.app))!
  const page = await browser.get(link.slice(link.indexOf('/setup')))
  const bound = await browser.submit(
    { ...page, text: page.text.replaceAll('"/base/', '"/') },
    { email: 'First@acme.example' },
  )
  idp.accounts.liar = { email: 'first@acme.example', email_verified: false }
  idp.accounts.first = { email: 'first@acme.example', email_verified: true }
  const liar = await signInThrough(browserAt(registry.url), idp, { account: 'liar' })

  const answer = await come('first')

  expect(page.text).not.toContain('type="password"')
  expect(bound.text).toContain('href="/base/login"')
  expect(liar.status).toBe(403)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/base/'])
  expect(await whoIs()).toMatchObject({
    name: 'first@acme.example',
    grants: [{ organization: 'platform', scopes: ['admin'] }],
  })
})

test('over https the cookies of a sign-in carry __Host- and Secure', async () => {
  const away = await browser.get('/auth/oidc/start')

  expect(away.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-cadastre-sign-in=.*; Path=\/; .*; Secure$/),
  ])
})

test('public sign-up: a stranger becomes a viewer of the default organization, once', async () => {
  idp.accounts.new = { email: 'new@acme.example', email_verified: true, name: 'New\nLine' }
  await come('new')
  const asViewer = (await whoIs()).grants
  const [user] = await registry.sql("select id, display_name from users where email = 'new@acme.example'")
  await registry.admin.send('PUT', `/api/v1/organizations/default/members/${user.id}`, { roles: [] })
  await come('new')

  expect(asViewer).toEqual([expect.objectContaining({ scopes: expect.arrayContaining(['modules:read']) })])
  expect((await whoIs()).grants).toEqual([])
  expect(user.display_name).toBe('')
  expect(
    (await registry.facts()).filter(({ subject }) => subject === 'new@acme.example').map(({ kind }) => kind),
  ).toEqual(['user.created', 'member.changed', 'identity.linked', 'member.changed'])
})

test('public sign-up is not for addresses that nobody has verified', async () => {
  idp.accounts.unsure = { email: 'unsure@acme.example' }

  expect((await come('unsure')).status).toBe(403)

  expect(await registry.sql("select 1 from users where email = 'unsure@acme.example'")).toEqual([])
})

test('two first sign-ins of one person at once make one account', async () => {
  idp.accounts.twice = { email: 'twice@acme.example', email_verified: true }
  const browsers = [browserAt(registry.url), browserAt(registry.url)]

  const answers = await Promise.all(browsers.map((each) => signInThrough(each, idp, { account: 'twice' })))

  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect(await registry.sql("select 1 from users where email = 'twice@acme.example'")).toHaveLength(1)
})
