/** What samples are written in: one choice for all operations that are open, which is remembered. */
import { useSyncExternalStore } from 'react'
import { type Language, languages } from './samples.ts'

const kept = 'cadastre.sampleLanguage'
const listeners = new Set<() => void>()

export const useLanguage = (): Language => useSyncExternalStore(subscribe, remembered)

export function chooseLanguage(chosen: Language): void {
  localStorage.setItem(kept, chosen)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function remembered(): Language {
  const said = localStorage.getItem(kept)
  return said && Object.hasOwn(languages, said) ? (said as Language) : 'curl'
}
