/** Giving and taking roles. Nobody gives or takes more than they hold themselves, and one platform admin is always left. */
import { type Role, scopesOfRole } from '@cadastre/contract/roles'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { canGrant } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { findMember, type MemberRow, replaceRoles } from './member-queries.ts'
import { organizationIn, type Place, permittedPlace } from './place.ts'
import { lastPlatformAdmin, rolesExceeded, userNotFound, userTopic } from './user.ts'
import { hasOtherPlatformAdmin, lockPlatform } from './user-queries.ts'

/** @param organization its name, or null for the platform @param roles those given by hand; others come from issuers and stay */
export async function changeRoles(
  app: App,
  asker: Asker,
  organization: string | null,
  userId: string,
  roles: Role[],
): Promise<MemberRow> {
  const { caller } = asker
  const wanted = [...new Set(roles)]
  const changed = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const place = await permittedPlace(tx, caller, 'users:write', organization)
    const before = await findMember(tx, place, userId)
    // Who has nothing here and gets nothing is not shown either.
    if (!before || (before.roles.length === 0 && wanted.length === 0)) throw userNotFound(userId)
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
      by: asker,
      subject: before.email,
      organization: organization ?? '',
      details: { place: organization ?? 'platform', before: held, after: wanted },
    })
    await announce(tx, userTopic(userId))
    return (await findMember(tx, place, userId))!
  })
  app.changes.apply([userTopic(userId)])
  return changed
}

function refuseMoreThanOwn(caller: Caller, place: Place, roles: Role[]): void {
  const beyond = roles.find((role) => !canGrant(caller, scopesOfRole[role], organizationIn(place)))
  if (beyond) throw rolesExceeded(beyond)
}
