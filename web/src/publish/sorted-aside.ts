/** Has paths sorted beside the page, with a way to give up. */
import type { Sorted } from './sorted-paths.ts'

export type Looking = { done: number; total: number }
export type Patience = { signal?: AbortSignal; onProgress?: (looking: Looking) => void }

const notLoaded = 'What looks through folders could not be loaded. Load this page again.'

/** @throws what the signal was given up with */
export function sortedAside(paths: string[], rules: string, { signal, onProgress }: Patience = {}): Promise<Sorted> {
  const worker = new Worker(new URL('./sorting.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Sorted>((resolve, reject) => {
    signal?.throwIfAborted()
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    worker.onerror = () => resolve({ wrong: notLoaded })
    worker.onmessage = ({ data }: MessageEvent<Sorted | { done: number }>) => {
      if ('done' in data) onProgress?.({ done: data.done, total: paths.length })
      else resolve(data)
    }
    worker.postMessage({ paths, rules })
  }).finally(() => worker.terminate())
}
