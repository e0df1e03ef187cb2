/** Why an API key opens nothing, and what is said then. Whoever holds its whole text may know: nobody guesses one. */
import { howToSignIn } from '../access/sign-in-hint.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { KeyRights } from './queries.ts'

export type BadTokenCause = 'unknown' | 'revoked' | 'expired' | 'owner' | 'switched off'

/** @returns undefined when it is good: neither revoked nor expired, and its owner may come in */
export function causeAgainst(key: KeyRights | undefined, now: number): BadTokenCause | undefined {
  if (!key) return 'unknown'
  if (key.revokedAt) return 'revoked'
  if (key.expiresAt && key.expiresAt.getTime() <= now) return 'expired'
  return key.isOwnerDisabled ? 'owner' : undefined
}

const says: Record<BadTokenCause, string> = {
  unknown: 'The API key is unknown here: it is mistyped, or that of another registry.',
  revoked: 'The API key was revoked.',
  expired: 'The API key has expired.',
  owner: 'The API key is that of somebody who may not come in any more.',
  'switched off': 'This registry takes no API keys (auth.api_keys.enabled).',
}

export const badToken = (cause: BadTokenCause) =>
  new Refusal('unauthenticated', 'token-invalid', says[cause], howToSignIn)
