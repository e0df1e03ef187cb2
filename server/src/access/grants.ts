/** What roles amount to, and what is left of a key's rights when its owner holds fewer. Pure. */
import { type Role, scopesOfRole } from '@cadastre/contract/roles'
import { scopes as allScopes, type Scope } from '@cadastre/contract/scopes'
import type { Grant } from './caller.ts'

/** A role somewhere: in an organization (by its id), or on the platform. */
export type Membership = { organization: string; role: Role }

export function grantsOfRoles(memberships: readonly Membership[]): Grant[] {
  const byPlace = new Map<string, Set<Scope>>()
  for (const { organization, role } of memberships) {
    const held = byPlace.get(organization) ?? new Set()
    for (const scope of scopesOfRole[role]) held.add(scope)
    byPlace.set(organization, held)
  }
  return [...byPlace].map(([organization, held]) => ({ organization, scopes: [...held] }))
}

/**
 * The rights that both hold: a key never does more than its owner may at the time of use. Where one of two places is the
 * platform, the other, narrower one counts; whoever is limited to namespaces stays so.
 */
export function commonGrants(ofKey: readonly Grant[], ofOwner: readonly Grant[]): Grant[] {
  return ofKey.flatMap((key) =>
    ofOwner.flatMap((owner) => {
      const organization = commonPlace(key.organization, owner.organization)
      const scopes = commonScopes(key.scopes, owner.scopes)
      const namespaces = commonNamespaces(key.namespaces, owner.namespaces)
      return organization && scopes.length > 0 ? [{ organization, scopes, ...(namespaces && { namespaces }) }] : []
    }),
  )
}

function commonPlace(a: string, b: string): string | undefined {
  if (a === b || b === 'platform') return a
  return a === 'platform' ? b : undefined
}

function commonNamespaces(a: Grant['namespaces'], b: Grant['namespaces']): Grant['namespaces'] {
  return a && b ? a.filter((name) => b.includes(name)) : (a ?? b)
}

function commonScopes(a: readonly Scope[], b: readonly Scope[]): Scope[] {
  if (a.includes('admin')) return [...b]
  if (b.includes('admin')) return [...a]
  return allScopes.filter((scope) => includesScope(a, scope) && includesScope(b, scope))
}

/** `…:write` and `…:manage` include reading the same things; admin includes everything. */
export function includesScope(held: readonly Scope[], wanted: Scope): boolean {
  if (held.includes(wanted) || held.includes('admin')) return true
  const [subject, action] = wanted.split(':')
  return action === 'read' && held.some((scope) => scope === `${subject}:write` || scope === `${subject}:manage`)
}
