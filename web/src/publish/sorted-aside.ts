/** Has paths sorted beside the page, with a way to give up. */
import type { Sorted } from './sorted-paths.ts'

export type Looking = { done: number; total: number }
export type Patience = { signal?: AbortSignal; onProgress?: (looking: Looking) => void }

/** What is done sooner than somebody looks says nothing. */
const patientMs = 100

const notLoaded = 'What looks through folders could not be loaded. Load this page again.'

/** @throws what the signal was given up with */
export function sortedAside(paths: string[], rules: string, { signal, onProgress }: Patience = {}): Promise<Sorted> {
  const worker = new Worker(new URL('./sorting.worker.ts', import.meta.url), { type: 'module' })
  const tell = (done: number) => onProgress?.({ done, total: paths.length })
  // The first path alone can take long, and until it is done the worker says nothing.
  const first = setTimeout(() => tell(0), patientMs)
  return new Promise<Sorted>((resolve, reject) => {
    signal?.throwIfAborted()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    worker.onerror = () => resolve({ wrong: notLoaded })
    worker.onmessage = ({ data }: MessageEvent<Sorted | { done: number }>) => {
      if (!('done' in data)) return resolve(data)
      clearTimeout(first)
      tell(data.done)
    }
    worker.postMessage({ paths, rules })
  }).finally(() => {
    clearTimeout(first)
    worker.terminate()
  })
}
