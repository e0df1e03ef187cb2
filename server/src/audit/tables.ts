/** The audit trail's table. */
import type { Generated } from 'kysely'

declare module '../foundation/database/database.ts' {
  interface Tables {
    audit_logs: {
      id: Generated<string>
      occurred_at: Generated<Date>
      kind: string
      caller_kind: string
      caller_id: string
      caller_name: string
      caller_owner: Generated<string>
      organization: string
      namespace: string
      subject: string
      details: string
      request_id: string
      address: Generated<string>
      outcome: Generated<'done' | 'refused'>
    }
  }
}
