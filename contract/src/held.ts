/** What somebody holds, by what the registry says of them: which ways are shown depends on it, what may be done is for the API. Pure. */
import type { ScopeName } from './scope-names.ts'

export type Grants = readonly {
  /** its name; `platform`: all of them */
  organization: string
  scopes: readonly ScopeName[]
  namespaces?: readonly string[]
}[]

type OwnedNamespace = { name: string; organization: string }

/** Where something is held, in words: no organization may have the name of the platform. */
export const placeInWords = (organization: string): string =>
  organization === 'platform' ? 'everywhere' : `in ${organization}`

/** Somewhere. */
export const holdsAnywhere = (grants: Grants, scope: ScopeName): boolean =>
  grants.some(({ scopes }) => includes(scopes, scope))

/** In a namespace. */
export const holdsIn = (grants: Grants, scope: ScopeName, { name, organization }: OwnedNamespace): boolean =>
  grants.some(
    (grant) =>
      includes(grant.scopes, scope) &&
      (grant.organization === 'platform' || grant.organization === organization) &&
      (grant.namespaces?.includes(name) ?? true),
  )

/** On the whole platform. */
export const holdsOnPlatform = (grants: Grants, scope: ScopeName): boolean =>
  grants.some(
    ({ organization, scopes, namespaces }) => organization === 'platform' && !namespaces && includes(scopes, scope),
  )

/** The organizations where somebody holds it as such; `all`: on the platform. */
export const organizationsOf = (grants: Grants, scope: ScopeName): string[] | 'all' =>
  holdsOnPlatform(grants, scope)
    ? 'all'
    : grants.filter((grant) => !grant.namespaces && includes(grant.scopes, scope)).map((grant) => grant.organization)

/** `…:write` and `…:manage` include reading the same things; admin includes everything. */
function includes(held: readonly ScopeName[], scope: ScopeName): boolean {
  if (held.includes(scope) || held.includes('admin')) return true
  const [subject, action] = scope.split(':')
  return action === 'read' && held.some((each) => each === `${subject}:write` || each === `${subject}:manage`)
}
