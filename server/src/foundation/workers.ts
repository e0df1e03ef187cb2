/** A small pool of threads for work that would hold up every request: each task has a deadline and a memory limit. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Log } from './log.ts'
import { Refusal } from './refusal.ts'
import type { TaskAnswer, TaskBegun, TaskMessage } from './worker-thread.ts'

export type Workers = {
  /**
   * @param options.deadlineMs counted from when a thread, which may have to be started first, begins the task
   * @param options.overspent the refusal of a task that needs more time or memory than it may have
   * @throws Refusal as thrown by the task's function
   */
  run<Result>(task: string, input: unknown, options: RunOptions): Promise<Result>
  close(): Promise<void>
}

type RunOptions = { deadlineMs: number; overspent?: Refusal }
type Job = TaskMessage & RunOptions & { resolve(result: unknown): void; reject(error: unknown): void; again?: boolean }
type Slot = { worker?: Worker; busy: boolean }
type Outcome = TaskAnswer | 'overspent' | 'not begun'

export type WorkersOptions = {
  log: Log
  size?: number
  memoryMb?: number
  /** for a thread to start and to load what a task runs; one that needs more is replaced, and the task tried once again */
  startMs?: number
  /** the file that calls `serveTasks` */
  file?: URL
}

// One thread keeps a small machine responsive; more than two would only queue at its disk.
const defaultSize = () => Math.max(1, Math.min(2, availableParallelism() - 1))

export function createWorkers({
  log,
  size = defaultSize(),
  memoryMb = 192,
  startMs = 60_000,
  file = workerFile(),
}: WorkersOptions): Workers {
  const slots: Slot[] = Array.from({ length: size }, () => ({ busy: false }))
  const waiting: Job[] = []
  let closed = false

  function takeNext(): void {
    const slot = slots.find(({ busy }) => !busy)
    const job = slot && waiting.shift()
    if (job) perform(slot, job).catch(job.reject).finally(takeNext)
  }

  async function perform(slot: Slot, job: Job): Promise<void> {
    slot.busy = true
    try {
      slot.worker ??= startWorker(slot)
      const outcome = await outcomeOf(slot.worker, job, startMs)
      if (typeof outcome === 'string' || 'fault' in outcome) await discard(slot)
      if (closed) throw stopping()
      if (outcome === 'not begun') {
        log.warn({ task: job.task, startMs }, 'a thread did not begin its task in time and was ended')
        if (job.again) throw notBegun()
        waiting.unshift({ ...job, again: true })
        return
      }
      if (outcome === 'overspent') {
        log.warn(
          { task: job.task, deadlineMs: job.deadlineMs, memoryMb },
          'a task was stopped: over its time or memory',
        )
        throw job.overspent ?? overspent()
      }
      if ('fault' in outcome) throw outcome.fault
      if ('refusal' in outcome) throw refusalAgain(outcome.refusal)
      job.resolve(outcome.result)
    } finally {
      slot.busy = false
    }
  }

  function startWorker(slot: Slot): Worker {
    const worker = startThread(file, memoryMb)
    const forget = () => {
      if (slot.worker === worker) slot.worker = undefined
    }
    return worker.on('error', forget).on('exit', forget)
  }

  return {
    run<Result>(task: string, input: unknown, options: RunOptions) {
      if (closed) return Promise.reject(stopping())
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ task, input, ...options, resolve: resolve as Job['resolve'], reject })
        takeNext()
      })
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(stopping())
      await Promise.all(slots.map(discard))
    },
  }
}

function outcomeOf(worker: Worker, { task, input, deadlineMs }: Job, startMs: number): Promise<Outcome> {
  // Only work under way keeps the process alive, an idle thread does not.
  worker.ref()
  return new Promise<Outcome>((resolve) => {
    let deadline = setTimeout(() => settle('not begun'), startMs)
    const onMessage = (message: TaskBegun | TaskAnswer) => {
      if (message !== 'begun') return settle(message)
      clearTimeout(deadline)
      deadline = setTimeout(() => settle('overspent'), deadlineMs)
    }
    const onError = (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'overspent' : { fault: error })
    const onExit = () => settle({ fault: new Error(`The worker thread ended in the middle of ${task}.`) })
    function settle(outcome: Outcome) {
      clearTimeout(deadline)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref()
      resolve(outcome)
    }
    worker.on('message', onMessage).once('error', onError).once('exit', onExit)
    worker.postMessage({ task, input } satisfies TaskMessage)
  })
}

async function discard(slot: Slot): Promise<void> {
  await slot.worker?.terminate()
  slot.worker = undefined
}

/** From sources `server/src/worker.ts`; from the bundle the `worker.cjs` beside it. */
const workerFile = () => new URL(fromSources(import.meta.url) ? '../worker.ts' : 'worker.cjs', import.meta.url)

const fromSources = (file: string) => file.endsWith('.ts')

function startThread(file: URL, memoryMb: number): Worker {
  const options = { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 } }
  if (!fromSources(file.href)) return new Worker(file, options)
  return new Worker(new URL('worker-from-sources.mjs', import.meta.url), {
    ...options,
    workerData: { file: file.href },
  })
}

const refusalAgain = ({ reason, code, message, hint, headers }: Extract<TaskAnswer, { refusal: unknown }>['refusal']) =>
  new Refusal(reason, code, message, hint, headers)

const overspent = () =>
  new Refusal(
    'invalid',
    'too-expensive',
    'Checking this takes more time or memory than the registry gives to one upload.',
  )

const notBegun = () =>
  new Refusal(
    'unavailable',
    'worker-not-started',
    'The registry is too busy to begin this: twice no thread was ready for it in time.',
    'Try again in a few minutes.',
  )

const stopping = () => new Refusal('unavailable', 'stopping', 'The registry is stopping. Try again in a moment.')
