/** Tables of the catalogue: where registries come from, who may see them, their keys, and what runs in the background. */
import type { Generated } from 'kysely'
import type { Visibility } from '../access/permit.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

declare module '../foundation/database/database.ts' {
  interface Tables {
    catalogue_sources: {
      hostname: string
      kind: string
      address: string
      visibility: Generated<Visibility>
      blacklist: Generated<string>
      imported_at: Generated<Date | null>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    catalogue_namespaces: { hostname: string; namespace: string; visibility: Visibility }
    catalogued_keys: {
      hostname: string
      namespace: string
      type: Generated<string>
      position: number
      filename: string
      key_id: string
      armored: string
    }
    job_runs: {
      id: Generated<string>
      kind: string
      subject: Generated<string>
      state: Generated<JobState>
      /** jsonb, as are the next three */
      options: Generated<unknown>
      progress: Generated<unknown>
      resume_at: Generated<unknown>
      report: Generated<unknown>
      error: Generated<string>
      started_by: Generated<string>
      created_at: Generated<Date>
      started_at: Generated<Date | null>
      heartbeat_at: Generated<Date | null>
      finished_at: Generated<Date | null>
    }
    job_problems: { run_id: string; id: Generated<string>; path: string; reason: string }
    catalogue_import_items: { run_id: string; kind: 'module' | 'provider'; item_id: string }
  }
}
