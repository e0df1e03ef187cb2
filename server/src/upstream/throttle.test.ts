/** How other registries are asked: not too many questions at once, and none while they want none. */
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { inOrder } from './in-order.ts'
import { waitAsked } from './retry-after.ts'
import { throttle } from './throttle.ts'

describe('a throttle', () => {
  test('lets so many work at once, and the next when one is through, also by a failure', async () => {
    const { run } = throttle({ perSecond: 1_000_000, atOnce: 3 })
    let [running, most] = [0, 0]
    const work = async (fails: boolean) => {
      running += 1
      most = Math.max(most, running)
      await setTimeout(20)
      running -= 1
      if (fails) throw new Error('no')
    }

    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => run(() => work(index % 4 === 0))))

    expect(most).toBe(3)
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(5)
  })

  test('begins so many in a second, one after the other', async () => {
    const { run } = throttle({ perSecond: 100, atOnce: 50 })
    const begun: number[] = []

    await Promise.all(Array.from({ length: 6 }, () => run(async () => void begun.push(performance.now()))))

    // A timer may fire a millisecond early.
    expect(begun.at(-1)! - begun[0]!).toBeGreaterThanOrEqual(45)
  })

  test('begins nothing while it is held', async () => {
    const { run, hold } = throttle({ perSecond: 1000, atOnce: 5 })
    const heldAt = performance.now()
    hold(60)

    const begun = await Promise.all([1, 2, 3].map(() => run(async () => performance.now())))

    for (const at of begun) expect(at - heldAt).toBeGreaterThanOrEqual(59)
  })
})

describe('how long a server wants not to be asked', () => {
  const now = Date.UTC(2026, 0, 1, 12)
  const second = now / 1000

  test.each([
    [{}, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 12:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'later' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '1e9' }, undefined],
    [{ 'x-ratelimit-reset': String(second + 30) }, 30_000],
    [{ 'x-ratelimit-reset': '30' }, 30_000],
    [{ 'x-ratelimit-reset': '0.5', 'x-ratelimit-remaining': '0' }, 500],
    [{ 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '7' }, undefined],
    [{ 'x-ratelimit-reset': 'soon' }, undefined],
    [{ 'retry-after': '1', 'x-ratelimit-reset': '30' }, 1000],
  ])('%j is %s milliseconds', (headers, ms) => {
    expect(waitAsked(new Headers(headers as Record<string, string>), now)).toBe(ms)
  })
})

describe('several things at once', () => {
  async function* upTo(count: number, fails = false) {
    for (let index = 0; index < count; index += 1) yield index
    if (fails) throw new Error('no more')
  }

  test('come in their order, however long each takes', async () => {
    const done: number[] = []

    const work = async (item: number) => {
      for (let turn = 0; turn < (item * 7) % 5; turn += 1) await new Promise(setImmediate)
      return item
    }
    for await (const item of inOrder(upTo(20), 4, work)) done.push(item)

    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index))
  })

  test('come all before the failure that ends them is told', async () => {
    const done: number[] = []

    const all = async () => {
      for await (const item of inOrder(upTo(6, true), 4, async (item) => item)) done.push(item)
    }

    await expect(all()).rejects.toThrow('no more')
    expect(done).toEqual([0, 1, 2, 3, 4, 5])
  })
})
