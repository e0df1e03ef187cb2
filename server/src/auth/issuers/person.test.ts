/** What claims say of a person: who counts as verified, and as a member of what. */
import { describe, expect, test } from 'vitest'
import { type Claims, joined } from './claims.ts'
import { overageAddress } from './entra.ts'
import { rolesOfGroups } from './group-roles.ts'
import type { GroupMapping, Issuer } from './issuer.ts'
import { lacksSomething, personOf } from './person.ts'

const issuer = (kind: Issuer['kind'], groupMappings: GroupMapping[] = []): Issuer => ({
  name: 'acme',
  kind,
  displayName: 'Acme',
  issuerUrl: 'https://login.acme.example',
  clientId: 'cadastre',
  scopes: ['openid'],
  groupClaim: 'groups',
  groupMappings,
  source: 'settings',
})
const devs: GroupMapping = { group: 'devs', organization: 'acme', role: 'publisher' }

test.each<[kind: Issuer['kind'], says: Claims, email: string | undefined, isVerified: boolean]>([
  ['oidc', {}, undefined, false],
  ['oidc', { email: 'Ann@Acme.example', email_verified: true }, 'ann@acme.example', true],
  ['oidc', { email: 'ann@acme.example', email_verified: 'true' }, 'ann@acme.example', true],
  ['oidc', { email: 'ann@acme.example', email_verified: 'yes' }, 'ann@acme.example', false],
  ['oidc', { email: 'ann@acme.example', email_verified: 1 }, 'ann@acme.example', false],
  ['oidc', { email: 'ann@acme.example' }, 'ann@acme.example', false],
  ['oidc', { email: 'ann', email_verified: true }, undefined, false],
  ['oidc', { email: ['ann@acme.example'], email_verified: true }, undefined, false],
  ['oidc', { email: 'a\u0000nn@acme.example', email_verified: true }, undefined, false],
  ['oidc', { upn: 'ann@acme.example', preferred_username: 'ann@acme.example' }, undefined, false],
  ['oidc', { email: 'ann@acme.example', xms_edov: true }, 'ann@acme.example', false],
  ['entra', { email: 'ann@acme.example', email_verified: true }, 'ann@acme.example', true],
  ['entra', { email: 'ann@acme.example', xms_edov: true, upn: 'a1@acme.example' }, 'ann@acme.example', true],
  ['entra', { email: 'ann@acme.example', xms_edov: '1' }, 'ann@acme.example', true],
  ['entra', { email: 'ann@acme.example', xms_edov: false, upn: 'a1@acme.example' }, 'a1@acme.example', true],
  ['entra', { email: 'ann@acme.example', upn: 'a1@acme.example' }, 'a1@acme.example', true],
  ['entra', { upn: 'a1@acme.example', preferred_username: 'b2@acme.example' }, 'a1@acme.example', true],
  ['entra', { preferred_username: 'a1@acme.example' }, 'a1@acme.example', true],
  ['entra', { email: 'ann@acme.example' }, 'ann@acme.example', false],
  [
    'entra',
    { preferred_username: 'guest@home.example', idp: 'https://sts.windows.net/x/' },
    'guest@home.example',
    false,
  ],
  ['entra', { email: 'boss@acme.example', upn: 'g@home.example', acct: 1 }, 'boss@acme.example', false],
  ['entra', { upn: 'guest_home.example#EXT#@acme.onmicrosoft.com' }, undefined, false],
  ['entra', { preferred_username: '+49 30 1234' }, undefined, false],
])('%s: %o is %s, verified %s', (kind, says, email, isVerified) => {
  expect(personOf(issuer(kind), { sub: 's', ...says })).toMatchObject({ subject: 's', email, isVerified })
})

test.each<[unknown, string[]]>([
  [undefined, []],
  [null, []],
  ['devs', ['devs']],
  ['', []],
  [
    ['devs', 'ops', 'devs'],
    ['devs', 'ops'],
  ],
  [['devs', 7, null, {}, ['ops']], ['devs']],
  [{ devs: true }, []],
  [true, []],
])('groups %o are %o', (groups, read) => {
  expect(personOf(issuer('oidc'), { sub: 's', groups }).groups).toEqual(read)
})

