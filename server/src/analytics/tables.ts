/** The tables of download events, and of their sums by day. */
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
    module_downloads_by_day: ByDay & { module_id: string }
    provider_downloads_by_day: ByDay & { provider_id: string }
  }
}

type ByDay = { version_id: string; day: string; terraform: number; opentofu: number; other: number }
