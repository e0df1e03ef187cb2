/** How fast another registry is asked: so many requests a second, so many at once, and none while it wants to be left alone. */
import { setTimeout } from 'node:timers/promises'

export type Throttle = {
  run<T>(work: () => Promise<T>): Promise<T>
  /** Nothing begins before this time has passed. */
  hold(ms: number): void
}

export function throttle({ perSecond, atOnce }: { perSecond: number; atOnce: number }): Throttle {
  const gapMs = 1000 / perSecond
  const waiting: (() => void)[] = []
  let [running, nextAt, heldUntil] = [0, 0, 0]

  async function takePlace(): Promise<void> {
    if (running < atOnce) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** Whoever leaves hands the place on. */
  function leavePlace(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  async function takeTurn(): Promise<void> {
    const at = Math.max(performance.now(), nextAt)
    nextAt = at + gapMs
    for (let until = at; ; until = heldUntil) {
      const ms = until - performance.now()
      if (ms > 0) await setTimeout(ms)
      if (heldUntil <= performance.now()) return
    }
  }

  return {
    async run(work) {
      await takePlace()
      try {
        await takeTurn()
        return await work()
      } finally {
        leavePlace()
      }
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, performance.now() + ms)
    },
  }
}
