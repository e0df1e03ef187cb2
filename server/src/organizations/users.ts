/** Making, changing and removing people. What they did stays in the books. */
import { scopesOfRole } from '@cadastre/contract/roles'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { canGrant, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { hashPassword } from '../foundation/passwords.ts'
import { organizationIn } from './place.ts'
import { lastPlatformAdmin, userNotFound, userStronger, userTopic } from './user.ts'
import {
  deleteUserRow,
  findUser,
  hasOtherPlatformAdmin,
  insertUser,
  isPlatformAdmin,
  lockPlatform,
  lockUser,
  revokeKeysOf,
  type UserRow,
  updateUser,
} from './user-queries.ts'

export async function createUser(
  app: App,
  asker: Asker,
  wanted: { email: string; displayName: string; password: string | null },
): Promise<UserRow> {
  permitInOrganization(asker.caller, 'users:write')
  if (wanted.password) permitInAnothersName(asker.caller)
  const passwordHash = wanted.password === null ? null : await hashPassword(wanted.password)
  return transaction(app.db, async (tx) => {
    const id = await insertUser(tx, { ...wanted, passwordHash, createdBy: asker.caller.name })
    await record(tx, { kind: 'user.created', by: asker, subject: wanted.email })
    return (await findUser(tx, id))!
  })
}

export async function changeUser(
  app: App,
  asker: Asker,
  id: string,
  change: { displayName?: string; disabled?: boolean; password?: string | null },
): Promise<UserRow> {
  // People may call themselves what they like; the rest is for those who look after them.
  const { caller } = asker
  const isNameAlone = change.disabled === undefined && change.password === undefined
  const isOwnName = isNameAlone && caller.kind === 'user' && caller.userId === id
  if (!isOwnName) permitInOrganization(caller, 'users:write')
  if (change.password) permitInAnothersName(caller)
  const passwordHash = change.password ? await hashPassword(change.password) : change.password
  return changing(app, id, async (tx, user) => {
    if (!isNameAlone) refuseStronger(caller, user)
    if (change.disabled && !user.disabledAt) await keepOnePlatformAdmin(tx, id)
    await updateUser(tx, id, {
      displayName: change.displayName,
      passwordHash,
      ...(change.disabled === undefined ? {} : { disabledAt: change.disabled ? new Date(app.clock()) : null }),
    })
    await record(tx, {
      kind: 'user.changed',
      by: asker,
      subject: user.email,
      details: {
        ...(change.displayName === undefined ? {} : { displayName: change.displayName }),
        ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
        ...(passwordHash === undefined ? {} : { password: passwordHash === null ? 'removed' : 'changed' }),
      },
    })
    return (await findUser(tx, id))!
  })
}

/** Their keys are revoked with them; facts keep their name. */
export async function deleteUser(app: App, asker: Asker, id: string): Promise<UserRow> {
  permitInOrganization(asker.caller, 'users:write')
  return changing(app, id, async (tx, user) => {
    refuseStronger(asker.caller, user)
    await keepOnePlatformAdmin(tx, id)
    await lockUser(tx, id)
    const keysRevoked = await revokeKeysOf(tx, id, new Date(app.clock()))
    await deleteUserRow(tx, id)
    await record(tx, { kind: 'user.deleted', by: asker, subject: user.email, details: { keysRevoked } })
    return user
  })
}

async function changing(app: App, id: string, work: (tx: Tx, user: UserRow) => Promise<UserRow>): Promise<UserRow> {
  const user = await transaction(app.db, async (tx) => {
    await lockPlatform(tx)
    const found = await findUser(tx, id)
    if (!found) throw userNotFound(id)
    const changed = await work(tx, found)
    await announce(tx, userTopic(id))
    return changed
  })
  app.changes.apply([userTopic(id)])
  return user
}

/** Whoever knows a password can be its owner from then on, and have what that one is given later, by groups for example. */
const permitInAnothersName = (caller: Caller) => permitInOrganization(caller, 'admin')

async function keepOnePlatformAdmin(tx: Tx, id: string): Promise<void> {
  if ((await isPlatformAdmin(tx, id)) && !(await hasOtherPlatformAdmin(tx, id))) throw lastPlatformAdmin()
}

/** Whoever holds more somewhere is changed by those alone who hold as much there. @throws forbidden */
export function refuseStronger(caller: Caller, { roles }: UserRow): void {
  const beyond = roles.find(({ place, role }) => !canGrant(caller, scopesOfRole[role], organizationIn(place)))
  if (beyond) throw userStronger(beyond.role)
}
