/** How often one account may be tried: guessing at it from many addresses is slow, too. Who guesses right pays nothing. */
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import { Refusal } from '../foundation/refusal.ts'

export type AccountLimit = {
  /** Counts an attempt. @throws too-many */
  attempt(account: string): void
  /** It was no guess. */
  succeeded(account: string): void
}

const maxAccounts = 20_000
const burst = 10
const perMinute = 5

/** Accounts that do not exist are counted alike, so that the limit tells nobody which do. */
export function limitAccounts(app: App): AccountLimit {
  const { enabled } = app.config.security.rate_limiting
  const buckets = boundedMap<{ left: number; at: number }>(maxAccounts)

  return {
    attempt(account) {
      if (!enabled) return
      const now = app.clock()
      const { left, at } = buckets.get(account) ?? { left: burst, at: now }
      const filled = Math.min(burst, left + (Math.max(0, now - at) * perMinute) / 60_000)
      if (filled < 1) throw tooManyAttempts(Math.ceil(((1 - filled) * 60) / perMinute))
      buckets.set(account, { left: filled - 1, at: now })
    },
    succeeded: (account) => void buckets.delete(account),
  }
}

const tooManyAttempts = (seconds: number) =>
  new Refusal(
    'too-many',
    'too-many-sign-ins',
    'Too many attempts to sign in with this address.',
    `Wait ${seconds} s.`,
    { 'retry-after': String(seconds) },
  )
