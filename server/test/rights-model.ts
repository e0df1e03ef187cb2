/**
 * Who may do what, written a second time from the rules alone: roles, scopes, owners, visibility. Shares no code with
 * the server, so that a mistake in one shows against the other.
 */
export type Place = string
export type Person = { id: string; email: string; roles: Map<Place, string[]>; disabled: boolean }
export type Space = { name: string; organization: Place; visibility: string }
export type Key = {
  id: string
  token: string
  owner: Person | null
  /** an organization, or `platform` */
  place: Place
  scopes: string[]
  /** empty: everywhere there */
  namespaces: string[]
  /** a person signed in with it on their machine */
  inPerson: boolean
  endsAt: number
  revoked: boolean
  replaced: boolean
}

const scopesOf: Record<string, string[]> = {
  viewer: ['modules:read', 'providers:read', 'mirrors:read', 'organizations:read'],
  publisher: [
    'modules:read',
    'providers:read',
    'mirrors:read',
    'organizations:read',
    'modules:write',
    'providers:write',
  ],
  user_manager: [
    'modules:read',
    'providers:read',
    'mirrors:read',
    'organizations:read',
    'users:write',
    'api_keys:manage',
  ],
  auditor: ['modules:read', 'providers:read', 'mirrors:read', 'organizations:read', 'users:read', 'audit:read'],
  admin: ['admin'],
}

const includes = (held: string[], scope: string) =>
  held.includes('admin') ||
  held.includes(scope) ||
  (scope.endsWith(':read') &&
    (held.includes(scope.replace(':read', ':write')) || held.includes(scope.replace(':read', ':manage'))))

const ownerHolds = (owner: Person | null, scope: string, place: Place) =>
  owner === null ||
  [...owner.roles].some(
    ([where, roles]) =>
      (where === place || where === 'platform') && roles.some((role) => includes(scopesOf[role]!, scope)),
  )

export const isGood = (key: Key, now: number) => !key.revoked && now < key.endsAt && !key.owner?.disabled

/** In a place as such; a key that is limited to namespaces holds nothing there. */
export const holds = (key: Key, scope: string, place: Place, now: number) =>
  key.namespaces.length === 0 && holdsOn(key, scope, { name: '', organization: place, visibility: 'private' }, now)

/** In a namespace. */
export function holdsOn(key: Key, scope: string, space: Space, now: number): boolean {
  return (
    isGood(key, now) &&
    includes(key.scopes, scope) &&
    (key.namespaces.length === 0 || key.namespaces.includes(space.name)) &&
    (key.place === space.organization || key.place === 'platform') &&
    ownerHolds(key.owner, scope, space.organization)
  )
}

export function reads(key: Key, space: Space, now: number): boolean {
  if (!isGood(key, now)) return false
  if (space.visibility === 'public' || holdsOn(key, 'modules:read', space, now)) return true
  if (space.visibility !== 'internal' || !includes(key.scopes, 'modules:read')) return false
  if (key.namespaces.length > 0 && !key.namespaces.includes(space.name)) return false
  // Whoever reads anywhere reads what is internal: of a key of the platform, wherever its owner does.
  const where = key.place === 'platform' && key.owner ? [...key.owner.roles.keys()] : [key.place]
  return where.some((place) => ownerHolds(key.owner, 'modules:read', place))
}

export const writes = (key: Key, space: Space, now: number) => holdsOn(key, 'modules:write', space, now)

const isInPerson = (key: Key, now: number) => isGood(key, now) && key.inPerson && key.owner !== null

const holdsAll = (key: Key, scopes: string[], place: Place, now: number) =>
  scopes.every((scope) => holds(key, scope, place, now))

export const mayCreateKey = (by: Key, scopes: string[], place: Place, now: number) =>
  (isInPerson(by, now) || holds(by, 'api_keys:manage', place, now)) && holdsAll(by, scopes, place, now)

export const mayRevoke = (by: Key, key: Key, now: number) =>
  (isInPerson(by, now) && by.owner === key.owner) || holds(by, 'api_keys:manage', key.place, now)

export const mayRotate = (by: Key, key: Key, now: number) =>
  mayRevoke(by, key, now) &&
  (by.owner === key.owner || holds(by, 'admin', 'platform', now)) &&
  holdsAll(by, key.scopes, key.place, now) &&
  !key.revoked &&
  !key.replaced &&
  now < key.endsAt

export function mayChangeRoles(by: Key, person: Person, place: Place, wanted: string[], now: number): boolean {
  const held = person.roles.get(place) ?? []
  const changed = [...held.filter((role) => !wanted.includes(role)), ...wanted.filter((role) => !held.includes(role))]
  return holds(by, 'users:write', place, now) && changed.every((role) => holdsAll(by, scopesOf[role]!, place, now))
}

export const mayChangeVisibility = (by: Key, space: Space, now: number) =>
  holdsOn(by, 'organizations:write', space, now)

export const mayTransfer = (by: Key, space: Space, to: Place, now: number) =>
  holds(by, 'organizations:write', space.organization, now) && holds(by, 'organizations:write', to, now)
