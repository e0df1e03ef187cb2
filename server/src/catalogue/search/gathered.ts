/** Work that is asked for often, and done once for all who asked, a little later. */
import type { App } from '../../foundation/app.ts'

/**
 * @param options.pauses so many times as long as the work took, there is none of it afterwards
 * @returns to be called whenever there is something to do; nobody waits
 */
export function gathered(
  app: App,
  work: () => Promise<void>,
  { afterMs, pauses = 0 }: { afterMs: number; pauses?: number },
): () => void {
  let isAsked = false
  let isBusy = false

  function ask(ms = afterMs) {
    isAsked = true
    if (isBusy) return
    isBusy = true
    setTimeout(run, ms).unref()
  }

  async function run() {
    const startedAt = performance.now()
    isAsked = false
    try {
      if (!app.stopping()) await work()
    } catch (error) {
      if (!app.stopping()) app.log.warn({ error: (error as Error).message }, 'the search index could not be read yet')
    }
    isBusy = false
    if (isAsked) ask(Math.max(afterMs, pauses * (performance.now() - startedAt)))
  }

  return () => ask()
}
