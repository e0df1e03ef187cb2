import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserAt } from '../../../test/browser.ts'
import { type IdentityProvider, startIdentityProvider } from '../../../test/identity-provider.ts'
import { givenUser, password } from '../../../test/people.ts'
import { startRegistry, type TestRegistry } from '../../../test/registry.ts'
import { findRowIssuer, rowIssuers } from './row-issuers.ts'

const path = '/api/v1/identity-providers'
const tenant = '5f8c1b5e-2f0d-4f7a-9d3e-0a1b2c3d4e5f'
const secret = 'a secret that nobody shall see'

let registry: TestRegistry
let idp: IdentityProvider

beforeAll(async () => {
  idp = await startIdentityProvider()
  registry = await startRegistry({
    env: {
      ...idp.settings(),
      TFR_MULTI_TENANCY_ENABLED: 'true',
      TFR_SECURITY_EGRESS_ALLOWLIST: new URL(idp.url).hostname,
    },
  })
  await registry.given.organization('payments')
})
afterAll(async () => {
  await registry.stop()
  await idp.stop()
})

const add = (name: string, values: object = {}) =>
  registry.admin.send('POST', path, { name, issuerUrl: `https://${name}.example`, clientId: 'cadastre', ...values })
const change = (name: string, values: object) => registry.admin.send('PATCH', `${path}/${name}`, values)
const remove = (name: string) => registry.admin.send('DELETE', `${path}/${name}`)
const lastFact = async () => (await registry.facts()).at(-1)

const vouch = (issuer: string, userId: string) =>
  registry.sql("insert into identities (issuer, subject, user_id) values ($1, 'somebody', $2)", [issuer, userId])

/** Somebody whom an issuer let in and gave a role, and their browser. */
async function signedInBy(issuer: string) {
  const email = `${issuer}@acme.example`
  const id = await givenUser(registry, email)
  await registry.sql(
    "insert into organization_members (organization_id, user_id, role, source) select id, $1, 'publisher', $2 from organizations where name = 'payments'",
    [id, `issuer:${issuer}`],
  )
  const browser = browserAt(registry.url)
  await browser.signIn(email, password)
  await registry.sql('update sessions set issuer = $1 where user_id = $2', [issuer, id])
  return { id, email, session: async () => (await browser.get('/api/v1/auth/session')).status }
}

