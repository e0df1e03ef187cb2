/** People see on one page what they have left open, and end it there. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, browserAt, formOf } from '../../../test/browser.ts'
import { givenUser, password } from '../../../test/people.ts'
import { type Answer, startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { codeFrom, exchange } from '../../../test/terraform-login.ts'

const email = 'dev@acme.example'
let registry: TestRegistry
let browser: Browser
beforeAll(async () => {
  registry = await startRegistry()
  await givenUser(registry, email)
  await givenUser(registry, 'other@acme.example')
})
afterAll(() => registry.stop())
beforeEach(async () => {
  browser = browserAt(registry.url)
  await browser.signIn(email, password)
})

const terraformLogin = async () => (await exchange(registry.anonymous, await codeFrom(browser))).json.access_token
const idOf = (page: Answer, what: 'key' | 'session') =>
  new RegExp(`name="${what}" value="([^"]+)"`).exec(page.text)![1]!
/** With the proof of this page, and nothing else of its form. */
const end = (page: Answer, fields: Record<string, string>) => {
  const { csrf } = formOf(page.text).hidden
  const body = new URLSearchParams({ csrf: csrf!, ...fields }).toString()
  return browser.send('POST', '/account', body, { 'content-type': 'application/x-www-form-urlencoded' })
}

test('a key that terraform login gave is seen, and revoked with a button', async () => {
  const token = await terraformLogin()
  const before = (await registry.as(token).get('/api/v1/whoami')).status

  const page = await browser.get('/account')
  const answer = await end(page, { key: idOf(page, 'key') })

  expect(page.text).toContain('aria-label="Revoke terraform login"')
  expect([before, answer.status, answer.headers.get('location')]).toEqual([200, 303, '/account'])
  expect((await registry.as(token).get('/api/v1/whoami')).status).toBe(401)
  expect((await browser.get('/account')).text).not.toContain('terraform login')
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({ kind: 'api_key.revoked', caller_name: email }),
  )
})

test('whoever ends the session of this browser is signed out', async () => {
  const page = await browser.get('/account')
  const current = (await browser.get('/api/v1/auth/session')).json.id

  await end(page, { session: current })

  expect((await browser.get('/account')).headers.get('location')).toBe('/login?next=/account')
})

test('what belongs to others is neither shown nor ended', async () => {
  const token = await terraformLogin()
  const [key] = (await registry.as(token).get('/api/v1/api-keys?mine=true')).json.items
  const session = (await browser.get('/api/v1/auth/session')).json.id
  browser = browserAt(registry.url)
  await browser.signIn('other@acme.example', password)

  const page = await browser.get('/account')
  const answers = [await end(page, { key: key.id }), await end(page, { session }), await end(page, { key: 'no id' })]

  expect(page.text).not.toContain('terraform login')
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 400])
  expect((await registry.as(token).get('/api/v1/whoami')).status).toBe(200)
})

test('CSRF: without the proof of the page nothing is ended', async () => {
  const page = await browser.get('/account')

  expect((await end(page, { key: idOf(page, 'session'), csrf: 'x' })).status).toBe(403)
})
