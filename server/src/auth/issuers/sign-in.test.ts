/** Signing in through issuers, with real ones: whom they let in, as what, and every lie that is not believed. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browserAt } from '../../../test/browser.ts'
import {
  type IdentityProvider,
  type Lie,
  signInThrough,
  startIdentityProvider,
} from '../../../test/identity-provider.ts'
import { givenUser, password } from '../../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { sealClientSecret } from './row-issuers.ts'

const baseUrl = 'http://registry.test'
const callback = (issuer: string) => `${baseUrl}/auth/callback/${issuer}`
const mappings = [
  { group: 'devs', organization: 'acme', role: 'publisher' },
  { group: 'leads', organization: 'acme', role: 'admin' },
  { group: 'ops', organization: 'platform', role: 'admin' },
  { group: 'devs', organization: 'gone', role: 'viewer' },
]

let registry: TestRegistry
let idp: IdentityProvider
let directory: IdentityProvider
let now: number
let browser: Browser

beforeAll(async () => {
  now = Date.now()
  idp = await startIdentityProvider({ redirectUris: [callback('oidc')] })
  directory = await startIdentityProvider({ redirectUris: [callback('directory')] })
  registry = await startRegistry({
    clock: () => now,
    env: {
      ...idp.settings(),
      TFR_AUTH_OIDC_GROUP_MAPPINGS: JSON.stringify(mappings),
      TFR_AUTH_OIDC_DISPLAY_NAME: 'Acme <SSO>',
      TFR_SERVER_BASE_URL: baseUrl,
      TFR_MULTI_TENANCY_ENABLED: 'true',
      TFR_SECURITY_EGRESS_ALLOWLIST: '127.0.0.1',
    },
  })
  await registry.given.organization('acme')
  await givenIssuer('directory', 'entra', directory, [{ group: 'g-7', organization: 'acme', role: 'publisher' }])
})
afterAll(async () => {
  await registry.stop()
  await Promise.all([idp.stop(), directory.stop()])
})
beforeEach(() => {
  browser = browserAt(registry.url)
})
afterEach(() => {
  idp.lie = directory.lie = undefined
  directory.meanwhile = idp.divertedTo = undefined
})

async function givenIssuer(name: string, kind: string, provider: IdentityProvider, mapped: object[]): Promise<void> {
  const secret = sealClientSecret(registry.app, name, provider.clientSecret)
  await registry.sql(
    `insert into identity_providers (name, kind, issuer_url, client_id, client_secret, group_mappings)
     values ($1, $2, $3, $4, $5, $6)`,
    [name, kind, provider.url, provider.clientId, secret, JSON.stringify(mapped)],
  )
}
const come = (account: string | undefined, next?: string) => signInThrough(browser, idp, { account, next })
const whoIs = async () => (await browser.get('/api/v1/whoami')).json
const rolesOf = (email: string) =>
  registry.sql(
    `select coalesce(o.name, 'platform') as place, r.role from users u join user_roles r on r.user_id = u.id
     left join organizations o on o.id::text = r.organization where u.email = $1 order by 1, 2`,
    [email],
  )
const usersOf = (email: string) => registry.sql('select id, display_name from users where email = $1', [email])
const factsOf = async (email: string) => (await registry.facts()).filter(({ subject }) => subject.startsWith(email))
const verified = (email: string, more: object = {}) => ({ email, email_verified: true, ...more })

describe('the page of signing in', () => {
  test('has a button for each issuer, which keeps where somebody wanted to go, and the form for passwords', async () => {
    const { text } = await browser.get('/login?next=%2Foauth%2Fauthorize%3Fa%3Db%26c%3Dd')

    expect(text).toContain('href="/auth/oidc/start?next=%2Foauth%2Fauthorize%3Fa%3Db%26c%3Dd"')
    expect(text).toContain('Sign in with Acme &lt;SSO&gt;')
    expect(text).toContain('href="/auth/directory/start?')
    expect(text).toContain('name="password"')
  })

  test('an issuer that is not there is said to be none', async () => {
    expect((await browser.get('/auth/nobody/start')).status).toBe(404)
    expect((await browser.get('/auth/callback/nobody?state=x&code=y')).status).toBe(404)
    expect((await browser.get('/auth/%00/start')).status).toBe(404)
  })
})

describe('somebody comes in', () => {
  test('whom the issuer has vouched for before, whatever their address is now', async () => {
    await givenUser(registry, 'known@acme.example')
    idp.accounts.known = verified('known@acme.example')
    await come('known')
    idp.accounts.known = { email: 'renamed@acme.example' }

    const answer = await come('known', '/oauth/authorize?x=y')

    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/oauth/authorize?x=y')
    expect(await whoIs()).toMatchObject({ kind: 'user', name: 'known@acme.example' })
  })

  test('whose address it has verified, in any letter case; this is a fact, and told once', async () => {
    await givenUser(registry, 'ann@acme.example')
    idp.accounts.ann = verified('Ann@ACME.example')

    await come('ann')
    await come('ann')

    expect(await whoIs()).toMatchObject({ name: 'ann@acme.example' })
    const facts = await factsOf('ann@acme.example')
    expect(facts.filter(({ kind }) => kind === 'identity.linked')).toEqual([
      expect.objectContaining({ details: { issuer: 'oidc', subject: 'ann' } }),
    ])
    expect(facts.find(({ kind }) => kind === 'session.created')?.details).toMatchObject({ issuer: 'oidc' })
  })

  test('who is in a group that holds a role gets an account', async () => {
    idp.accounts.dev = verified('dev@acme.example', { name: 'Dev Eloper', groups: ['devs', 'others'] })

    await come('dev')

    expect(await whoIs()).toMatchObject({ name: 'dev@acme.example', grants: [{ scopes: expect.anything() }] })
    expect(await usersOf('dev@acme.example')).toEqual([expect.objectContaining({ display_name: 'Dev Eloper' })])
    expect((await factsOf('dev@acme.example')).map(({ kind }) => kind)).toEqual([
      'user.created',
      'identity.linked',
      'member.changed',
      'session.created',
    ])
  })

  test('groups that are gained give roles, groups that are lost take them, those given by hand stay', async () => {
    const id = await givenUser(registry, 'bob@acme.example')
    await registry.admin.send('PUT', `/api/v1/organizations/acme/members/${id}`, { roles: ['auditor'] })
    idp.accounts.bob = verified('bob@acme.example', { groups: ['devs', 'leads'] })

    const seen: unknown[] = []
    for (const groups of [['devs', 'leads'], 'leads', [7, null, 'devs'], undefined]) {
      idp.accounts.bob = verified('bob@acme.example', { groups })
      await come('bob')
      seen.push((await rolesOf('bob@acme.example')).map(({ place, role }) => `${place} ${role}`))
    }

    expect(seen).toEqual([
      ['acme admin', 'acme auditor', 'acme publisher'],
      ['acme admin', 'acme auditor'],
      ['acme auditor', 'acme publisher'],
      ['acme auditor'],
    ])
    expect((await factsOf('bob@acme.example')).filter(({ kind }) => kind === 'member.changed')).toHaveLength(5)
  })

  test('a role that is lost is lost in sessions that there are', async () => {
    idp.accounts.eve = verified('eve@acme.example', { groups: ['devs'] })
    await come('eve')
    const before = await whoIs()
    idp.accounts.eve = verified('eve@acme.example')
    await signInThrough(browserAt(registry.url), idp, { account: 'eve' })

    expect(before.grants).toHaveLength(1)
    expect((await whoIs()).grants).toEqual([])
  })

  test('the last administrator of the platform stays one without the group, until there is another', async () => {
    idp.accounts.root = verified('root@acme.example', { groups: ['ops'] })
    await come('root')
    idp.accounts.root = verified('root@acme.example')
    await come('root')
    const kept = await rolesOf('root@acme.example')
    await givenUser(registry, 'second-root@acme.example', ['admin'])
    await come('root')

    expect(kept).toEqual([{ place: 'platform', role: 'admin' }])
    expect(await rolesOf('root@acme.example')).toEqual([])
  })

  test('what the ID token leaves out is asked for', async () => {
    const lean = await startIdentityProvider({
      leanTokens: true,
      redirectUris: [callback('lean')],
      accounts: { lee: verified('lee@acme.example', { groups: ['crew'] }) },
    })
    await givenIssuer('lean', 'oidc', lean, [{ group: 'crew', organization: 'acme', role: 'viewer' }])

    await signInThrough(browser, lean, { issuer: 'lean', account: 'lee' })
    await lean.stop()

    expect(await whoIs()).toMatchObject({ name: 'lee@acme.example' })
    expect(await rolesOf('lee@acme.example')).toEqual([{ place: 'acme', role: 'viewer' }])
  })

  test('the issuer is asked what it is once an hour, and again for a key that is not known', async () => {
    idp.accounts.kim = verified('kim@acme.example', { groups: ['devs'] })
    await come('kim')
    idp.asked.length = 0
    await come('kim')
    const asked = [...idp.asked]
    idp.rotateKeys()
    const rotated = await come('kim')
    now += 3_600_001
    idp.asked.length = 0
    await come('kim')

    expect(asked.filter((path) => /well-known|jwks/.test(path))).toEqual([])
    expect(rotated.status).toBe(303)
    expect(idp.asked).toContain('/.well-known/openid-configuration')
  })
})

describe('nobody comes in', () => {
  const isRefused = async (answer: { status: number; text: string }, code: string, status = 403) => {
    expect([answer.status, code]).toEqual([status, answer.text.match(/docs\/errors\/([a-z-]+)/)?.[1]])
    expect((await browser.get('/api/v1/whoami')).json.kind).not.toBe('user')
  }
  const seconds = (from: number) => Math.floor(Date.now() / 1000) + from
  /** Counted from when the token is made: the way to it is long on a busy machine. */
  const ending = (from: number) => ({
    get exp() {
      return seconds(from)
    },
  })
  const beginning = (from: number) => ({
    get nbf() {
      return seconds(from)
    },
  })

  test.each<[string, () => Lie]>([
    ['a wrong nonce', () => ({ claims: { nonce: 'another' } })],
    ['no nonce', () => ({ claims: { nonce: undefined } })],
    ['a wrong audience', () => ({ claims: { aud: 'another-client' } })],
    ['a subject that is nothing', () => ({ claims: { sub: '' } })],
    ['a subject that no database keeps', () => ({ claims: { sub: 'a\u0000b' } })],
    ['a subject that does not end', () => ({ claims: { sub: 'x'.repeat(3_000) } })],
    ['another issuer', () => ({ claims: { iss: 'https://login.example.com' } })],
    ['an expired token', () => ({ claims: ending(-3_600) })],
    ['a clock skew beyond the tolerance', () => ({ claims: ending(-75) })],
    ['a token of the future', () => ({ claims: beginning(75) })],
    ['alg: none', () => ({ signed: 'not at all' })],
    ['a wrong signature', () => ({ signed: 'with another key' })],
  ])('with %s', async (_, lie) => {
    await givenUser(registry, 'liar@acme.example').catch(() => {})
    idp.accounts.liar = verified('liar@acme.example')
    idp.lie = lie()

    await isRefused(await come('liar'), 'issuer-not-believed')
  })

  test('but clocks may differ by a minute', async () => {
    await givenUser(registry, 'skew@acme.example')
    idp.accounts.skew = verified('skew@acme.example')
    for (const claims of [ending(-45), beginning(45)]) {
      idp.lie = { claims }
      expect((await come('skew')).status).toBe(303)
    }
  })

  test.each<[string, object]>([
    ['is not verified', { email: 'victim@acme.example', email_verified: false }],
    ['is not said to be verified', { email: 'victim@acme.example' }],
    ['is not verified, and a group holds a role', { email: 'victim@acme.example', groups: ['devs'] }],
    ['is nobody’s yet and not verified', { email: 'nobodys@acme.example', groups: ['devs'] }],
  ])('by an address that %s: it is never linked, and makes no account', async (_, claims) => {
    await givenUser(registry, 'victim@acme.example', ['admin']).catch(() => {})
    idp.accounts.mallory = claims

    await isRefused(await come('mallory'), 'email-unverified')

    expect(await registry.sql("select 1 from identities where subject = 'mallory'")).toEqual([])
    expect(await usersOf('nobodys@acme.example')).toEqual([])
  })

  test('without an address', async () => {
    idp.accounts.mute = { groups: ['devs'] }

    await isRefused(await come('mute'), 'email-missing')
  })

  test('who has no account, and no group that holds a role; it is kept in the audit trail', async () => {
    idp.accounts.stranger = verified('stranger@acme.example', { groups: ['others'] })

    const answer = await come('stranger', '/account')

    await isRefused(answer, 'account-missing')
    // The provider would send the same person back; asked so, it asks who they are.
    expect(answer.text).toContain('<a href="/auth/oidc/start?another=yes&amp;next=%2Faccount">')
    const { headers } = await browser.get('/auth/oidc/start?another=yes&next=%2Faccount')
    expect(new URL(headers.get('location')!).searchParams.get('prompt')).toBe('login')
    expect(await usersOf('stranger@acme.example')).toEqual([])
    await expect
      .poll(() => registry.facts('refused'))
      .toContainEqual(
        expect.objectContaining({
          kind: 'sign_in.refused',
          subject: 'stranger@acme.example',
          details: { why: 'account-missing', issuer: 'oidc', count: 1 },
        }),
      )
  })

  test('who was disabled, neither by identity nor by address', async () => {
    const id = await givenUser(registry, 'gone@acme.example')
    idp.accounts.gone = verified('gone@acme.example')
    await come('gone')
    await registry.admin.send('PATCH', `/api/v1/users/${id}`, { disabled: true })
    idp.accounts.again = verified('gone@acme.example')

    await isRefused(await come('gone'), 'account-disabled')
    await isRefused(await come('again'), 'account-disabled')
  })

  test('whose address belongs to an account that another subject of the issuer has come into', async () => {
    await givenUser(registry, 'heir@acme.example')
    idp.accounts.before = verified('heir@acme.example')
    await come('before')
    browser = browserAt(registry.url)
    idp.accounts.after = verified('heir@acme.example', { groups: ['devs'] })

    const answer = await come('after')

    await isRefused(answer, 'identity-differs')
    expect(answer.text).toContain(
      'Whoever signed in as heir@acme.example before had another account at Acme &lt;SSO&gt;',
    )
    expect(answer.text).toContain('href="/auth/oidc/start?another=yes&amp;next=%2F"')
    expect(await registry.sql("select 1 from identities where subject = 'after'")).toEqual([])
    expect(await rolesOf('heir@acme.example')).toEqual([])
    await expect
      .poll(() => registry.facts('refused'))
      .toContainEqual(
        expect.objectContaining({
          subject: 'heir@acme.example',
          details: { why: 'identity-differs', issuer: 'oidc', count: 1 },
        }),
      )
  })

  test('when the issuer says no', async () => {
    const answer = await come(undefined, '/oauth/authorize?a=b')

    await isRefused(answer, 'issuer-said-no')
    expect(answer.text).toContain('access_denied')
    expect(answer.text).toContain('<a href="/login?next=%2Foauth%2Fauthorize%3Fa%3Db">Sign in again</a>')
  })

  test('while the issuer does not answer: the page says so, and signing in begins again later', async () => {
    const { location } = Object.fromEntries((await browser.get('/auth/oidc/start')).headers)
    idp.accounts.late = verified('late@acme.example', { groups: ['devs'] })
    const back = await idp.visit(location!, 'late')
    idp.isDown = true
    const answer = await browser.get(back.pathname + back.search)
    now += 3_600_001
    const start = await browser.get('/auth/oidc/start?next=/account')
    idp.isDown = false

    await isRefused(answer, 'issuer-unreachable', 503)
    expect([start.status, start.headers.get('retry-after')]).toEqual([503, '60'])
    expect(start.text).toContain('href="/login?next=%2Faccount"')
    expect((await browser.get('/auth/oidc/start')).status).toBe(303)
  })
})

