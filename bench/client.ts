/** Load clients: two processes on the clients' core, one for each side of a pair. */
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cores, startOn } from './processes.ts'

export const clientName = 'bare sockets (bench/client-process.ts), keep-alive, no pipelining'

/** What one client does for a while. */
export type Leg = {
  port: number
  path?: string
  method?: 'GET' | 'HEAD'
  headers?: Record<string, string>
  /** how many different numbers the `*` in `path` takes, and with which it begins */
  paths?: number
  from?: number
  /** These, from the `from`th on and over and over, in place of `path`. */
  each?: string[]
  /** It ends after so many, or when the time is over. */
  requests?: number
  /** Whether the time to each answer is told. */
  timed?: boolean
  connections: number
  ms: number
}

/** `cut`: requests that got no answer because the server ended the connection. `next`: the number after the last. */
export type Outcome = {
  answered: number
  byStatus: Record<string, number>
  cut: number
  next?: number
  /** milliseconds from the request to its answer */
  times?: number[]
}

export type Client = { run(leg: Leg): Promise<Outcome>; stop(): void }

export function startClient(): Client {
  const program = fileURLToPath(new URL('client-process.ts', import.meta.url))
  const child: ChildProcess = startOn(cores.clients, ['--import', import.meta.resolve('tsx'), program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (outcome: Outcome) => void>()
  child.on('message', ({ id, outcome }: { id: number; outcome: Outcome }) => waiting.get(id)?.(outcome))
  let id = 0
  return {
    run(leg) {
      id += 1
      child.send({ id, leg })
      return new Promise((resolve) => waiting.set(id, resolve))
    },
    stop: () => child.disconnect(),
  }
}
