/** From a code to a key, in one transaction. Whatever is wrong with a request, its code is good for no other. */
import type { Asker } from '../../access/asker.ts'
import { anonymous } from '../../access/caller.ts'
import { record } from '../../audit/record.ts'
import type { App } from '../../foundation/app.ts'
import { type Tx, transaction } from '../../foundation/database/database.ts'
import { lockPlatform } from '../../organizations/user-queries.ts'
import { endKey } from '../api-keys.ts'
import { apiKeyTopic } from '../callers.ts'
import { takeOnce } from '../one-time.ts'
import { findShownKey } from '../queries.ts'
import { findSessionAgain, type SessionRow } from '../session-queries.ts'
import { callerOf } from '../sessions.ts'
import { faultOf, holdCode, markUsed, type TokenRequest } from './codes.ts'
import { addLoginKey } from './login-key.ts'
import { type CodeFault, codeRefused, loginKeysOff } from './refusals.ts'

export type From = { address: string; requestId: string }

type Outcome = { token: string } | { fault: CodeFault | 'unknown'; endedKey?: string }

/** @returns the text of the key, which is said once @throws malformed, forbidden */
export async function exchangeCode(app: App, request: TokenRequest, from: From): Promise<string> {
  if (!app.config.auth.api_keys.enabled) throw loginKeysOff()
  const outcome = await transaction(app.db, (tx) => exchange(tx, app, request, from))
  if ('token' in outcome) return outcome.token
  if (outcome.endedKey) app.changes.apply([apiKeyTopic(outcome.endedKey)])
  throw codeRefused(outcome.fault)
}

async function exchange(tx: Tx, app: App, request: TokenRequest, from: From): Promise<Outcome> {
  const code = await holdCode(tx, request.code, app.clock())
  if (!code) return { fault: 'unknown' }
  if ('keyId' in code) return usedAgain(tx, app, request.code, code.keyId, from)
  // Somebody who is shut out or removed meanwhile takes their keys along.
  await lockPlatform(tx)
  const session = await findSessionAgain(tx, code.sessionId)
  const fault = faultOf(code, request) ?? (isGood(session, app.clock()) ? undefined : 'session')
  if (fault || !session) return refuse(tx, app, request.code, fault ?? 'session', session?.email, from)
  const by = { caller: callerOf(session), ...from }
  const { id, token } = await addLoginKey(tx, app, by, session.userId)
  await markUsed(tx, request.code, { keyId: id }, app.clock())
  return { token }
}

/** Of the client and of somebody else one has stolen the code: nobody can tell which, so neither keeps what came of it. */
async function usedAgain(tx: Tx, app: App, code: string, keyId: string, from: From): Promise<Outcome> {
  const key = await findShownKey(tx, keyId)
  if (key) await endKey(tx, nobody(from), key, { why: 'its code was used twice' })
  return { ...(await refuse(tx, app, code, 'used', key?.owner ?? undefined, from)), endedKey: keyId }
}

async function refuse(
  tx: Tx,
  app: App,
  code: string,
  fault: CodeFault,
  email: string | undefined,
  from: From,
): Promise<{ fault: CodeFault }> {
  await takeOnce(tx, 'code', code, app.clock())
  await record(tx, {
    kind: 'sign_in.refused',
    by: nobody(from),
    subject: email ?? 'an account that is gone',
    details: { via: 'terraform login', why: `code-${fault}` },
    outcome: 'refused',
  })
  return { fault }
}

const nobody = (from: From): Asker => ({ caller: anonymous, ...from })

const isGood = (session: SessionRow | undefined, now: number) =>
  session !== undefined &&
  !session.revokedAt &&
  !session.isDisabled &&
  !session.isOutdated &&
  session.expiresAt.getTime() > now
