/** A worker whose tasks misbehave in every way that the pool has to survive. */
import { Refusal } from '../src/foundation/refusal.ts'
import { serveTasks } from '../src/foundation/worker-thread.ts'

serveTasks({
  echo: async (input: unknown) => input,
  refuse: async () => {
    throw new Refusal('conflict', 'no-thanks', 'No, thank you.', 'Ask again.', { 'retry-after': '1' })
  },
  fail: async () => {
    throw new TypeError('a mistake in the task')
  },
  crash: () => new Promise(() => setImmediate(() => nowhere())),
  exit: async () => process.exit(3),
  spin: async () => {
    for (;;);
  },
  wait: () => new Promise(() => setInterval(() => {}, 1000)),
  'fill memory': async () => {
    const kept: string[][] = []
    for (;;) kept.push(Array.from({ length: 1000 }, (_, index) => `${index}${kept.length}`))
  },
})

function nowhere(): never {
  throw new Error('outside of any promise')
}
