/** Watches a process while it works: its memory, and when which of its threads were busy. */
import { setTimeout } from 'node:timers/promises'
import { cpuOfProcess, rssMb, spent } from './processes.ts'

const everyMs = 10

/** `at` as `Date.now()` tells it; `cpu` in nanoseconds by thread. */
export type Sample = { at: number; rssMb: number; cpu: Map<string, number> }

export async function watched<Result>(pid: number, work: () => Promise<Result>) {
  const samples: Sample[] = []
  const sample = () => samples.push({ at: Date.now(), rssMb: rssMb(pid), cpu: cpuOfProcess(pid) })
  let isOver = false
  sample()
  const watching = (async () => {
    for (; !isOver; await setTimeout(everyMs)) sample()
  })()
  const result = await work().finally(() => {
    isOver = true
  })
  await watching
  sample()
  return { result, samples }
}

export const rssGrowth = (samples: Sample[]) => Math.max(...samples.map((each) => each.rssMb)) - samples[0]!.rssMb

/** From the first to the last moment at which one of these threads worked. */
export function busySpan(samples: Sample[], threads: Set<string>): { from: Sample; to: Sample } {
  const cpuOf = ({ cpu }: Sample) => [...threads].reduce((sum, thread) => sum + (cpu.get(thread) ?? 0), 0)
  const [first, last] = [cpuOf(samples[0]!) + idleNs, cpuOf(samples.at(-1)!) - idleNs]
  const from = samples.findLast((sample) => cpuOf(sample) <= first) ?? samples[0]!
  const to = samples.find((sample) => cpuOf(sample) >= last) ?? samples.at(-1)!
  return { from, to }
}

// Waking up and going to sleep again is no work.
const idleNs = 2_000_000

export const spentBetween = (from: Sample, to: Sample) => spent(from.cpu, to.cpu)
