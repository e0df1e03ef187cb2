/** Long work beside requests: it steps back every few milliseconds. */
import { setImmediate } from 'node:timers/promises'

export type Pace = () => Promise<void>

const atOnceMs = 4

/** @returns to be awaited between short steps */
export function pace(): Pace {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < atOnceMs) return
    await setImmediate()
    since = performance.now()
  }
}
