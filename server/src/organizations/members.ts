/** Giving and taking roles. Nobody gives or takes more than they hold themselves, and one platform admin is always left. */
import { type Role, scopesOfRole } from '@cadastre/contract/roles'
import type { Caller } from '../access/caller.ts'
import { canGrant, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { findMember, type MemberRow, type Place, replaceRoles } from './member-queries.ts'
import { organizationNotFound } from './namespace.ts'
import { findOrganizationId } from './queries.ts'
import { lastPlatformAdmin, rolesExceeded, userNotFound, userTopic } from './user.ts'
import { hasOtherPlatformAdmin, lockPlatform } from './user-queries.ts'

type Request = { caller: Caller; requestId?: string }

/** @param organization its name, or null for the platform @throws forbidden, not-found */
export async function permittedPlace(
  app: App,
  caller: Caller,
  scope: 'users:read' | 'users:write',
  organization: string | null,
): Promise<Place> {
  const id = organization === null ? undefined : await findOrganizationId(app.db, organization)
  permitInOrganization(caller, scope, id)
  if (organization !== null && !id) throw organizationNotFound(organization)
  return id ?? 'platform'
}

/** @param organization its name, or null for the platform @param roles those given by hand; others come from issuers and stay */
export async function changeRoles(
  app: App,
  { caller, requestId }: Request,
  organization: string | null,
  userId: string,
  roles: Role[],
): Promise<MemberRow> {
  const place = await permittedPlace(app, caller, 'users:write', organization)
  const wanted = [...new Set(roles)]
  const changed = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const before = await findMember(tx, place, userId)
    if (!before) throw userNotFound(userId)
    const held = before.roles.filter(({ source }) => source === 'manual').map(({ role }) => role)
    refuseMoreThanOwn(caller, place, [
      ...wanted.filter((role) => !held.includes(role)),
      ...held.filter((role) => !wanted.includes(role)),
    ])
    const losesAdmin = place === 'platform' && held.includes('admin') && !wanted.includes('admin')
    if (losesAdmin && !(await hasOtherPlatformAdmin(tx, userId))) throw lastPlatformAdmin()
    await replaceRoles(tx, place, userId, wanted, 'manual')
    await record(tx, {
      kind: 'member.changed',
      by: caller,
      subject: before.email,
      organization: organization ?? '',
      details: { place: organization ?? 'platform', before: held, after: wanted },
      requestId,
    })
    await announce(tx, userTopic(userId))
    return (await findMember(tx, place, userId))!
  })
  app.changes.apply([userTopic(userId)])
  return changed
}

function refuseMoreThanOwn(caller: Caller, place: Place, roles: Role[]): void {
  const organizationId = place === 'platform' ? undefined : place
  const beyond = roles.find((role) => !canGrant(caller, scopesOfRole[role], organizationId))
  if (beyond) throw rolesExceeded(beyond)
}
