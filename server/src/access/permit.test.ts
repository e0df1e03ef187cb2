/** Who may do what, and what they are told when they may not. */
import { type Scope, scopes } from '@cadastre/contract/scopes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal, statusOf } from '../foundation/refusal.ts'
import { anonymous, type Caller, type Grant, system } from './caller.ts'
import {
  canGrant,
  canRead,
  may,
  type NamespaceRights,
  permit,
  permitInOrganization,
  type ReadableNamespaces,
  readableNamespaces,
  readScopes,
  type Visibility,
} from './permit.ts'

const keyWith = (...grants: Grant[]): Caller => ({ kind: 'api-key', id: '1', name: 'a key', grants })
const inAcme = (...scopes: Scope[]) => keyWith({ organization: 'acme', scopes })
const callers = {
  anonymous,
  'a key without scopes': inAcme(),
  'a reader': inAcme('modules:read'),
  'a publisher': inAcme('modules:write'),
  'a reader of providers': inAcme('providers:read'),
  'a keeper of users': inAcme('users:write'),
  'an admin of acme': inAcme('admin'),
  'a publisher elsewhere': keyWith({ organization: 'other', scopes: ['modules:write'] }),
  'a platform reader': keyWith({ organization: 'platform', scopes: ['modules:read'] }),
  'a platform admin': keyWith({ organization: 'platform', scopes: ['admin'] }),
  'a publisher of vpc': keyWith({ organization: 'acme', scopes: ['modules:write'], namespaces: ['vpc'] }),
  'a publisher of dns': keyWith({ organization: 'acme', scopes: ['modules:write'], namespaces: ['dns'] }),
  'a platform publisher of vpc': keyWith({ organization: 'platform', scopes: ['modules:write'], namespaces: ['vpc'] }),
  'a platform admin of dns': keyWith({ organization: 'platform', scopes: ['admin'], namespaces: ['dns'] }),
  'a key limited to nothing': keyWith({ organization: 'acme', scopes: ['admin'], namespaces: [] }),
  system,
}

const vpc = (visibility: Visibility): NamespaceRights => ({ name: 'vpc', organizationId: 'acme', visibility })

/** 200, or the status of the refusal. */
function statusFor(ask: () => void): number {
  try {
    ask()
    return 200
  } catch (error) {
    if (error instanceof Refusal) return statusOf[error.reason]
    throw error
  }
}

type Row = [caller: keyof typeof callers, read: number[], write: number[]]

// Of the namespace vpc, which belongs to acme: private, internal, public, and one that is not there.
test.each<Row>([
  ['anonymous', [401, 401, 200, 401], [401, 401, 401, 401]],
  ['a key without scopes', [404, 404, 200, 404], [404, 404, 403, 404]],
  ['a reader', [200, 200, 200, 404], [403, 403, 403, 404]],
  ['a publisher', [200, 200, 200, 404], [200, 200, 200, 404]],
  ['a reader of providers', [403, 403, 200, 404], [403, 403, 403, 404]],
  ['a keeper of users', [404, 404, 200, 404], [404, 404, 403, 404]],
  ['an admin of acme', [200, 200, 200, 404], [200, 200, 200, 404]],
  ['a publisher elsewhere', [404, 200, 200, 404], [404, 403, 403, 404]],
  ['a platform reader', [200, 200, 200, 404], [403, 403, 403, 404]],
  ['a platform admin', [200, 200, 200, 404], [200, 200, 200, 404]],
  ['a publisher of vpc', [200, 200, 200, 404], [200, 200, 200, 404]],
  ['a publisher of dns', [404, 404, 200, 404], [404, 404, 403, 404]],
  ['a platform publisher of vpc', [200, 200, 200, 404], [200, 200, 200, 404]],
  ['a platform admin of dns', [404, 404, 200, 404], [404, 404, 403, 404]],
  ['a key limited to nothing', [404, 404, 200, 404], [404, 404, 403, 404]],
  ['system', [200, 200, 200, 404], [200, 200, 200, 404]],
])('%s may read %j and write %j', (caller, read, write) => {
  const namespaces = [vpc('private'), vpc('internal'), vpc('public'), undefined]
  const statuses = (scope: Scope) =>
    namespaces.map((namespace) => statusFor(() => permit(callers[caller], scope, namespace)))

  expect(statuses('modules:read')).toEqual(read)
  expect(statuses('modules:write')).toEqual(write)
})

test.each<[caller: keyof typeof callers, own: number, other: number, platform: number]>([
  ['anonymous', 401, 401, 401],
  ['a reader', 403, 403, 403],
  ['a keeper of users', 200, 403, 403],
  ['an admin of acme', 200, 403, 403],
  ['a platform reader', 403, 403, 403],
  ['a platform admin', 200, 200, 200],
  ['a platform admin of dns', 403, 403, 403],
  ['a key limited to nothing', 403, 403, 403],
])('%s is answered %i in acme, %i in another organization, %i for the platform', (caller, ...expected) => {
  const statuses = ['acme', 'other', undefined].map((organization) =>
    statusFor(() => permitInOrganization(callers[caller], 'users:read', organization)),
  )

  expect(statuses).toEqual(expected)
})

