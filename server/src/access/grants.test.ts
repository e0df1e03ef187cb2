/** What roles amount to, and what is left of a key's rights when its owner holds fewer. */
import { type Role, roles } from '@cadastre/contract/roles'
import { type Scope, scopes } from '@cadastre/contract/scopes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grant } from './caller.ts'
import { commonGrants, grantsOfRoles, includesScope } from './grants.ts'
import { may, mayInOrganization, type NamespaceRights } from './permit.ts'

const viewer: Scope[] = ['modules:read', 'providers:read', 'mirrors:read', 'organizations:read']

test.each<[Role, Scope[]]>([
  ['viewer', viewer],
  ['publisher', [...viewer, 'modules:write', 'providers:write']],
  ['mirror_manager', [...viewer, 'mirrors:manage']],
  ['user_manager', [...viewer, 'users:write', 'api_keys:manage']],
  ['auditor', [...viewer, 'users:read', 'audit:read']],
  ['admin', ['admin']],
])('a %s holds %j', (role, held) => {
  expect(grantsOfRoles([{ organization: 'acme', role }])).toEqual([{ organization: 'acme', scopes: held }])
})

test('several roles in one place are one grant, and those of two places two', () => {
  const grants = grantsOfRoles([
    { organization: 'acme', role: 'publisher' },
    { organization: 'platform', role: 'viewer' },
    { organization: 'acme', role: 'auditor' },
  ])

  expect(grants.map(({ organization }) => organization)).toEqual(['acme', 'platform'])
  expect(new Set(grants[0]!.scopes)).toEqual(
    new Set([...viewer, 'modules:write', 'providers:write', 'users:read', 'audit:read']),
  )
  expect(grantsOfRoles([])).toEqual([])
})

const inAcme = (...held: Scope[]): Grant => ({ organization: 'acme', scopes: held })
const onPlatform = (...held: Scope[]): Grant => ({ organization: 'platform', scopes: held })

test.each<[what: string, key: Grant[], owner: Grant[], common: Grant[]]>([
  ['the same', [inAcme('modules:read')], [inAcme('modules:read')], [inAcme('modules:read')]],
  ['an owner without roles', [inAcme('admin')], [], []],
  ['another organization', [inAcme('modules:read')], [{ organization: 'other', scopes: ['modules:read'] }], []],
  [
    'a key of everything, an owner of one place',
    [onPlatform('admin')],
    [inAcme('modules:read')],
    [inAcme('modules:read')],
  ],
  [
    'a key of one place, an owner of everything',
    [inAcme('modules:write')],
    [onPlatform('admin')],
    [inAcme('modules:write')],
  ],
  [
    'writing, of which the owner only reads',
    [inAcme('modules:write')],
    [inAcme('modules:read')],
    [inAcme('modules:read')],
  ],
  ['reading, where the owner writes', [inAcme('modules:read')], [inAcme('modules:write')], [inAcme('modules:read')]],
  ['nothing in common', [inAcme('modules:write')], [inAcme('providers:write')], []],
  ['both administrators', [onPlatform('admin')], [onPlatform('admin')], [onPlatform('admin')]],
  [
    'an owner of two places',
    [onPlatform('modules:read')],
    [inAcme('modules:read'), { organization: 'other', scopes: ['admin'] }],
    [inAcme('modules:read'), { organization: 'other', scopes: ['modules:read'] }],
  ],
  [
    'a key that is limited to namespaces',
    [{ ...onPlatform('admin'), namespaces: ['vpc'] }],
    [inAcme('modules:read')],
    [{ ...inAcme('modules:read'), namespaces: ['vpc'] }],
  ],
  [
    'a key that is limited to none',
    [{ ...inAcme('admin'), namespaces: [] }],
    [inAcme('admin')],
    [{ ...inAcme('admin'), namespaces: [] }],
  ],
])('%s', (_what, key, owner, common) => {
  expect(commonGrants(key, owner)).toEqual(common)
})

