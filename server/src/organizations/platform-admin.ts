/** Makes an administrator of the platform, or lets one in again. Asked for by those alone who prove that the server is theirs. */
import type { Asker } from '../access/asker.ts'
import { record } from '../audit/record.ts'
import { announce } from '../foundation/database/changes.ts'
import type { Tx } from '../foundation/database/database.ts'
import { findMember, replaceRoles } from './member-queries.ts'
import { userTopic } from './user.ts'
import { findUserIdByEmail, insertUser, updateUser } from './user-queries.ts'

/** @param wanted.passwordHash null leaves the password as it is, or makes somebody who signs in elsewhere */
export async function makePlatformAdmin(
  tx: Tx,
  asker: Asker,
  wanted: { email: string; displayName: string; passwordHash: string | null },
): Promise<{ id: string; email: string }> {
  const { email, displayName, passwordHash } = wanted
  const known = await findUserIdByEmail(tx, email)
  const id = known ?? (await insertUser(tx, { ...wanted, createdBy: asker.caller.name }))
  if (known !== undefined) {
    await updateUser(tx, id, {
      disabledAt: null,
      ...(displayName === '' ? {} : { displayName }),
      ...(passwordHash === null ? {} : { passwordHash }),
    })
  }
  const { roles = [] } = (await findMember(tx, 'platform', id)) ?? {}
  const before = roles.filter(({ source }) => source === 'manual').map(({ role }) => role)
  const after = [...new Set([...before, 'admin' as const])]
  await replaceRoles(tx, 'platform', id, after, 'manual')
  await record(tx, { kind: known === undefined ? 'user.created' : 'user.changed', by: asker, subject: email })
  await record(tx, { kind: 'member.changed', by: asker, subject: email, details: { place: 'platform', before, after } })
  await announce(tx, userTopic(id))
  return { id, email }
}
