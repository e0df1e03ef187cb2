/** Bad tokens and their price, by a clock that stands still until it is moved. */
import { expect, test } from 'vitest'
import type { App } from '../foundation/app.ts'
import { Refusal } from '../foundation/refusal.ts'
import { limitAttempts } from './attempts.ts'

const badToken = new Refusal('unauthenticated', 'token-invalid', 'No.')

function attempts({ enabled = true, requests_per_minute = 60, burst = 3 } = {}) {
  let now = Date.UTC(2030, 0, 1)
  const app = { config: { security: { rate_limiting: { enabled, requests_per_minute, burst } } }, clock: () => now }
  const limit = limitAttempts(app as unknown as App)
  return {
    ...limit,
    later: (ms: number) => {
      now += ms
    },
    fail: (times = 1, address = 'a', error: Error = badToken) => {
      for (let time = 0; time < times; time++) limit.failed(address, error)
    },
  }
}

test('nobody waits before a first bad token', () => {
  expect(attempts().secondsToWait('a')).toBe(0)
})

test('the burst may be used up at once, and then it is one every so often', () => {
  const limit = attempts()
  const waits = Array.from({ length: 5 }, () => {
    const wait = limit.secondsToWait('a')
    if (wait === 0) limit.fail()
    return wait
  })

  expect(waits).toEqual([0, 0, 0, 1, 1])
  limit.later(1000)
  expect(limit.secondsToWait('a')).toBe(0)
  limit.fail()
  expect(limit.secondsToWait('a')).toBe(1)
})

test('whoever waits as long as they are told may try again', () => {
  const limit = attempts({ requests_per_minute: 7, burst: 2 })
  limit.fail(4)
  const wait = limit.secondsToWait('a')

  limit.later((wait - 1) * 1000)
  expect(limit.secondsToWait('a')).toBeGreaterThan(0)
  limit.later(1000)
  expect(limit.secondsToWait('a')).toBe(0)
})

test('a bucket never holds more than the burst', () => {
  const limit = attempts({ burst: 2 })
  limit.fail()
  limit.later(24 * 60 * 60 * 1000)
  limit.fail(2)

  expect(limit.secondsToWait('a')).toBe(1)
})

test('many bad tokens at once overdraw the bucket by no more than another burst', () => {
  const limit = attempts({ requests_per_minute: 60, burst: 10 })
  limit.fail(10_000)

  expect(limit.secondsToWait('a')).toBe(11)
})

test('a clock that is set back shuts nobody out', () => {
  const limit = attempts()
  limit.fail()
  limit.later(-60 * 60 * 1000)

  expect(limit.secondsToWait('a')).toBe(0)
  limit.fail(2)
  expect(limit.secondsToWait('a')).toBe(1)
})

test('addresses pay for themselves alone', () => {
  const limit = attempts()
  limit.fail(9, 'a')

  expect(limit.secondsToWait('b')).toBe(0)
})

test('only bad tokens cost', () => {
  const limit = attempts()
  limit.fail(9, 'a', new Refusal('unavailable', 'database-lost', 'Later.'))
  limit.fail(9, 'a', new Refusal('forbidden', 'scope-needed', 'No.'))
  limit.fail(9, 'a', new Error('a fault'))

  expect(limit.secondsToWait('a')).toBe(0)
})

test('it can be switched off', () => {
  const limit = attempts({ enabled: false })
  limit.fail(100)

  expect(limit.secondsToWait('a')).toBe(0)
})

test('the refusal says how long to wait, to people and to programs', () => {
  expect(attempts().refusal(7)).toMatchObject({
    reason: 'too-many',
    code: 'too-many-bad-tokens',
    hint: 'Wait 7 s.',
    headers: { 'retry-after': '7' },
  })
})

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:db8::1', '2001:db8:0:0:1::1', true],
  ['::ffff:10.0.0.1', '::ffff:10.0.0.2', false],
  ['10.0.0.1', '10.0.0.2', false],
])('%s and %s share a bucket: %s', (one, other, shared) => {
  const limit = attempts({ burst: 1 })
  limit.fail(1, one)

  expect(limit.secondsToWait(other) > 0).toBe(shared)
})
