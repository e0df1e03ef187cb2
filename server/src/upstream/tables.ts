/** The table of this room: answers of other registries. */
import type { Generated } from 'kysely'

declare module '../foundation/database/database.ts' {
  interface Tables {
    cache: {
      cache_key: string
      cache_value: string
      expires_at: Date
      etag: Generated<string>
      last_modified: Generated<string>
      fetched_at: Generated<Date>
      used_at: Generated<Date>
    }
  }
}
