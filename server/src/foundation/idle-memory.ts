/**
 * Gives memory back while nothing happens. Work makes V8's young generation as large as it may become, 31 MB of nothing, and
 * a process that has stopped working neither collects its garbage nor makes that smaller.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** V8 makes it smaller only when little was allocated in the last five seconds. */
const quietMs = 6_000
/** Of one core: what answers a few requests a second is not kept waiting for this. */
const idleShare = 0.05
const largeBytes = 4 * 1024 * 1024
/** The first may come too soon after what was allocated. What then stays as large as it was has a reason to. */
const maxTries = 3

/** Watches this process for as long as it lives. */
export function giveMemoryBackWhenIdle(): void {
  let before = process.cpuUsage()
  let tries = 0
  setInterval(() => {
    const { user, system } = process.cpuUsage(before)
    if (user + system > idleShare * quietMs * 1_000) tries = 0
    else if (tries < maxTries && youngGeneration() > largeBytes) {
      tries += 1
      collectGarbage()
    }
    before = process.cpuUsage()
  }, quietMs).unref()
}

const youngGeneration = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: (options?: { type: 'minor' }) => void = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  // V8 takes what was allocated since the last collection for all it knows: the first one tells the second of the silence.
  collect({ type: 'minor' })
  collect()
}