test.each<[held: Scope, wanted: Scope, enough: boolean]>([
  ['modules:write', 'modules:read', true],
  ['mirrors:manage', 'mirrors:read', true],
  ['scm:manage', 'scm:read', true],
  ['users:write', 'users:read', true],
  ['modules:read', 'modules:write', false],
  ['modules:write', 'providers:read', false],
  ['providers:write', 'modules:write', false],
  ['mirrors:read', 'mirrors:manage', false],
  ['api_keys:manage', 'admin', false],
  ['admin', 'audit:read', true],
  ['admin', 'admin', true],
])('%s for %s is enough: %s', (held, wanted, enough) => {
  expect(may(inAcme(held), wanted, vpc('private'))).toBe(enough)
})

test('the refusal of what is readable names the missing scope and the namespace; that of what is not names nothing', () => {
  expect(() => permit(callers['a reader'], 'modules:write', vpc('private'))).toThrow(/modules:write in namespace vpc/)
  expect(() => permit(callers['a publisher elsewhere'], 'modules:write', vpc('private'))).toThrow(/^(?!.*vpc)/)
})

test.each<[caller: keyof typeof callers, scopes: Scope[], organization: string | undefined, granted: boolean]>([
  ['a publisher', ['modules:read', 'modules:write'], 'acme', true],
  ['a publisher', ['providers:read'], 'acme', false],
  ['a publisher', ['modules:read'], 'other', false],
  ['a publisher', ['modules:read'], undefined, false],
  ['a publisher of vpc', ['modules:read'], 'acme', false],
  ['an admin of acme', ['admin', 'audit:read'], 'acme', true],
  ['an admin of acme', ['modules:read'], undefined, false],
  ['a platform admin', ['admin'], undefined, true],
  ['a platform admin', ['admin'], 'acme', true],
  ['a platform admin of dns', ['modules:read'], undefined, false],
  ['anonymous', ['modules:read'], 'acme', false],
])('%s making a key with %j in %s: %s', (caller, scopes, organization, granted) => {
  expect(canGrant(callers[caller], scopes, organization)).toBe(granted)
})

const name = fc.constantFrom('vpc', 'dns', 'net')
const organization = fc.constantFrom('acme', 'other')
const grant = fc.record<Grant>(
  {
    organization: fc.oneof(organization, fc.constant('platform')),
    scopes: fc.uniqueArray(fc.constantFrom(...scopes), { maxLength: 3 }),
    namespaces: fc.uniqueArray(name, { maxLength: 2 }),
  },
  { requiredKeys: ['organization', 'scopes'] },
)
const caller = fc.oneof(
  fc.constant(anonymous),
  fc.array(grant, { maxLength: 3 }).map((grants) => keyWith(...grants)),
)
const namespace = fc.record<NamespaceRights>({
  name,
  organizationId: organization,
  visibility: fc.constantFrom('private', 'internal', 'public'),
})

test('a list shows exactly what could be read one by one', () => {
  fc.assert(
    fc.property(caller, namespace, fc.constantFrom(...readScopes), (caller, namespace, scope) => {
      const shown = isListed(readableNamespaces(caller, scope), namespace)

      expect(shown).toBe(statusFor(() => permit(caller, scope, namespace)) === 200)
    }),
    { numRuns: 5000 },
  )
})

test('what cannot be read is answered as if it were not there, whatever is asked', () => {
  fc.assert(
    fc.property(caller, namespace, fc.constantFrom(...scopes), (caller, namespace, scope) => {
      const [there, absent] = [namespace, undefined].map((one) => statusFor(() => permit(caller, scope, one)))

      if (!canRead(caller, namespace) && !may(caller, scope, namespace)) expect(there).toBe(absent)
      else expect(there).toBeOneOf([200, caller.kind === 'anonymous' ? 401 : 403])
    }),
    { numRuns: 2000 },
  )
})

test('somebody in person is told of a role, and a program of a key', () => {
  const inPerson: Caller = { ...inAcme('modules:read'), kind: 'user', userId: '1', sessionId: '2' }
  const hintFor = (caller: Caller) => {
    try {
      permit(caller, 'modules:write', vpc('private'))
    } catch (error) {
      return (error as Refusal).hintAt('')
    }
  }

  expect([hintFor(inPerson), hintFor(inAcme('modules:read'))]).toEqual([
    expect.stringContaining('for a role with that scope'),
    expect.stringContaining('for a key with that scope'),
  ])
})

test('nobody can give away what they do not hold', () => {
  const wanted = fc.uniqueArray(fc.constantFrom(...scopes), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(caller, wanted, organization, namespace, (caller, scopes, organization, namespace) => {
      fc.pre(canGrant(caller, scopes, organization))
      const child = keyWith({ organization, scopes })

      for (const scope of scopes) {
        if (may(child, scope, namespace)) expect(may(caller, scope, namespace)).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})

/** What a query makes of it. */
function isListed(readable: ReadableNamespaces, { name, organizationId, visibility }: NamespaceRights): boolean {
  return (
    visibility === 'public' ||
    readable.everything ||
    (readable.internal && visibility === 'internal') ||
    readable.organizationIds.includes(organizationId) ||
    readable.named.some(
      (of) =>
        of.names.includes(name) &&
        (of.organizationId === null || visibility === 'internal' || of.organizationId === organizationId),
    )
  )
}