describe('an identity provider that is added', () => {
  test('is shown with the address to register there, and never with its secret', async () => {
    const mapping = { group: 'cn=deploy,ou=groups', organization: 'payments', role: 'publisher' }

    const added = await add('shown', { clientSecret: secret, displayName: 'Acme', groupMappings: [mapping] })
    const [one, all] = [await registry.admin.get(`${path}/shown`), await registry.admin.get(path)]

    expect(added.status).toBe(201)
    expect(added.json).toMatchObject({
      name: 'shown',
      kind: 'oidc',
      displayName: 'Acme',
      source: 'database',
      enabled: true,
      issuerUrl: 'https://shown.example',
      hasSecret: true,
      redirectUri: `${registry.app.config.server.base_url}/auth/callback/shown`,
      scopes: ['openid', 'email', 'profile'],
      groupClaim: 'groups',
      groupMappings: [mapping],
    })
    expect(one.json).toEqual(added.json)
    expect(all.json.items).toContainEqual(added.json)
    expect(added.text + one.text + all.text).not.toContain(secret)
  })

  test('is a fact, without its secret', async () => {
    await add('recorded', { clientSecret: secret })

    const fact = await lastFact()

    expect(fact).toMatchObject({
      kind: 'identity_provider.created',
      subject: 'recorded',
      details: { issuerUrl: 'https://recorded.example', hasSecret: true },
    })
    expect(JSON.stringify(fact)).not.toContain(secret)
  })

  test('has a secret that signing in can read, and the database cannot', async () => {
    await add('sealed', { clientSecret: secret })

    const [row] = await registry.sql('select * from identity_providers where name = $1', ['sealed'])
    expect(await findRowIssuer(registry.app, 'sealed')).toMatchObject({ clientSecret: secret, source: 'database' })
    expect(row.client_secret.includes(secret)).toBe(false)
  })

  test('whose row was given the secret of another is not used, and the others are', async () => {
    await add('lender', { clientSecret: secret })
    await add('borrower', { clientSecret: 'another' })
    await registry.sql(`update identity_providers set client_secret = (select client_secret from identity_providers
      where name = 'lender') where name = 'borrower'`)

    const names = (await rowIssuers(registry.app)).map(({ name }) => name)

    expect(names).toContain('lender')
    expect(names).not.toContain('borrower')
    expect(await change('borrower', { clientSecret: 'set anew' })).toMatchObject({ status: 200 })
    expect(await findRowIssuer(registry.app, 'borrower')).toMatchObject({ clientSecret: 'set anew' })
  })

  test('of Microsoft Entra ID is named by its tenant', async () => {
    const added = await add('directory', { kind: 'entra', issuerUrl: undefined, tenant })

    expect(added.json).toMatchObject({
      kind: 'entra',
      issuerUrl: `https://login.microsoftonline.com/${tenant}/v2.0`,
      scopes: ['openid', 'email', 'profile', 'User.Read'],
    })
  })

  test('may have no secret, and be on this machine without https', async () => {
    const added = await add('local', { issuerUrl: 'http://localhost:8085/realms/acme' })

    expect(added).toMatchObject({ status: 201, json: { hasSecret: false } })
    expect(await findRowIssuer(registry.app, 'local')).not.toHaveProperty('clientSecret')
  })

  test.each([
    ['plain http', { issuerUrl: 'http://sso.acme.example' }],
    ['another scheme', { issuerUrl: 'ldap://sso.acme.example' }],
    ['a query', { issuerUrl: 'https://sso.acme.example/?tenant=acme' }],
    ['a fragment', { issuerUrl: 'https://sso.acme.example/#acme' }],
    ['a user', { issuerUrl: 'https://acme:secret@sso.acme.example' }],
    ['no address', { issuerUrl: 'sso.acme.example' }],
    ['a name that means something else', { name: 'oidc' }],
    ['a name that is no part of an address', { name: 'Acme SSO' }],
    ['a tenant that is none', { kind: 'entra', issuerUrl: undefined, tenant: 'common' }],
    ['scopes without openid', { scopes: ['email'] }],
    ['a role that there is not', { groupMappings: [{ group: 'a', organization: 'payments', role: 'owner' }] }],
    ['a secret in two lines', { clientSecret: 'one\ntwo' }],
  ])('is refused as malformed with %s', async (_, values) => {
    expect(await add('malformed', values)).toMatchObject({ status: 400, json: { code: 'request-malformed' } })
  })

  test.each([
    ['issuer-missing', { issuerUrl: undefined }],
    ['issuer-missing', { kind: 'entra', tenant }],
    ['issuer-missing', { issuerUrl: undefined, tenant }],
    ['issuer-of-everybody', { issuerUrl: 'https://login.microsoftonline.com/common/v2.0' }],
    ['issuer-of-everybody', { issuerUrl: 'https://LOGIN.microsoftonline.com/Organizations/v2.0' }],
    ['issuer-of-everybody', { kind: 'entra', issuerUrl: 'https://login.microsoftonline.us/consumers/v2.0' }],
    ['issuer-of-everybody', { kind: 'entra', issuerUrl: undefined, tenant: '9188040d-6c67-4c5b-b112-36a304b66dad' }],
    ['issuer-of-everybody', { kind: 'entra', issuerUrl: 'https://login.microsoftonline.com/%63onsumers/v2.0' }],
    ['issuer-of-everybody', { kind: 'entra', issuerUrl: 'https://login.microsoftonline.com//consumers/v2.0' }],
    ['mapping-organization-unknown', { groupMappings: [{ group: 'a', organization: 'nowhere', role: 'viewer' }] }],
  ])('is refused: %s', async (code, values) => {
    const refused = await add('refused', values)

    expect(refused).toMatchObject({ status: 422, json: { code } })
    if (code === 'mapping-organization-unknown') expect(refused.json.detail).toContain('nowhere')
  })

  test('takes no name twice, and what was refused is kept', async () => {
    await add('twice')

    expect(await add('twice')).toMatchObject({ status: 409, json: { code: 'issuer-exists' } })
    expect((await registry.facts('refused')).at(-1)).toMatchObject({
      kind: 'identity_provider.created',
      subject: 'twice',
    })
  })
})

