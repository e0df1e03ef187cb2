/**
 * Reading a whole registry makes V8's young generation as large as it may become, 30 MB of nothing, and an idle process
 * never collects its garbage. So it is asked to, once it has nothing else to do.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8 makes it smaller only when little was allocated in the last five seconds. */
const quietMs = 6_000
/** Of one core. */
const idleShare = 0.1

/** @returns to be called when there is something to collect; of one that is busy all the time nothing comes */
export function collectingWhenIdle(): () => void {
  let watching: NodeJS.Timeout | undefined

  function watch() {
    const before = process.cpuUsage()
    watching = setTimeout(() => {
      watching = undefined
      const { user, system } = process.cpuUsage(before)
      if (user + system < idleShare * quietMs * 1_000) collectGarbage()
      else watch()
    }, quietMs).unref()
  }

  return () => {
    if (!watching) watch()
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  collect()
}
