/** For the end of what began long ago, such as an upload: key, session, roles or namespace may have changed meanwhile. */
import type { Scope } from '@cadastre/contract/scopes'
import type { Caller } from '../access/caller.ts'
import { permit } from '../access/permit.ts'
import type { Tx } from '../foundation/database/database.ts'
import { findNamespace } from '../organizations/queries.ts'
import { badToken, causeAgainst } from './bad-token.ts'
import { callerOfKey } from './callers.ts'
import { findKeyAgain } from './queries.ts'
import { findSessionAgain } from './session-queries.ts'
import { callerOf, sessionOver } from './sessions.ts'

/** @throws what `permit` throws, and unauthenticated when key or session are no good any more */
export async function confirmRights(
  tx: Tx,
  caller: Caller,
  scope: Scope,
  namespace: string,
  now: number,
): Promise<void> {
  permit(await callerAgain(tx, caller, now), scope, await findNamespace(tx, namespace))
}

async function callerAgain(tx: Tx, caller: Caller, now: number): Promise<Caller> {
  if (caller.kind === 'api-key') {
    const key = await findKeyAgain(tx, caller.id)
    const cause = causeAgainst(key, now)
    if (!key || cause) throw badToken(cause ?? 'unknown')
    return callerOfKey(key)
  }
  if (caller.sessionId === undefined) return caller
  const session = await findSessionAgain(tx, caller.sessionId)
  if (!session || session.revokedAt || session.isDisabled || session.isOutdated || session.expiresAt.getTime() <= now)
    throw sessionOver()
  return callerOf(session)
}
