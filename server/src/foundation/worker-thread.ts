/** The worker's side of `workers.ts`: takes one task at a time, runs its function, answers with the result or the no. */
import { parentPort } from 'node:worker_threads'
import { Refusal } from './refusal.ts'

export type TaskMessage = { task: string; input: unknown }

/**
 * Said once per task, before its answer: what a thread needs to start and to load what it runs, above all on a busy
 * machine, is no time of the task.
 */
export type TaskBegun = 'begun'

export type TaskAnswer =
  | { result: unknown }
  | { refusal: Pick<Refusal, 'reason' | 'code' | 'message' | 'hint' | 'headers'> }
  | { fault: unknown }

/** Pure but for files: paths come in, paths go out. `never` lets the table hold functions of different inputs. */
export type Tasks = Record<string, Run | { load(): Promise<Run> }>
type Run = (input: never) => unknown

export function serveTasks(tasks: Tasks): void {
  parentPort!.on('message', async (message: TaskMessage) => {
    parentPort!.postMessage(await answer(tasks, message))
  })
}

async function answer(tasks: Tasks, { task, input }: TaskMessage): Promise<TaskAnswer> {
  try {
    const known = tasks[task]
    if (!known) throw new Error(`The worker has no task ${task}.`)
    const run = typeof known === 'function' ? known : await known.load()
    parentPort!.postMessage('begun' satisfies TaskBegun)
    return { result: await run(input as never) }
  } catch (error) {
    if (!(error instanceof Refusal)) return { fault: error }
    // Structured cloning keeps an error's message but not what makes it a refusal.
    const { reason, code, message, hint, headers } = error
    return { refusal: { reason, code, message, hint, headers } }
  }
}
