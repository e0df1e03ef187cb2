/** Long work beside requests: it steps back every few milliseconds. */
import { setImmediate } from 'node:timers/promises'

/** Undefined while it is not yet time to step back. */
export type Pace = () => Promise<void> | undefined

const atOnceMs = 4

/** @returns to be asked between short steps, and waited for when there is something to wait for */
export function pace(): Pace {
  let since = performance.now()
  return () => (performance.now() - since < atOnceMs ? undefined : rest())

  async function rest() {
    await setImmediate()
    since = performance.now()
  }
}
