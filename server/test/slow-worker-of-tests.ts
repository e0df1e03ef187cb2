/** A thread that takes longer to start than its task may take. */
import { setTimeout as pause } from 'node:timers/promises'
import { serveTasks } from '../src/foundation/worker-thread.ts'

await pause(2_500)
serveTasks({ echo: async (input: unknown) => input })
