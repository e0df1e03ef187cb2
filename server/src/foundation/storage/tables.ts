/** The table of the bytes in the stores. */
import type { Generated, GeneratedAlways } from 'kysely'
import type { BackendName } from './storage.ts'

declare module '../database/database.ts' {
  interface Tables {
    stored_objects: {
      id: GeneratedAlways<string>
      backend: BackendName
      key: string
      sha256: string
      size_bytes: number
      revision: string | null
      touched_at: Generated<Date>
    }
  }
}