test.each<[Claims, string]>([
  [{ name: ' Ann ' }, 'Ann'],
  [{ name: 'a\nb' }, ''],
  [{ name: 'x'.repeat(200) }, ''],
  [{ name: 7 }, ''],
  [{}, ''],
])('of %o the name is %j', (claims, name) => {
  expect(personOf(issuer('oidc'), { sub: 's', ...claims }).displayName).toBe(name)
})

test.each<[Issuer, Claims, boolean]>([
  [issuer('oidc'), { email: 'ann@acme.example' }, false],
  [issuer('oidc'), {}, true],
  [issuer('oidc', [devs]), { email: 'ann@acme.example' }, true],
  [issuer('oidc', [devs]), { email: 'ann@acme.example', groups: [] }, false],
  [issuer('entra', [devs]), { upn: 'ann@acme.example' }, false],
  [issuer('entra'), {}, true],
])('the userinfo endpoint is asked when something is missing (%#)', (of, claims, asked) => {
  expect(lacksSomething(of, { sub: 's', ...claims })).toBe(asked)
})

test.each<[token: Claims, userinfo: Claims, whole: Claims]>([
  [{ sub: 's' }, { email: 'a@b.example', email_verified: true }, { email: 'a@b.example', email_verified: true }],
  [{ email: 'a@b.example' }, { email: 'a@b.example', email_verified: true }, { email_verified: true }],
  [
    { email: 'a@b.example' },
    { email: 'c@d.example', email_verified: true },
    { email: 'a@b.example', email_verified: undefined },
  ],
  [
    { email_verified: true, xms_edov: true },
    { email: 'c@d.example', email_verified: false, xms_edov: false },
    { email: 'c@d.example', email_verified: false, xms_edov: false },
  ],
  [{ email: 'a@b.example' }, { email: 'c@d.example', xms_edov: true }, { email: 'a@b.example', xms_edov: undefined }],
  [
    { email: 'a@b.example', email_verified: false },
    { email: 'a@b.example', email_verified: true },
    { email_verified: false },
  ],
])('%o goes before %o', (token, userinfo, whole) => {
  expect(joined(token, userinfo)).toMatchObject(whole)
})

describe('groups give roles', () => {
  const mappings: GroupMapping[] = [
    devs,
    { group: 'leads', organization: 'acme', role: 'admin' },
    { group: 'ops', organization: 'platform', role: 'admin' },
    { group: 'everybody', organization: 'acme', role: 'publisher' },
  ]

  test.each<[string[], Record<string, string[]>]>([
    [[], { acme: [], platform: [] }],
    [['unknown', 'Devs'], { acme: [], platform: [] }],
    [['devs'], { acme: ['publisher'], platform: [] }],
    [['devs', 'everybody'], { acme: ['publisher'], platform: [] }],
    [['ops', 'leads', 'devs'], { acme: ['publisher', 'admin'], platform: ['admin'] }],
  ])('%o: %o', (groups, roles) => {
    expect(Object.fromEntries(rolesOfGroups(groups, mappings))).toEqual(roles)
  })
})

test.each<[unknown, string | undefined]>([
  ['https://graph.windows.net/t/users/o/getMemberObjects', 'https://graph.microsoft.com/v1.0/me/getMemberObjects'],
  ['https://graph.microsoftazure.us/t/users/o/getMemberObjects', 'https://graph.microsoft.us/v1.0/me/getMemberObjects'],
  [
    'https://graph.microsoft.com/v1.0/users/o/getMemberObjects',
    'https://graph.microsoft.com/v1.0/users/o/getMemberObjects',
  ],
  ['not an address', undefined],
  [7, undefined],
  [undefined, undefined],
])('groups that are kept at %o are asked for at %s', (endpoint, address) => {
  expect(overageAddress({ _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint } } })).toBe(address)
})

test.each<Claims>([
  {},
  { _claim_names: 'x' },
  { _claim_names: { roles: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x' } } },
])('%o keeps no groups elsewhere', (claims) => {
  expect(overageAddress(claims)).toBeUndefined()
})
