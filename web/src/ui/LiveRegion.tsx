/** One polite region for the whole application: what changed without the reader's focus being there. */
import { useSyncExternalStore } from 'react'

let said = ''
const listeners = new Set<() => void>()

/** The same words twice are said twice. */
export function announce(words: string): void {
  said = said === words ? `${words}\u00a0` : words
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const LiveRegion = () => (
  <div role="status" aria-live="polite" className="visually-hidden">
    {useSyncExternalStore(subscribe, () => said)}
  </div>
)