const names = ['vpc', 'dns', 'net']
const places = ['acme', 'other']
const grant = fc.record<Grant>(
  {
    organization: fc.constantFrom(...places, 'platform'),
    scopes: fc.uniqueArray(fc.constantFrom(...scopes), { maxLength: 4 }),
    namespaces: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
  },
  { requiredKeys: ['organization', 'scopes'] },
)
const grants = fc.array(grant, { maxLength: 3 })
const ofRoles = fc
  .array(fc.record({ organization: fc.constantFrom(...places, 'platform'), role: fc.constantFrom(...roles) }), {
    maxLength: 3,
  })
  .map(grantsOfRoles)

/** Everything that these grants allow, spelled out: in each private namespace, and in each organization as such. */
function allowed(held: readonly Grant[]): Set<string> {
  const caller = { kind: 'api-key', id: '', name: '', grants: held } as const
  const found = new Set<string>()
  for (const scope of scopes) {
    for (const place of [...places, undefined])
      if (mayInOrganization(caller, scope, place)) found.add(`${scope} in ${place ?? 'platform'}`)
    for (const organizationId of places) {
      for (const name of names) {
        const namespace: NamespaceRights = { name, organizationId, visibility: 'private' }
        if (may(caller, scope, namespace)) found.add(`${scope} in ${organizationId}/${name}`)
        if (may(caller, scope, { ...namespace, visibility: 'internal' }))
          found.add(`${scope} internal ${organizationId}/${name}`)
      }
    }
  }
  return found
}
const withoutInternal = (rights: Set<string>) => new Set([...rights].filter((right) => !right.includes('internal')))
const both = (a: Set<string>, b: Set<string>) => new Set([...a].filter((right) => b.has(right)))
const isWithin = (inner: Set<string>, outer: Set<string>) => [...inner].every((right) => outer.has(right))
const runs = { numRuns: 700 }

test('common rights hold nothing that either side lacks, also where everybody who is signed in reads', () => {
  fc.assert(
    fc.property(grants, fc.oneof(grants, ofRoles), (key, owner) => {
      const common = allowed(commonGrants(key, owner))

      expect(isWithin(common, allowed(key)) && isWithin(common, allowed(owner))).toBe(true)
    }),
    runs,
  )
})

test('common rights hold everything that both sides do, but for reading what is internal by two unlike places', () => {
  fc.assert(
    fc.property(grants, grants, (a, b) => {
      const common = withoutInternal(allowed(commonGrants(a, b)))

      expect(common).toEqual(withoutInternal(both(allowed(a), allowed(b))))
    }),
    runs,
  )
})

test('common rights are the same in whatever order, and with oneself what one had', () => {
  fc.assert(
    fc.property(grants, grants, grants, (a, b, c) => {
      expect(allowed(commonGrants(a, b))).toEqual(allowed(commonGrants(b, a)))
      expect(allowed(commonGrants(commonGrants(a, b), c))).toEqual(allowed(commonGrants(a, commonGrants(b, c))))
      expect(allowed(commonGrants(a, a))).toEqual(allowed(a))
    }),
    runs,
  )
})

test('whoever is given more never may less', () => {
  fc.assert(
    fc.property(grants, grants, grants, (key, owner, more) => {
      const before = allowed(commonGrants(key, owner))

      expect(isWithin(before, allowed(commonGrants(key, [...owner, ...more])))).toBe(true)
      expect(isWithin(before, allowed(commonGrants([...key, ...more], owner)))).toBe(true)
    }),
    runs,
  )
})

test('a key that is limited to namespaces stays so, whatever its owner is given', () => {
  fc.assert(
    fc.property(grant, ofRoles, (key, owner) => {
      for (const common of commonGrants([key], owner)) expect(common.namespaces).toEqual(key.namespaces)
    }),
    runs,
  )
})

test('whoever may write may read the same', () => {
  for (const scope of scopes) {
    const [subject, action] = scope.split(':')
    const reading = scopes.find((other) => other === `${subject}:read`)
    if (!reading || action === 'read') continue
    expect(includesScope([scope], reading)).toBe(true)
    expect(includesScope([reading], scope)).toBe(false)
  }
})
