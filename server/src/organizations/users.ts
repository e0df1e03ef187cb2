/** Making, changing and removing people. What they did stays in the books. */
import type { Caller } from '../access/caller.ts'
import { permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { lastPlatformAdmin, userNotFound, userTopic } from './user.ts'
import {
  deleteUserRow,
  findUser,
  hasOtherPlatformAdmin,
  insertUser,
  isPlatformAdmin,
  lockPlatform,
  type UserRow,
  updateUser,
} from './user-queries.ts'

type Request = { caller: Caller; requestId?: string }

export async function createUser(
  app: App,
  { caller, requestId }: Request,
  wanted: { email: string; displayName: string; passwordHash: string | null },
): Promise<UserRow> {
  permitInOrganization(caller, 'users:write')
  return transaction(app.db, async (tx) => {
    const id = await insertUser(tx, { ...wanted, createdBy: caller.name })
    await record(tx, { kind: 'user.created', by: caller, subject: wanted.email, requestId })
    return (await findUser(tx, id))!
  })
}

export async function changeUser(
  app: App,
  request: Request,
  id: string,
  change: { displayName?: string; disabled?: boolean; passwordHash?: string | null },
): Promise<UserRow> {
  const { caller, requestId } = request
  // People may call themselves what they like; the rest is for those who look after them.
  const isOwnName = caller.userId === id && change.disabled === undefined && change.passwordHash === undefined
  if (!isOwnName) permitInOrganization(caller, 'users:write')
  return changing(app, id, async (tx, user) => {
    if (change.disabled && !user.disabledAt) await keepOnePlatformAdmin(tx, id)
    await updateUser(tx, id, {
      displayName: change.displayName,
      passwordHash: change.passwordHash,
      ...(change.disabled === undefined ? {} : { disabledAt: change.disabled ? new Date(app.clock()) : null }),
    })
    await record(tx, {
      kind: 'user.changed',
      by: caller,
      subject: user.email,
      details: {
        ...(change.displayName === undefined ? {} : { displayName: change.displayName }),
        ...(change.disabled === undefined ? {} : { disabled: change.disabled }),
        ...(change.passwordHash === undefined
          ? {}
          : { password: change.passwordHash === null ? 'removed' : 'changed' }),
      },
      requestId,
    })
    return (await findUser(tx, id))!
  })
}

/** Their keys are revoked with them; facts keep their name. */
export async function deleteUser(app: App, { caller, requestId }: Request, id: string): Promise<UserRow> {
  permitInOrganization(caller, 'users:write')
  return changing(app, id, async (tx, user) => {
    await keepOnePlatformAdmin(tx, id)
    await tx
      .updateTable('api_keys')
      .set({ revoked_at: new Date(app.clock()) })
      .where('user_id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
    await deleteUserRow(tx, id)
    await record(tx, { kind: 'user.deleted', by: caller, subject: user.email, requestId })
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

async function keepOnePlatformAdmin(tx: Tx, id: string): Promise<void> {
  if ((await isPlatformAdmin(tx, id)) && !(await hasOtherPlatformAdmin(tx, id))) throw lastPlatformAdmin()
}
