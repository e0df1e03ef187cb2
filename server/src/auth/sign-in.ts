/** Signing in with a password. Whoever may not is told the same, after the same work, whatever the reason is. */
import type { App } from '../foundation/app.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { verifyPassword } from '../foundation/passwords.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { AccountLimit } from './account-limit.ts'
import type { RefusedSignIns } from './refused-sign-ins.ts'
import { findAccount, isAccountAsItWas } from './session-queries.ts'
import { createSession, revokeOwnSession, type SignedIn, sessionTopic } from './sessions.ts'

export type From = {
  address: string
  /** what the browser calls itself */
  client: string
  requestId: string
  /** Of the session that this browser had before, which ends. */
  sessionId?: string
}

export type NewSession = {
  /** for the cookie; it is said once */
  token: string
  expiresAt: Date
}

export type Guards = { accounts: AccountLimit; refused: RefusedSignIns }

/** @returns the token for the cookie @throws unauthenticated, too-many */
export async function signInWithPassword(
  app: App,
  { accounts, refused }: Guards,
  { email, password }: { email: string; password: string },
  from: From,
): Promise<NewSession> {
  if (!app.config.auth.local.enabled) throw localOff()
  try {
    accounts.attempt(email)
  } catch (tooMany) {
    refused.again(email)
    throw tooMany
  }
  const account = await findAccount(app.db, email)
  const fits = await verifyPassword(account?.passwordHash ?? null, password)
  if (!account || !fits || account.isDisabled) {
    const why = !account ? 'unknown' : fits ? 'disabled' : 'password'
    refused.note({ account: account?.email ?? '', why, address: from.address, requestId: from.requestId })
    throw signInRefused()
  }
  accounts.succeeded(email)
  const session = await transaction(app.db, (tx) => signIn(tx, app, account, 'password', from, account.passwordHash!))
  app.changes.apply(endedBy(from))
  return session
}

/** Topics of what a sign-in ends, to be told once it has happened. */
export const endedBy = ({ sessionId }: From): string[] => (sessionId ? [sessionTopic(sessionId)] : [])

/**
 * A new session of somebody whose word is proven: never one that the browser brought along.
 * @param issuer who proved it @param passwordHash when it is this password that did
 */
export async function signIn(
  tx: Tx,
  app: App,
  user: SignedIn,
  issuer: string,
  from: From,
  passwordHash?: string,
): Promise<NewSession> {
  if (!(await isAccountAsItWas(tx, user.id, passwordHash))) throw signInRefused()
  if (from.sessionId) await revokeOwnSession(tx, from.sessionId)
  return createSession(tx, app, user, { issuer, ...from })
}

const signInRefused = () =>
  new Refusal(
    'unauthenticated',
    'sign-in-refused',
    'E-mail and password do not belong together, or this account may not sign in.',
    'Check both. An administrator can set a new password.',
  )

const localOff = () =>
  new Refusal('forbidden', 'passwords-off', 'This registry takes no passwords.', 'Sign in with your identity provider.')
