/** What a caller may do, decided without a database. The order of the answers is the rule: what may not be read does not exist. */
import type { Scope } from '@cadastre/contract/scopes'
import { Refusal } from '../foundation/refusal.ts'
import { type Caller, type Grant, isInPerson } from './caller.ts'
import { includesScope } from './grants.ts'
import { howToSignIn } from './sign-in-hint.ts'

export type Visibility = 'private' | 'internal' | 'public'

/** What deciding needs to know of a namespace. */
export type NamespaceRights = { name: string; organizationId: string; visibility: Visibility }

/** The scopes that what is public, or internal, gives away. */
export const readScopes = ['modules:read', 'providers:read', 'mirrors:read'] as const
type ReadScope = (typeof readScopes)[number]
const isReadScope = (scope: Scope): scope is ReadScope => readScopes.some((known) => known === scope)

/**
 * Returns when the caller may; throws the refusal that they get when not.
 * @param namespace absent when there is none of that name: it reads like a private one
 * @throws unauthenticated (anonymous), not-found (unreadable or absent), forbidden (readable, but not for this)
 */
export function permit(caller: Caller, scope: Scope, namespace: NamespaceRights | undefined): asserts namespace {
  if (namespace && may(caller, scope, namespace)) return
  if (caller.kind === 'anonymous') throw signInNeeded()
  if (!namespace || !canRead(caller, namespace)) throw namespaceNotFound()
  throw scopeNeeded(caller, scope, namespace.name)
}

/** For what belongs to an organization, or to the platform when `organizationId` is absent. */
export function permitInOrganization(caller: Caller, scope: Scope, organizationId?: string): void {
  if (mayInOrganization(caller, scope, organizationId)) return
  if (caller.kind === 'anonymous') throw signInNeeded()
  throw scopeNeeded(caller, scope)
}

/** The bare rule of it. A caller who is limited to namespaces holds nothing in the organization as such. */
export function mayInOrganization(caller: Caller, scope: Scope, organizationId?: string): boolean {
  return caller.grants.some(
    (grant) => covers(grant, organizationId) && !grant.namespaces && includesScope(grant.scopes, scope),
  )
}

/** The same rule for the inside of a query that lists: ids of the organizations, or null for all of them. */
export function organizationsWith(caller: Caller, scope: Scope): string[] | null {
  const held = caller.grants.filter((grant) => !grant.namespaces && includesScope(grant.scopes, scope))
  return held.some(({ organization }) => organization === 'platform') ? null : held.map((grant) => grant.organization)
}

/** For what names its namespace later: refuses who holds the scope in none. */
export function permitSomewhere(caller: Caller, scope: Scope): void {
  if (caller.grants.some((grant) => includesScope(grant.scopes, scope))) return
  if (caller.kind === 'anonymous') throw signInNeeded()
  throw scopeNeeded(caller, scope)
}

/** True when the caller may see that the namespace is there. */
export function canRead(caller: Caller, namespace: NamespaceRights): boolean {
  return readScopes.some((scope) => may(caller, scope, namespace))
}

/** The same rule as `may`, for the inside of a query that lists or searches: what is public, and what one of these says. */
export type ReadableNamespaces = {
  everything: boolean
  /** whatever is internal */
  internal: boolean
  /** whatever is in these organizations */
  organizationIds: string[]
  /** of a caller who is limited to namespaces: these, when they are internal or in this organization (null: in any) */
  named: { organizationId: string | null; names: readonly string[] }[]
}

/** What a listing with `scope` may show; a key that is limited to namespaces sees those, and what is public. */
export function readableNamespaces(caller: Caller, scope: ReadScope): ReadableNamespaces {
  const internal = caller.grants.some((grant) => !grant.namespaces && includesScope(grant.scopes, scope))
  return { ...heldNamespaces(caller, scope), internal }
}

/** Where a scope is held, for the inside of a query: what anybody may read, or whoever is signed in, is not among it. */
export type HeldNamespaces = Omit<ReadableNamespaces, 'internal'>

export function heldNamespaces(caller: Caller, scope: Scope): HeldNamespaces {
  const grants = caller.grants.filter((grant) => includesScope(grant.scopes, scope))
  const unlimited = grants.filter((grant) => !grant.namespaces)
  return {
    everything: unlimited.some((grant) => grant.organization === 'platform'),
    organizationIds: unlimited.map((grant) => grant.organization).filter((id) => id !== 'platform'),
    named: grants.flatMap(({ organization, namespaces: names }) =>
      names ? [{ organizationId: organization === 'platform' ? null : organization, names }] : [],
    ),
  }
}

/** A key never holds more than the one who makes it. */
export function canGrant(caller: Caller, scopes: readonly Scope[], organizationId: string | undefined): boolean {
  const own = caller.grants.filter((grant) => covers(grant, organizationId) && !grant.namespaces)
  return scopes.every((scope) => own.some((grant) => includesScope(grant.scopes, scope)))
}

/** The bare rule, for what is shown differently to different callers. */
export function may(caller: Caller, scope: Scope, namespace: NamespaceRights): boolean {
  const reading = isReadScope(scope)
  if (reading && namespace.visibility === 'public') return true
  return caller.grants.some(
    (grant) =>
      includesScope(grant.scopes, scope) &&
      (!grant.namespaces || grant.namespaces.includes(namespace.name)) &&
      (covers(grant, namespace.organizationId) || (reading && namespace.visibility === 'internal')),
  )
}

const covers = (grant: Grant, organizationId: string | undefined) =>
  grant.organization === 'platform' || (organizationId !== undefined && grant.organization === organizationId)

function signInNeeded(): Refusal {
  return new Refusal(
    'unauthenticated',
    'sign-in-needed',
    'You are not signed in to this registry, or it has nothing public at this address.',
    howToSignIn,
  )
}

export const namespaceNotFound = () =>
  new Refusal(
    'not-found',
    'not-found',
    'There is nothing here that you may read.',
    'Check the address, and whether your key may read that namespace.',
  )

function scopeNeeded(caller: Caller, scope: Scope, namespace?: string): Refusal {
  const needed = `This needs the scope ${scope}${namespace ? ` in namespace ${namespace}` : ''}`
  const [message, hint] = isInPerson(caller)
    ? [`${needed}, which you do not hold.`, 'Ask an administrator of this registry for a role with that scope.']
    : [`${needed}, which this key does not hold.`, 'Ask an administrator of this registry for a key with that scope.']
  return new Refusal('forbidden', 'scope-needed', message, hint)
}