describe('an identity provider of the settings', () => {
  test('comes first in the list', async () => {
    const { items } = (await registry.admin.get(path)).json

    expect(items[0]).toMatchObject({ name: 'oidc', source: 'settings', issuerUrl: idp.url, hasSecret: true })
    expect((await registry.admin.get(`${path}/oidc`)).json).toEqual(items[0])
  })

  test('is changed in the settings alone', async () => {
    const readOnly = { status: 409, json: { code: 'issuer-read-only' } }

    expect(await change('oidc', { enabled: false })).toMatchObject(readOnly)
    expect(await remove('oidc')).toMatchObject(readOnly)
  })
})

describe('changing one', () => {
  test('says what was before and what is now, and of the secret only that it is another', async () => {
    await add('changed', { clientSecret: secret })

    const changed = await change('changed', { clientSecret: 'the next', displayName: 'Acme', groupClaim: 'roles' })

    expect(changed.json).toMatchObject({ displayName: 'Acme', groupClaim: 'roles', clientId: 'cadastre' })
    expect(await findRowIssuer(registry.app, 'changed')).toMatchObject({ clientSecret: 'the next' })
    expect(await lastFact()).toMatchObject({
      kind: 'identity_provider.changed',
      details: {
        before: { displayName: '', groupClaim: 'groups' },
        after: { displayName: 'Acme', groupClaim: 'roles' },
        newSecret: true,
      },
    })
  })

  test('can take its secret away', async () => {
    await add('public', { clientSecret: secret })

    expect((await change('public', { clientSecret: null })).json).toMatchObject({ hasSecret: false })
  })

  test('gives it another issuer only as long as that one means nobody', async () => {
    await add('moving')
    const { id } = await signedInBy('moving')

    const before = await change('moving', { issuerUrl: 'https://moved.example' })
    await vouch('https://moved.example', id)
    const after = await change('moving', { issuerUrl: 'https://else.example' })

    expect(before.json).toMatchObject({ issuerUrl: 'https://moved.example' })
    expect(after).toMatchObject({ status: 409, json: { code: 'issuer-has-people' } })
    expect(await change('moving', { issuerUrl: 'https://moved.example' })).toMatchObject({ status: 200 })
  })

  test('tells a secret to the issuer alone that it was given for', async () => {
    await add('trusted', { clientSecret: secret })

    const moved = await change('trusted', { issuerUrl: 'https://elsewhere.example' })
    const again = await change('trusted', { issuerUrl: 'https://trusted.example', clientSecret: secret })

    expect([moved.json.hasSecret, again.json.hasSecret]).toEqual([false, true])
    expect(await findRowIssuer(registry.app, 'trusted')).toMatchObject({ clientSecret: secret })
  })

  test('is held to the same as adding', async () => {
    await add('held')

    expect(await change('held', { issuerUrl: 'https://login.microsoftonline.com/common/v2.0' })).toMatchObject({
      json: { code: 'issuer-of-everybody' },
    })
    expect(
      await change('held', { groupMappings: [{ group: 'a', organization: 'nowhere', role: 'viewer' }] }),
    ).toMatchObject({ json: { code: 'mapping-organization-unknown' } })
    expect(await change('nobody', {})).toMatchObject({ status: 404, json: { code: 'issuer-not-found' } })
  })

  test('that switches it off ends the sessions that began with it, and no others', async () => {
    await add('off')
    const [inside, other] = [await signedInBy('off'), await signedInBy('elsewhere')]
    const before = await inside.session()

    await change('off', { enabled: false })

    expect([before, await inside.session(), await other.session()]).toEqual([200, 401, 200])
    expect(await findRowIssuer(registry.app, 'off')).toBeUndefined()
  })
})

