/** The table of download events. */
import type { Generated } from 'kysely'

declare module '../foundation/database/database.ts' {
  interface Tables {
    download_events: {
      id: Generated<string>
      occurred_at: Generated<Date>
      module_version_id: string | null
      provider_platform_id: string | null
      api_key_id: string | null
      user_id: string | null
      client: string
      downloads: number
    }
  }
}
