/** Gives somebody the roles of the groups that their issuer says they are in, and takes those of groups that they have left. */
import type { Role } from '@cadastre/contract/roles'
import type { Asker } from '../../access/asker.ts'
import { record } from '../../audit/record.ts'
import type { App } from '../../foundation/app.ts'
import type { Tx } from '../../foundation/database/database.ts'
import { findMember, replaceRoles } from '../../organizations/member-queries.ts'
import type { Place } from '../../organizations/place.ts'
import { findOrganizationId } from '../../organizations/queries.ts'
import { hasOtherPlatformAdmin } from '../../organizations/user-queries.ts'
import type { SignedIn } from '../sessions.ts'
import { rolesOfGroups } from './group-roles.ts'
import { listPlacesOf } from './identity-queries.ts'
import type { Issuer } from './issuer.ts'

export type GroupRoles = { place: Place; name: string; roles: Role[] }[]

/** In every place that the mappings name and that there is. */
export async function groupRoles(app: App, tx: Tx, issuer: Issuer, groups: readonly string[]): Promise<GroupRoles> {
  const found: GroupRoles = []
  for (const [name, roles] of rolesOfGroups(groups, issuer.groupMappings)) {
    const place = name === 'platform' ? name : await findOrganizationId(tx, name)
    if (place !== undefined) found.push({ place, name, roles })
    else
      app.log.warn(
        { issuer: issuer.name, organization: name },
        `a group of ${issuer.name} is to hold a role in the organization ${name}, which is not there`,
      )
  }
  return found
}

/** Needs `lockPlatform`. @returns whether anything has changed */
export async function holdGroupRoles(
  tx: Tx,
  issuer: Issuer,
  user: SignedIn,
  wanted: GroupRoles,
  asker: Asker,
): Promise<boolean> {
  const source = `issuer:${issuer.name}`
  const left = (await listPlacesOf(tx, user.id, source)).filter(({ place }) => !wanted.some((at) => at.place === place))
  let hasChanged = false
  for (const { place, name, roles } of [...wanted, ...left.map((at) => ({ ...at, roles: [] }))]) {
    const held = (await findMember(tx, place, user.id))!.roles
    const before = held.filter((role) => role.source === source).map(({ role }) => role)
    const others = held.filter((role) => role.source !== source).map(({ role }) => role)
    const isLastAdmin = place === 'platform' && (await isLast(tx, user, { before, others, after: roles }))
    const after = (isLastAdmin ? [...roles, 'admin' as const] : roles).filter((role) => !others.includes(role))
    if (isSame(before, after)) continue
    hasChanged = true
    await replaceRoles(tx, place, user.id, after, source)
    await record(tx, {
      kind: 'member.changed',
      by: asker,
      subject: user.email,
      organization: place === 'platform' ? '' : name,
      details: { place: name, issuer: issuer.name, before, after, ...(isLastAdmin && { keptLastAdmin: true }) },
    })
  }
  return hasChanged
}

/** Without an administrator of the platform nobody could make another. */
async function isLast(
  tx: Tx,
  user: SignedIn,
  { before, others, after }: Record<'before' | 'others' | 'after', Role[]>,
): Promise<boolean> {
  const isAdminByGroupAlone = before.includes('admin') && !others.includes('admin')
  return isAdminByGroupAlone && !after.includes('admin') && !(await hasOtherPlatformAdmin(tx, user.id))
}

const isSame = (one: Role[], other: Role[]) => one.length === other.length && one.every((role) => other.includes(role))
