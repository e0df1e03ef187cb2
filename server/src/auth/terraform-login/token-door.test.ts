/** The terminal's half of `terraform login`: a code becomes a key, once, for whom it was given. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Browser, browserAt } from '../../../test/browser.ts'
import { givenUser, password } from '../../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { codeFrom, exchange, form, verifier } from '../../../test/terraform-login.ts'

const email = 'dev@acme.example'
const day = 86_400_000
let registry: TestRegistry
let browser: Browser
let userId: string
let now = Date.now()
beforeAll(async () => {
  registry = await startRegistry({ clock: () => now })
  userId = await givenUser(registry, email)
  await setRoles(['publisher'])
  await registry.given.namespace('secret', 'private')
  await registry.admin.publishModule('secret/vpc/aws', '1.0.0')
})
afterAll(() => registry.stop())
beforeEach(async () => {
  browser = browserAt(registry.url)
  await browser.signIn(email, password)
})

const versions = '/v1/modules/secret/vpc/aws/versions'
const setRoles = (roles: string[]) =>
  registry.admin.send('PUT', `/api/v1/organizations/default/members/${userId}`, { roles })
const refusedAs = (error: string) => ({
  error,
  error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
})
const refusals = async () => (await registry.facts('refused')).filter(({ kind }) => kind === 'sign_in.refused')

test('C-86 C-88 a form without any other proof than the verifier becomes a key, as JSON that nobody keeps', async () => {
  const answer = await exchange(registry.anonymous, await codeFrom(browser))

  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.json).toEqual({ access_token: expect.stringMatching(/^tfr_\w{49}$/), token_type: 'bearer' })
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({
      kind: 'api_key.created',
      caller_name: email,
      details: expect.objectContaining({ via: 'terraform login', owner: email }),
    }),
  )
})

test('C-89 the key may what its owner may, at the time of use: no more, and less when they may less', async () => {
  const { access_token } = (await exchange(registry.anonymous, await codeFrom(browser))).json
  const client = registry.as(access_token)

  const statuses = [
    (await client.get(versions)).status,
    (await client.publishModule('secret/vpc/aws', '1.1.0')).status,
    (await client.get('/api/v1/users')).status,
    (await client.get('/api/v1/audit-logs')).status,
  ]
  await setRoles([])
  const after = (await client.get(versions)).status
  await setRoles(['publisher'])

  expect([...statuses, after]).toEqual([200, 201, 403, 403, 404])
})

test('C-91 the key is listed as one of the command line, for 90 days, and ends when its owner revokes it', async () => {
  const { access_token } = (await exchange(registry.anonymous, await codeFrom(browser))).json
  const [key] = (await registry.as(access_token).get('/api/v1/api-keys?mine=true')).json.items

  await registry.as(access_token).send('DELETE', `/api/v1/api-keys/${key.id}`)

  expect(key).toMatchObject({ kind: 'cli', name: 'terraform login', owner: email })
  expect(Date.parse(key.expiresAt)).toBe(now + 90 * day)
  expect((await registry.as(access_token).get(versions)).json.code).toBe('token-invalid')
})

test('C-12 the key ends by itself after 90 days', async () => {
  const { access_token } = (await exchange(registry.anonymous, await codeFrom(browser))).json
  now += 90 * day

  expect((await registry.as(access_token).get(versions)).status).toBe(401)
})

test('C-87 code replay: a code that comes again is refused, ends the key that was made with it, and is told of', async () => {
  const code = await codeFrom(browser)
  const { access_token } = (await exchange(registry.anonymous, code)).json
  const before = (await registry.as(access_token).get(versions)).status

  const again = await exchange(registry.anonymous, code)
  const third = await exchange(registry.anonymous, code)

  expect(before).toBe(200)
  expect([again.status, third.status]).toEqual([400, 400])
  expect(again.json).toEqual(refusedAs('invalid_grant'))
  expect((await registry.as(access_token).get(versions)).status).toBe(401)
  expect(await registry.facts()).toContainEqual(
    expect.objectContaining({ kind: 'api_key.revoked', details: { why: 'its code was used twice' } }),
  )
  expect((await refusals()).filter(({ details }) => (details as { why: string }).why === 'code-used')).toEqual([
    expect.objectContaining({ subject: email }),
  ])
})

test('C-87 code replay: of two that come at once one gets a key, and it is not good for long', async () => {
  const code = await codeFrom(browser)

  const answers = await Promise.all([1, 2].map(() => exchange(registry.anonymous, code)))

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  const { access_token } = answers.find(({ status }) => status === 200)!.json
  expect((await registry.as(access_token).get(versions)).status).toBe(401)
})

test('C-87 a code is good for a minute', async () => {
  const code = await codeFrom(browser)
  now += 60_000

  expect((await exchange(registry.anonymous, code)).json).toEqual(refusedAs('invalid_grant'))
})

test.each([
  ['another verifier', { code_verifier: verifier.replace('3', '4') }, 'verifier'],
  ['another redirect', { redirect_uri: 'http://localhost:10004/login' }, 'redirect'],
  ['the same redirect by address', { redirect_uri: 'http://127.0.0.1:10003/login' }, 'redirect'],
])('C-86 a code with %s is refused, told of, and good for nothing more', async (_what, more, why) => {
  const code = await codeFrom(browser)

  const wrong = await exchange(registry.anonymous, code, more)
  const right = await exchange(registry.anonymous, code)

  expect([wrong.status, right.status]).toEqual([400, 400])
  expect(wrong.json).toEqual(refusedAs('invalid_grant'))
  expect((await refusals()).at(-1)).toMatchObject({
    subject: email,
    details: { via: 'terraform login', why: `code-${why}` },
  })
})

test('a code of another client is refused, even if that one is known by now', async () => {
  const code = await codeFrom(browser)
  await registry.sql(`update one_time_tokens set content = content || '{"clientId":"another"}' where kind = 'code'`)

  expect((await exchange(registry.anonymous, code)).json).toEqual(refusedAs('invalid_grant'))
})

test.each<[string, () => Promise<unknown>]>([
  ['signs out', async () => browser.submit(await browser.get('/sign-out'), {})],
  ['is disabled', () => registry.sql('update users set disabled_at = now() where id = $1', [userId])],
  ['gets another password', () => registry.sql('update users set generation = generation + 1 where id = $1', [userId])],
])('session ended between: who %s meanwhile gets no key', async (_what, end) => {
  const code = await codeFrom(browser)
  await end()

  const answer = await exchange(registry.anonymous, code)
  await registry.sql('update users set disabled_at = null where id = $1', [userId])

  expect([answer.status, answer.json]).toEqual([400, refusedAs('invalid_grant')])
})

test.each([
  ['without a verifier', { code_verifier: undefined }, 'invalid_request'],
  ['with a short verifier', { code_verifier: 'a'.repeat(42) }, 'invalid_request'],
  ['with a long verifier', { code_verifier: 'a'.repeat(129) }, 'invalid_request'],
  ['without a code', { code: undefined }, 'invalid_request'],
  ['without a redirect', { redirect_uri: undefined }, 'invalid_request'],
  ['without a client', { client_id: undefined }, 'invalid_request'],
  ['of another client', { client_id: 'somebody' }, 'invalid_client'],
  ['for a refresh token', { grant_type: 'refresh_token' }, 'unsupported_grant_type'],
  ['for a password', { grant_type: 'password' }, 'unsupported_grant_type'],
  ['with a code that nobody gave', { code: 'A'.repeat(43) }, 'invalid_grant'],
])('C-92 a request %s is told what is wrong with it', async (_what, more, error) => {
  const answer = await exchange(registry.anonymous, 'unused', more)

  expect([answer.status, answer.json]).toEqual([400, refusedAs(error)])
})

test('what comes twice, in another form, by another method or too large is refused', async () => {
  const { send } = registry.anonymous
  const asJson = await send('POST', '/oauth/token', { grant_type: 'authorization_code' })
  const untyped = await send('POST', '/oauth/token', Buffer.from('grant_type=authorization_code'))
  const empty = await send('POST', '/oauth/token')
  const large = await send('POST', '/oauth/token', `code=${'x'.repeat(10_000)}`, form)
  const repeated = await send(
    'POST',
    '/oauth/token',
    'grant_type=authorization_code&grant_type=authorization_code',
    form,
  )

  for (const answer of [asJson, untyped, empty, repeated]) expect(answer.status).toBe(400)
  expect(asJson.json.error_description).toContain('application/x-www-form-urlencoded')
  expect(repeated.json.error_description).toContain('twice')
  expect([large.status, large.json.error]).toEqual([413, 'invalid_request'])
  expect((await registry.anonymous.get('/oauth/token')).status).toBe(405)
})

test('neither a cookie nor a key is looked at: the code says who it is', async () => {
  const code = await codeFrom(browser)
  const stranger = browserAt(registry.url)
  await givenUser(registry, 'other@acme.example')
  await stranger.signIn('other@acme.example', password)

  const answer = await exchange({ ...registry.admin, send: stranger.send }, code)

  expect((await registry.as(answer.json.access_token).get('/api/v1/api-keys?mine=true')).json.items[0].owner).toBe(
    email,
  )
})

test('C-14 no key and no code stands in a fact', async () => {
  const code = await codeFrom(browser)
  const { access_token } = (await exchange(registry.anonymous, code)).json

  const trail = JSON.stringify([await registry.facts(), await registry.facts('refused')])

  for (const secret of [access_token, code, verifier]) expect(trail).not.toContain(secret)
})