describe('what an issuer calls somebody', () => {
  const path = (id: string) => `/api/v1/users/${id}/identities`

  test('is shown, and is forgotten with the sessions that began with it: then another account may come in', async () => {
    const id = await givenUser(registry, 'moved@acme.example')
    idp.accounts.old = verified('moved@acme.example')
    await come('old')
    const byPassword = browserAt(registry.url)
    await byPassword.signIn('moved@acme.example', password)

    const own = await browser.get(path(id))
    const [identity] = own.json.items
    const forgotten = await registry.admin.send('DELETE', `${path(id)}/${identity.id}`)

    expect(own.json).toEqual({
      items: [
        {
          id: expect.any(String),
          issuer: idp.url,
          subject: 'old',
          email: 'moved@acme.example',
          createdAt: new Date(now).toISOString(),
          lastUsedAt: new Date(now).toISOString(),
        },
      ],
      next: null,
    })
    expect(forgotten).toMatchObject({ status: 200, json: identity })
    expect((await factsOf('moved@acme.example')).at(-1)).toMatchObject({
      kind: 'identity.unlinked',
      details: { issuer: idp.url, subject: 'old', lostSessions: 1 },
    })
    expect((await whoIs()).kind).not.toBe('user')
    expect((await byPassword.get('/api/v1/whoami')).json.kind).toBe('user')
    expect((await registry.admin.get(path(id))).json.items).toEqual([])
    idp.accounts.young = verified('moved@acme.example')
    expect((await come('young')).status).toBe(303)
    expect(await whoIs()).toMatchObject({ name: 'moved@acme.example' })
  })

  test('is forgotten neither for somebody else, nor of somebody who holds more', async () => {
    const boss = await givenUser(registry, 'chief@acme.example', ['admin'])
    idp.accounts.chief = verified('chief@acme.example')
    await come('chief')
    const [identity] = (await registry.admin.get(path(boss))).json.items
    const manager = await registry.given.user({
      email: 'people@acme.example',
      roles: [{ organization: null, role: 'user_manager' }],
    })

    const answers = [
      await registry.as(manager.token).send('DELETE', `${path(boss)}/${identity.id}`),
      await registry.as(manager.token).send('DELETE', `${path(manager.id)}/${identity.id}`),
    ]

    expect(answers.map(({ json }) => json.code)).toEqual(['roles-exceeded', 'identity-not-found'])
    expect((await browser.get(path(boss))).json.items).toEqual([identity])
  })
})

