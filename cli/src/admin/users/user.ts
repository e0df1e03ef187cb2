/** A person, named by e-mail address or id, and how one is shown. */
import type { components } from '@cadastre/contract/openapi.gen'
import { exit, Failure } from '../../exit.ts'
import { answered, type Registry } from '../../registry.ts'
import type { Cell } from '../../report.ts'

export type User = components['schemas']['User']

/** @param named e-mail address or id @throws Failure when there is nobody of that name whom the caller may see */
export async function findUser({ api }: Registry, named: string): Promise<User> {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named)) {
    return answered(api.GET('/api/v1/users/{id}', { params: { path: { id: named } } }))
  }
  const { items } = await answered(api.GET('/api/v1/users', { params: { query: { email: named, limit: 1 } } }))
  if (items[0]) return items[0]
  throw new Failure(
    exit.notFound,
    'user-not-found',
    `There is nobody with the address ${named} whom you may see.`,
    'See those whom you may: cadastre admin users list',
  )
}

export const userColumns = ['id', 'e-mail', 'called', 'state', 'password', 'roles', 'last seen']

export const userRow = (user: User): Cell[] => [
  user.id,
  user.email,
  user.displayName,
  stateOf(user),
  user.hasPassword ? 'yes' : 'no',
  rolesText(user),
  user.lastSeenAt,
]

export const stateOf = ({ disabled }: User) => (disabled ? 'disabled' : 'active')

/** `acme:viewer,platform:auditor` */
export const rolesText = ({ roles }: User) => roles.map(({ organization, role }) => `${organization}:${role}`).join(',')
