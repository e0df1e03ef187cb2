/** A client for whole files, in a process on the clients' core: what it reads it forgets. */
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cores, startOn } from './processes.ts'

type Target = { port: number; path: string; headers?: Record<string, string> }

/** Fetches the file `times` times on each connection, over TLS or at so many bytes per second where that is said. */
export type Download = Target & { tls?: boolean; connections: number; times: number; bytesPerSecond?: number }
/** Sends a file, its last bytes replaced by these. */
export type Upload = Target & { file: string; lastBytes: string }
/** Asks one after the other for that long. */
export type Probe = Target & { ms: number }

export type FileTask = { download: Download } | { upload: Upload } | { probe: Probe }
/** `latencies`: when each was asked for, as `Date.now()` tells it, and after how many milliseconds it was there. */
export type FileOutcome = { bytes: number; ms: number; latencies: [askedAt: number, ms: number][] }

export type FileClient = { run(task: FileTask): Promise<FileOutcome>; stop(): void }

export function startFileClient(): FileClient {
  const program = fileURLToPath(new URL('file-client-process.ts', import.meta.url))
  const child: ChildProcess = startOn(cores.clients, ['--import', import.meta.resolve('tsx'), program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (answer: { outcome?: FileOutcome; failure?: string }) => void>()
  child.on('message', (message: { id: number; outcome?: FileOutcome; failure?: string }) =>
    waiting.get(message.id)?.(message),
  )
  let id = 0
  return {
    run(task) {
      id += 1
      child.send({ id, task })
      return new Promise((resolve, reject) =>
        waiting.set(id, ({ outcome, failure }) => (outcome ? resolve(outcome) : reject(new Error(failure)))),
      )
    },
    stop: () => child.disconnect(),
  }
}
