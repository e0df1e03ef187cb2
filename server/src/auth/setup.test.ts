/** The set-up link: it makes an administrator exactly once, and nobody else gets in with it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browserAt } from '../../test/browser.ts'
import { givenUser, password } from '../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'
import { offerSetup, resetLink } from './setup.ts'

const email = 'admin@acme.example'
const typed = { email, name: 'Admin', password, again: password }

let registry: TestRegistry
let now: number
const start = async (env: Record<string, string> = {}) => {
  now = Date.now()
  registry = await startRegistry({ clock: () => now, env })
}
afterEach(() => registry.stop())

const pathOf = (link: string | undefined) => link!.slice(link!.indexOf('/setup'))
const offered = async () => pathOf(await offerSetup(registry.app))
const reset = async () => pathOf(await resetLink(registry.app.db, registry.app.config))
const whoIs = async (browser: ReturnType<typeof browserAt>) => (await browser.get('/api/v1/whoami')).json

describe('while there is nobody', () => {
  beforeEach(() => start())

  test('the link makes the first administrator of the platform, and signs them in', async () => {
    const browser = browserAt(registry.url)

    const answer = await browser.submit(await browser.get(await offered()), typed)

    expect(answer.status).toBe(303)
    expect(await whoIs(browser)).toMatchObject({
      kind: 'user',
      name: email,
      grants: [{ organization: 'platform', scopes: ['admin'] }],
    })
    expect((await registry.facts()).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['setup_link.created', 'user.created', 'member.changed', 'session.created']),
    )
    expect((await browserAt(registry.url).signIn(email, password)).status).toBe(303)
  })

  test('the link works once', async () => {
    const path = await offered()
    const browser = browserAt(registry.url)
    await browser.submit(await browser.get(path), typed)

    const again = await browserAt(registry.url).get(path)

    expect(again.status).toBe(410)
    expect(again.text).toContain('setup-link-over')
    expect(await offerSetup(registry.app)).toBeUndefined()
  })

  test('of two that use it at once one wins', async () => {
    const path = await offered()
    const [one, two] = [browserAt(registry.url), browserAt(registry.url)]
    const pages = await Promise.all([one.get(path), two.get(path)])

    const answers = await Promise.all([
      one.submit(pages[0]!, typed),
      two.submit(pages[1]!, { ...typed, email: 'other@acme.example' }),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
    expect(await registry.sql('select email from users')).toHaveLength(1)
    expect(await registry.sql("select 1 from platform_members where role = 'admin'")).toHaveLength(1)
  })

  test('the link ends after an hour, and with the next start', async () => {
    const first = await offered()
    const second = await offered()
    const replaced = (await registry.anonymous.get(first)).status
    now += 3_599_000
    const inTime = (await registry.anonymous.get(second)).status
    now += 2_000

    expect(replaced).toBe(410)
    expect(inTime).toBe(200)
    expect((await registry.anonymous.get(second)).status).toBe(410)
  })

  test('the link ends when somebody was made meanwhile', async () => {
    const path = await offered()
    const browser = browserAt(registry.url)
    const page = await browser.get(path)
    await givenUser(registry, 'first@acme.example')

    expect((await browser.submit(page, typed)).status).toBe(410)
    expect(await registry.sql('select email from users where email = $1', [email])).toEqual([])
  })

  test.each([
    ['no link', '/setup'],
    ['a guessed one', `/setup?token=${'A'.repeat(43)}`],
    ['two at once', '/setup?token=a&token=b'],
  ])('%s opens nothing', async (_, path) => {
    await offered()

    expect((await registry.anonymous.get(path)).status).toBe(410)
  })

  test.each([
    ['an e-mail that is none', { email: 'admin' }, 'password-email-wrong'],
    ['a short password', { password: 'short', again: 'short' }, 'password-wrong'],
    ['two passwords that differ', { again: 'another horse battery' }, 'again-wrong'],
    ['a name of two lines', { name: 'a\nb' }, 'password-name-wrong'],
  ])('%s is said beside its field, and the link stays good', async (_, change, id) => {
    const browser = browserAt(registry.url)
    const page = await browser.get(await offered())

    const refused = await browser.submit(page, { ...typed, ...change })
    const done = await browser.submit(refused, typed)

    expect(refused.status).toBe(422)
    expect(refused.text).toContain(`id="${id}"`)
    expect(refused.text).not.toContain('correct horse')
    expect(done.status).toBe(303)
  })

  test('CSRF: a form of another site makes nobody', async () => {
    const browser = browserAt(registry.url)
    const page = await browser.get(await offered())

    expect((await browser.submit(page, typed, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await browser.submit(page, { ...typed, csrf: 'x' })).status).toBe(403)
    expect(await registry.sql('select 1 from users')).toEqual([])
  })

  test('the database keeps the hash of the link alone', async () => {
    const path = await offered()

    const rows = await registry.sql(
      "select row_to_json(t)::text as text, encode(hash, 'escape') as hash from one_time_tokens t",
    )

    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(path.split('=')[1])
  })
})

test('with auth.bootstrap_token no link is offered', async () => {
  await start({ TFR_AUTH_BOOTSTRAP_TOKEN: 'x'.repeat(40) })

  expect(await offerSetup(registry.app)).toBeUndefined()
})

describe('without passwords', () => {
  beforeEach(() => start({ TFR_AUTH_LOCAL_ENABLED: 'false' }))

  test('the link binds an address, whose owner proves it elsewhere', async () => {
    const browser = browserAt(registry.url)
    const page = await browser.get(await offered())

    const answer = await browser.submit(page, { email })

    expect(page.text).not.toContain('type="password"')
    expect(answer.status).toBe(200)
    expect((await whoIs(browser)).kind).toBe('anonymous')
    expect(await registry.sql('select email, password_hash from users join platform_members on user_id = id')).toEqual([
      { email, password_hash: null },
    ])
  })

  test('a password is taken by no form', async () => {
    await givenUser(registry, email)
    const browser = browserAt(registry.url)
    const { csrf } = (await import('../../test/browser.ts')).formOf((await browser.get(await reset())).text).hidden

    const answer = await browser.send(
      'POST',
      '/login',
      new URLSearchParams({ csrf: csrf!, email, password }).toString(),
      {
        'content-type': 'application/x-www-form-urlencoded',
      },
    )

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('takes no passwords')
  })

  test('the link of a reset signs its holder in all the same', async () => {
    await givenUser(registry, email, ['admin'])
    const browser = browserAt(registry.url)

    expect((await browser.submit(await browser.get(await reset()), { email })).status).toBe(303)
    expect(await whoIs(browser)).toMatchObject({ name: email, grants: [{ scopes: ['admin'] }] })
  })
})

describe('cadastre admin reset', () => {
  beforeEach(() => start())

  test('lets an administrator in again who was shut out, with a new password, and ends their sessions', async () => {
    await givenUser(registry, email, ['viewer'])
    const old = browserAt(registry.url)
    await old.signIn(email, password)
    await registry.sql('update users set disabled_at = now() where email = $1', [email])
    const browser = browserAt(registry.url)
    const word = 'another horse battery'

    const answer = await browser.submit(await browser.get(await reset()), { ...typed, password: word, again: word })

    expect(answer.status).toBe(303)
    expect(await whoIs(browser)).toMatchObject({
      name: email,
      grants: [{ organization: 'platform', scopes: expect.arrayContaining(['admin']) }],
    })
    expect((await whoIs(old)).kind).toBe('anonymous')
    expect((await browserAt(registry.url).signIn(email, password)).status).toBe(401)
    expect(await registry.facts()).toContainEqual(
      expect.objectContaining({ kind: 'setup_link.created', subject: 'reset', caller_name: 'cadastre' }),
    )
  })

  test('makes an administrator beside those that there are', async () => {
    await givenUser(registry, 'first@acme.example', ['admin'])
    const browser = browserAt(registry.url)

    expect((await browser.submit(await browser.get(await reset()), typed)).status).toBe(303)
    expect(await registry.sql("select 1 from platform_members where role = 'admin'")).toHaveLength(2)
  })
})
