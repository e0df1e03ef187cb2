/** When keys were last used, written together once in a while instead of with each request. */
import type { App } from '../foundation/app.ts'
import { touchKeys } from './queries.ts'

export type KeyUses = { note(keyId: string): void; flush(): Promise<void> }

export function noteKeyUses(app: App): KeyUses {
  let used = new Set<string>()
  return {
    note: (keyId) => {
      if (!used.has(keyId)) used.add(keyId)
    },
    async flush() {
      if (used.size === 0) return
      const batch = used
      used = new Set()
      const at = new Date(app.clock())
      await touchKeys(app.db, new Map([...batch].map((id) => [id, at])))
    },
  }
}
