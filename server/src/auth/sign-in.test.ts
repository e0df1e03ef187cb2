/** Signing in and out in a browser: what it gives, to whom it is refused, and what a page of ours is. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { browserAt } from '../../test/browser.ts'
import { givenUser, password } from '../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../test/registry.ts'

const email = 'admin@acme.example'

let registry: TestRegistry
let now: number
const start = async (env: Record<string, string> = {}) => {
  now = Date.now()
  registry = await startRegistry({ clock: () => now, env })
}
afterEach(() => registry.stop())

describe('with passwords', () => {
  beforeEach(async () => {
    await start()
    await givenUser(registry, email)
  })

  test('whoever knows the password is signed in, and led to where they wanted to go', async () => {
    const browser = browserAt(registry.url)

    const answer = await browser.signIn(email, password, '/oauth/authorize?client_id=x')

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/oauth/authorize?client_id=x')
    expect((await browser.get('/')).text).toContain(email)
    expect((await browser.get('/api/v1/whoami')).json).toMatchObject({ kind: 'user', name: email })
    expect(await registry.facts()).toContainEqual(expect.objectContaining({ kind: 'session.created' }))
  })

  test('an address is known in other letter case, too', async () => {
    expect((await browserAt(registry.url).signIn(' Admin@Acme.EXAMPLE ', password)).status).toBe(303)
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    '/%2f%2fevil.example',
    'javascript:alert(1)',
    'https://evil.example',
  ])('open redirect: %s is not where a sign-in leads', async (next) => {
    const browser = browserAt(registry.url)

    const page = await browser.get(`/login?next=${encodeURIComponent(next)}`)
    const answer = await browser.submit(page, { email, password, next })

    expect(answer.headers.get('location')).toBe('/')
    expect(page.text).not.toContain('evil')
  })

  test('over http the cookie is not for scripts, nor for what other sites send', async () => {
    const answer = await browserAt(registry.url).signIn(email, password)

    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^cadastre=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/),
    ])
  })

  test('session fixation: a session that the browser brought along ends, and a new token takes its place', async () => {
    const browser = browserAt(registry.url)
    await browser.signIn(email, password)
    const before = browser.cookies.get('cadastre')!
    const other = browserAt(registry.url)
    const page = await other.get('/login')
    other.cookies.set('cadastre', 'A'.repeat(43))

    const again = await other.submit(page, { email, password })

    expect(again.status).toBe(303)
    expect(other.cookies.get('cadastre')).not.toBe('A'.repeat(43))
    expect(other.cookies.get('cadastre')).not.toBe(before)
    expect(
      (await browserAt(registry.url).get('/api/v1/auth/session', { cookie: `cadastre=${'A'.repeat(43)}` })).status,
    ).toBe(401)
  })

  test('a wrong password and an unknown account are told the same', async () => {
    const answers = []
    for (const [address, word] of [
      [email, 'wrong horse battery'],
      ['nobody@acme.example', password],
    ]) {
      answers.push(await browserAt(registry.url).signIn(address!, word!))
    }

    const [wrong, unknown] = answers.map(({ status, text }) => ({
      status,
      text: text.replace(/value="[^"]*"/g, '').replace(/req-\S+/g, ''),
    }))
    expect(wrong).toEqual(unknown)
    expect(wrong!.status).toBe(401)
    expect(wrong!.text).toContain('role="alert"')
  })

  test('whoever is disabled, or has no password, is told the same', async () => {
    await registry.sql('update users set disabled_at = now() where email = $1', [email])
    await registry.sql("insert into users (email) values ('sso@acme.example')")

    for (const address of [email, 'sso@acme.example']) {
      const answer = await browserAt(registry.url).signIn(address, password)

      expect(answer.status).toBe(401)
      expect(answer.text).toContain('do not belong together')
    }
  })

  test('refused sign-ins leave one fact for an account and a minute, with a count, and nothing that was typed', async () => {
    const browser = browserAt(registry.url)
    for (const typed of [email, email, email, 'hunter2@nowhere.example', 'hunter3@nowhere.example']) {
      await browser.signIn(typed, 'wrong horse battery')
    }
    const refused = async () => (await registry.facts('refused')).filter(({ kind }) => kind === 'sign_in.refused')

    const counts = async (account: string) =>
      (await refused())
        .filter(({ subject }) => subject === account)
        .map(({ details }) => (details as { count: number }).count)
    const total = async (account: string) => (await counts(account)).reduce((sum, count) => sum + count, 0)

    await expect.poll(async () => (await refused()).length).toBe(2)
    now += 61_000
    await browser.signIn(email, 'wrong horse battery')
    expect((await counts(email)).length).toBeLessThanOrEqual(2)
    // What came after the first was written has its fact a minute later.
    now += 61_000
    await expect.poll(() => total(email)).toBe(4)
    await expect.poll(() => total('an unknown account')).toBe(2)

    const subjects = (await refused()).map(({ subject }) => subject)
    expect(new Set(subjects)).toEqual(new Set([email, 'an unknown account']))
    expect(JSON.stringify(await refused())).not.toContain('hunter')
  })

  test('CSRF: a form without its token, with that of another browser, or from another site signs nobody in', async () => {
    const browser = browserAt(registry.url)
    const page = await browser.get('/login')
    const typed = { email, password }

    const missing = await browser.submit(page, { ...typed, csrf: '' })
    const foreign = await browserAt(registry.url).submit(page, typed)
    const sites = []
    for (const site of ['cross-site', 'same-site', 'none']) {
      sites.push(await browser.submit(page, typed, { 'sec-fetch-site': site }))
    }
    const origins = []
    for (const origin of ['https://evil.example', 'null']) origins.push(await browser.submit(page, typed, { origin }))
    const own = await browser.submit(page, typed, { origin: registry.url })

    expect([missing, foreign, ...sites, ...origins].map(({ status }) => status)).toEqual(Array(7).fill(403))
    expect(missing.text).toContain('form-forged')
    expect(own.status).toBe(303)
  })

  test('a page needs no script, cannot be framed, and is kept by nobody', async () => {
    const { headers, text } = await browserAt(registry.url).get('/login')

    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(text).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(text).not.toMatch(/<script|style=|\son\w+=|https?:/)
    const style = await registry.anonymous.get(/href="(\/assets\/[^"]+)"/.exec(text)![1]!)
    expect(style.status).toBe(200)
    expect(style.headers.get('cache-control')).toContain('immutable')
  })

  test('what somebody typed comes back as text', async () => {
    const answer = await browserAt(registry.url).signIn('"><script>alert(1)</script>', 'x')

    expect(answer.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"')
  })

  test('signing out takes the cookie and ends the session', async () => {
    const browser = browserAt(registry.url)
    await browser.signIn(email, password)
    const cookie = `cadastre=${browser.cookies.get('cadastre')}`

    const answer = await browser.submit(await browser.get('/sign-out'), {})

    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^cadastre=; .*Max-Age=0/)
    expect((await registry.anonymous.get('/api/v1/auth/session', { cookie })).status).toBe(401)
  })

  test('a link or a form of another site signs nobody out', async () => {
    const browser = browserAt(registry.url)
    await browser.signIn(email, password)

    await browser.get('/sign-out')
    const forged = await browser.send('POST', '/sign-out', 'csrf=x', {
      'content-type': 'application/x-www-form-urlencoded',
    })

    expect(forged.status).toBe(403)
    expect((await browser.get('/api/v1/auth/session')).status).toBe(200)
  })
})

test('over https the cookie carries __Host- and Secure', async () => {
  await start({ TFR_SERVER_BASE_URL: 'https://registry.example.com' })
  await givenUser(registry, email)

  const answer = await browserAt(registry.url).signIn(email, password)

  expect(answer.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-cadastre=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
  ])
})

test('below a path prefix every address of a page carries it', async () => {
  await start({ TFR_SERVER_BASE_URL: 'http://localhost:8080/registry' })
  await givenUser(registry, email)
  const browser = browserAt(registry.url)

  const page = await browser.get('/login')

  expect(
    [...page.text.matchAll(/(?:href|action)="(\/[^"]*)"/g)].every(([, path]) => path!.startsWith('/registry/')),
  ).toBe(true)
})

test('with auth.local.enabled false there is no form', async () => {
  await start({ TFR_AUTH_LOCAL_ENABLED: 'false' })
  await givenUser(registry, email)
  const browser = browserAt(registry.url)

  const page = await browser.get('/login')

  expect(page.text).not.toContain('type="password"')
})

test('guessing at one account is slowed down, whether there is one or not, and says for how long', async () => {
  await start({ TFR_SECURITY_RATE_LIMITING_ENABLED: 'true' })
  await givenUser(registry, email)
  const browser = browserAt(registry.url)

  for (const address of [email, 'nobody@acme.example']) {
    const statuses = []
    for (let attempt = 0; attempt < 11; attempt += 1) {
      statuses.push((await browser.signIn(address, 'wrong horse battery')).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  }
  const refused = await browser.signIn(email, password)
  now += 13_000
  const later = await browser.signIn(email, password)

  expect(refused.headers.get('retry-after')).toBe('12')
  expect(later.status).toBe(303)
  now += 61_000
  const counted = async () =>
    (await registry.facts('refused'))
      .filter(({ kind, subject }) => kind === 'sign_in.refused' && subject === email)
      .reduce((sum, { details }) => sum + (details as { count: number }).count, 0)
  await expect.poll(counted).toBe(12)
})
