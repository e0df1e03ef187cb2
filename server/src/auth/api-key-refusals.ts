/** What is said when a key cannot be made, replaced or found. */
import { Refusal } from '../foundation/refusal.ts'

export const apiKeyNotFound = (id: string) =>
  new Refusal('not-found', 'api-key-not-found', `There is no API key ${id}.`)

export const moreThanOwn = () =>
  new Refusal('forbidden', 'scopes-exceeded', 'A key cannot hold scopes that the key which makes it does not hold.')

export const alreadyExpired = () =>
  new Refusal('invalid', 'expiry-past', 'The expiry lies in the past.', 'Give a time to come, or none.')

/** Also of a key without an end. */
export const livesTooLong = (maxAgeMs: number, now: number) =>
  new Refusal(
    'invalid',
    'expiry-too-late',
    `Keys of this registry live for ${spanText(maxAgeMs)} at most (auth.api_keys.max_age).`,
    `Give an expiry, ${new Date(now + maxAgeMs).toISOString()} at the latest.`,
  )

export const keyEnded = (key: { id: string; revokedAt: Date | null; replacedBy: string | null }) =>
  new Refusal(
    'conflict',
    'api-key-ended',
    `The API key ${key.id} ${whyEnded(key)}, so nothing takes its place.`,
    key.replacedBy ? `Rotate the key that replaced it: ${key.replacedBy}.` : 'Make a new one: cadastre token create',
  )

function whyEnded({ revokedAt, replacedBy }: { revokedAt: Date | null; replacedBy: string | null }): string {
  if (revokedAt) return 'is revoked'
  return replacedBy ? 'was replaced already' : 'has expired'
}

export const ownerUnknown = (who: string) =>
  new Refusal('invalid', 'owner-unknown', `Nobody here has the address ${who}.`, 'See cadastre admin users list.')

export const ownerDisabled = (email: string) =>
  new Refusal('invalid', 'owner-disabled', `${email} may not come in now, so a key of theirs would open nothing.`)

function spanText(ms: number): string {
  const [amount, unit] = ms % 86_400_000 === 0 ? [ms / 86_400_000, 'day'] : [Math.round(ms / 36_000) / 100, 'hour']
  return amount === 1 ? `a${unit === 'hour' ? 'n' : ''} ${unit}` : `${amount} ${unit}s`
}