describe('attacks on the way', () => {
  beforeAll(async () => {
    await givenUser(registry, 'walker@acme.example')
    idp.accounts.walker = verified('walker@acme.example')
  })
  /** A sign-in up to the moment before the browser comes back. */
  const underWay = async (at: Browser = browser, issuer = 'oidc', provider = idp, account = 'walker') => {
    const away = await at.get(`/auth/${issuer}/start`)
    const back = await provider.visit(away.headers.get('location')!, account)
    return back.pathname + back.search
  }
  const codeOf = ({ text }: { text: string }) => text.match(/docs\/errors\/([a-z-]+)/)?.[1]

  test('session fixation: the session is a new one, and the one that the browser brought ends', async () => {
    await come('walker')
    const planted = browser.cookies.get('cadastre')!
    await come('walker')

    expect(browser.cookies.get('cadastre')).not.toBe(planted)
    browser.cookies.set('cadastre', planted)
    expect((await whoIs()).kind).not.toBe('user')
  })

  test('an issuer that is switched off while somebody comes back lets nobody in', async () => {
    const path = await underWay(browser, 'directory', directory, await directoryAccount())
    await registry.admin.send('PATCH', '/api/v1/identity-providers/directory', { enabled: false })
    const answer = await browser.get(path)
    await registry.admin.send('PATCH', '/api/v1/identity-providers/directory', { enabled: true })

    expect(codeOf(answer)).toBe('issuer-not-found')
  })

  test.each([
    ['roles of its groups', { groupMappings: [] }, 'account-missing'],
    ['issuer', { issuerUrl: 'https://login.acme.example' }, 'sign-in-over'],
  ])('what an administrator changes of the %s while the issuer answers counts already', async (_, change, code) => {
    const [before] = await registry.sql("select * from identity_providers where name = 'directory'")
    directory.accounts.early = { upn: 'early@acme.example', groups: ['g-7'] }
    const path = await underWay(browser, 'directory', directory, 'early')
    // Nobody may have come through it, or it keeps its address.
    await registry.sql('delete from identities where issuer = $1', [directory.url])
    directory.meanwhile = () => registry.admin.send('PATCH', '/api/v1/identity-providers/directory', change)

    const answer = await browser.get(path)
    const { issuer_url: issuerUrl, group_mappings: groupMappings } = before
    const { clientSecret } = directory
    await registry.admin.send('PATCH', '/api/v1/identity-providers/directory', {
      issuerUrl,
      clientSecret,
      groupMappings,
    })

    expect(codeOf(answer)).toBe(code)
    expect(await usersOf('early@acme.example')).toEqual([])
  })

  test('an issuer that sends the registry elsewhere for a token is not followed', async () => {
    const path = await underWay()
    idp.divertedTo = `${directory.url}/token`
    directory.asked.length = 0

    expect(codeOf(await browser.get(path))).toBe('issuer-not-believed')
    expect(directory.asked).toEqual([])
  })

  test('a state is good once', async () => {
    const path = await underWay()

    expect((await browser.get(path)).status).toBe(303)
    expect(codeOf(await browser.get(path))).toBe('sign-in-over')
  })

  test('a state is good for ten minutes', async () => {
    const path = await underWay()
    now += 600_001

    expect(codeOf(await browser.get(path))).toBe('sign-in-over')
  })

  test('a code is good once, also with a new state', async () => {
    const used = new URLSearchParams((await underWay()).split('?')[1])
    const path = await underWay()
    await browser.get(`/auth/callback/oidc?${used}`)
    browser.cookies.delete('cadastre')
    const fresh = new URL(path, baseUrl)
    fresh.searchParams.set('code', used.get('code')!)

    const answer = await browser.get(fresh.pathname + fresh.search)

    expect(codeOf(answer)).toBe('issuer-not-believed')
    expect(browser.cookies.has('cadastre')).toBe(false)
  })

  test.each<[string, (path: string) => string]>([
    ['no state', (path) => path.replace(/state=[^&]+/, '')],
    ['a made-up state', (path) => path.replace(/state=[^&]+/, `state=${'A'.repeat(43)}`)],
    ['two states', (path) => `${path.replace(/state=[^&]+/, 'state=x')}&state=y`],
  ])('%s leads nowhere', async (_, changed) => {
    expect(codeOf(await browser.get(changed(await underWay())))).toBe('sign-in-over')
  })

  test('the state of another browser leads nowhere, whether this one has begun something or not', async () => {
    const attacker = browserAt(registry.url)
    const paths = [await underWay(attacker), await underWay(attacker)]
    const without = await browser.get(paths[0]!)
    await browser.get('/auth/oidc/start')
    const within = await browser.get(paths[1]!)

    expect([without, within].map(codeOf)).toEqual(['sign-in-over', 'sign-in-over'])
    expect(browser.cookies.has('cadastre')).toBe(false)
  })

  test('two sign-ins of one browser at once both end well', async () => {
    const paths = [await underWay(), await underWay()]

    expect([(await browser.get(paths[0]!)).status, (await browser.get(paths[1]!)).status]).toEqual([303, 303])
  })

  test('mix-up: what began with one issuer does not end with another', async () => {
    const ours = await underWay()
    const theirs = await underWay(browser, 'directory', directory, await directoryAccount())

    expect(codeOf(await browser.get(ours.replace('/oidc', '/directory')))).toBe('sign-in-over')
    expect(codeOf(await browser.get(theirs.replace('/directory', '/oidc')))).toBe('sign-in-over')
  })

  test('mix-up: an answer in the name of another issuer is not believed', async () => {
    const path = new URL(await underWay(), baseUrl)
    path.searchParams.set('iss', directory.url)

    expect(codeOf(await browser.get(path.pathname + path.search))).toBe('issuer-not-believed')
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/%2f%2fevil.example',
    'javascript:alert(1)',
  ])('open redirect: %s is not where a sign-in leads', async (next) => {
    expect((await come('walker', next)).headers.get('location')).toBe('/')
  })

  test('the cookie of a sign-in is not for scripts, and what is kept of it says nothing of the browser', async () => {
    const away = await browser.get('/auth/oidc/start')

    const [cookie] = away.headers.getSetCookie()
    expect(cookie).toMatch(/^cadastre-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
    const kept = JSON.stringify(await registry.sql('select content from one_time_tokens'))
    expect(kept).not.toContain(browser.cookies.get('cadastre-sign-in'))
    const asked = new URL(away.headers.get('location')!).searchParams
    expect([asked.get('code_challenge_method'), asked.get('response_type')]).toEqual(['S256', 'code'])
    expect(kept).not.toContain(asked.get('state'))
  })

  async function directoryAccount(): Promise<string> {
    directory.accounts.passer = { upn: 'passer@acme.example' }
    return 'passer'
  }
})

describe('Entra ID', () => {
  const enter = (account: string) => signInThrough(browser, directory, { issuer: 'directory', account })

  test('a person without a verified address is known by the name that they sign in with', async () => {
    await givenUser(registry, 'upn@acme.example')
    directory.accounts.upn = { upn: 'UPN@acme.example', oid: 'o', tid: 't' }

    expect((await enter('upn')).status).toBe(303)

    expect(await whoIs()).toMatchObject({ name: 'upn@acme.example' })
  })

  test('an address that nobody has checked is not theirs: the name counts, which may be unknown', async () => {
    await givenUser(registry, 'boss@acme.example', ['admin'])
    directory.accounts.cheat = { email: 'boss@acme.example', preferred_username: 'cheat@other.example' }

    const answer = await enter('cheat')

    expect(answer.status).toBe(403)
    expect(answer.text).toContain('There is no account for cheat@other.example here.')
  })

  test('too many groups for a token are asked for where it says', async () => {
    directory.accounts.many = { upn: 'many@acme.example', groups: ['g-1', 'g-7'] }
    directory.lie = { claims: directory.overage() }

    expect((await enter('many')).status).toBe(303)

    expect(directory.asked).toContain('/graph/v1.0/me/getMemberObjects')
    expect(await rolesOf('many@acme.example')).toEqual([{ place: 'acme', role: 'publisher' }])
  })

  test('while they cannot be read nobody loses a role by it: the sign-in is refused', async () => {
    const before = await rolesOf('many@acme.example')
    directory.lie = {
      claims: { ...directory.overage(), _claim_sources: { src1: { endpoint: `${directory.url}/nothing` } } },
    }

    const answer = await enter('many')

    expect([answer.status, answer.text]).toEqual([503, expect.stringContaining('issuer-groups-unreadable')])
    expect(await rolesOf('many@acme.example')).toEqual(before)
  })

  test('an access token is shown to nobody who is neither the issuer nor Microsoft Graph', async () => {
    directory.lie = {
      claims: { ...directory.overage(), _claim_sources: { src1: { endpoint: `${idp.url}/graph` } } },
    }
    idp.asked.length = 0

    expect((await enter('many')).status).toBe(503)

    expect(idp.asked).toEqual([])
  })
})
