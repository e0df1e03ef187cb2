/** Bad tokens, and made-up cookies, cost their sender: each address has a bucket of them, and an empty bucket is answered with 429. */
import { isIPv6 } from 'node:net'
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import { Refusal } from '../foundation/refusal.ts'

export type AttemptLimit = {
  /** 0 when this address may try a token now */
  secondsToWait(address: string): number
  failed(address: string, error: Error): void
  refusal(seconds: number): Refusal
}

const maxAddresses = 20_000

export function limitAttempts(app: App): AttemptLimit {
  const { enabled, requests_per_minute, burst } = app.config.security.rate_limiting
  const perMs = requests_per_minute / 60_000
  const buckets = boundedMap<{ tokens: number; at: number }>(maxAddresses)

  function fill(address: string) {
    const sender = senderOf(address)
    const bucket = buckets.get(sender) ?? { tokens: burst, at: app.clock() }
    // A clock that was set back takes nothing away.
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, app.clock() - bucket.at) * perMs)
    bucket.at = app.clock()
    buckets.set(sender, bucket)
    return bucket
  }

  return {
    secondsToWait(address) {
      if (!enabled || !buckets.has(senderOf(address))) return 0
      const { tokens } = fill(address)
      return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perMs / 1000))
    },
    failed(address, error) {
      if (!enabled || !(error instanceof Refusal) || error.reason !== 'unauthenticated') return
      const bucket = fill(address)
      // What was sent at once may overdraw, but nobody is shut out for hours: many people can share an address.
      bucket.tokens = Math.max(-burst, bucket.tokens - 1)
    },
    refusal: (seconds) =>
      new Refusal(
        'too-many',
        'too-many-bad-tokens',
        'Too many bad API keys, or cookies of no session, came from this address.',
        `Wait ${seconds} s.`,
        {
          'retry-after': String(seconds),
        },
      ),
  }
}

/** Whoever has one IPv6 address has the other 2^64 of its network too. */
export function senderOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [front = '', back] = address.split('::')
  const groups = front.split(':').filter(Boolean)
  const behind = back?.split(':').filter(Boolean) ?? []
  const whole =
    back === undefined ? groups : [...groups, ...Array(8 - groups.length - behind.length).fill('0'), ...behind]
  return whole.slice(0, 4).join(':')
}
