/** What floats over any page, and how it is asked for from anywhere: the palette, and the sheet of keys. */
export type Part = 'palette' | 'keys'

const listeners = new Set<(part: Part) => void>()

export function openPart(part: Part): void {
  for (const listener of listeners) listener(part)
}

/** @returns what takes it back */
export function onOpenPart(listener: (part: Part) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