describe('removing one', () => {
  test('ends the roles that it gave and the sessions that began with it, at once; the account stays', async () => {
    await add('gone', { clientSecret: secret })
    const person = await signedInBy('gone')
    await vouch('https://gone.example', person.id)
    await registry.given.namespace('of-payments', 'private', 'payments')
    const token = await registry.given.key(['modules:read'], { organization: 'payments', owner: person.email })
    const reads = async () => (await registry.as(token).get('/api/v1/namespaces/of-payments')).status
    const before = [await person.session(), await reads()]

    const removed = await remove('gone')

    expect(removed).toMatchObject({ status: 200, json: { name: 'gone' } })
    expect(before).toEqual([200, 200])
    expect([await person.session(), await reads()]).toEqual([401, 404])
    expect(await registry.sql('select 1 from identities where user_id = $1', [person.id])).toEqual([])
    expect((await registry.admin.get(`/api/v1/users/${person.id}`)).json).toMatchObject({ roles: [] })
    expect(await lastFact()).toMatchObject({
      kind: 'identity_provider.deleted',
      details: { issuerUrl: 'https://gone.example', lostRoles: 1, lostSessions: 1 },
    })
    expect(await remove('gone')).toMatchObject({ status: 404 })
  })

  test('leaves roles that were given by hand', async () => {
    await add('beside')
    const { id } = await signedInBy('beside')
    await registry.admin.send('PUT', `/api/v1/organizations/payments/members/${id}`, { roles: ['auditor'] })

    await remove('beside')

    expect((await registry.admin.get(`/api/v1/users/${id}`)).json.roles).toEqual([
      { organization: 'payments', role: 'auditor' },
    ])
  })

  test('leaves whom another one of the same issuer means', async () => {
    await add('one', { issuerUrl: 'https://shared.example' })
    await add('other', { issuerUrl: 'https://shared.example/' })
    const { id } = await signedInBy('one')
    await vouch('https://shared.example', id)
    const known = async () => (await registry.sql('select 1 from identities where user_id = $1', [id])).length

    await remove('one')
    const withOther = await known()
    await remove('other')

    expect([withOther, await known()]).toEqual([1, 0])
  })

  test('is refused while its groups alone make administrators of the platform', async () => {
    await add('makes-admins')
    const { id } = await signedInBy('makes-admins')
    await registry.sql(
      "insert into platform_members (user_id, role, source) values ($1, 'admin', 'issuer:makes-admins')",
      [id],
    )

    const refused = await remove('makes-admins')
    const byHand = await registry.given.user({
      email: 'by-hand@acme.example',
      roles: [{ organization: null, role: 'admin' }],
    })

    expect(refused).toMatchObject({ status: 409, json: { code: 'last-platform-admin' } })
    expect(await remove('makes-admins')).toMatchObject({ status: 200 })
    expect((await registry.admin.get(`/api/v1/users/${byHand.id}`)).json.roles).toHaveLength(1)
  })
})

describe('trying one', () => {
  const tried = async (name: string) => (await registry.admin.send('POST', `${path}/${name}/test`)).json
  const wrong = ({ steps }: { steps: { step: string; ok: boolean; detail: string }[] }) =>
    steps.filter(({ ok }) => !ok).map(({ step, detail }) => `${step}: ${detail}`)

  test('says what it found, step by step', async () => {
    await add('real', { issuerUrl: idp.url })

    const [ofRow, ofSettings] = [await tried('real'), await tried('oidc')]

    expect(wrong(ofRow)).toEqual([])
    expect(ofRow.ok).toBe(true)
    expect(ofRow.steps.map(({ step }: { step: string }) => step)).toEqual([
      'discovery',
      'issuer',
      'endpoints',
      'flow',
      'pkce',
      'signatures',
      'keys',
    ])
    expect(ofSettings).toEqual(ofRow)
  })

  test('says that nothing is there', async () => {
    await add('elsewhere', { issuerUrl: `${idp.url}/no/such/realm` })

    expect(wrong(await tried('elsewhere'))).toEqual([expect.stringMatching(/^discovery: http.* answers with 404\.$/)])
  })

  test('says that it does not answer', async () => {
    await add('silent', { issuerUrl: idp.url })
    idp.isDown = true

    const result = await tried('silent').finally(() => {
      idp.isDown = false
    })

    expect(result.ok).toBe(false)
    expect(wrong(result)).toEqual([expect.stringMatching(/^discovery: .* did not answer/)])
  })

  test('leads into no private network that nobody named, and says which setting would', async () => {
    await add('inside', { issuerUrl: 'https://10.0.0.1' })

    expect(wrong(await tried('inside'))).toEqual([expect.stringContaining('security.egress.allowlist')])
  })
})
