/** A thread that takes longer to start than its task may take. */
import { setTimeout as pause } from 'node:timers/promises'
import { serveTasks } from '../src/foundation/worker-thread.ts'

await pause(2_500)
const echo = async (input: unknown) => input
serveTasks({ echo, 'echo, loaded late': { load: () => pause(2_500, echo) } })
