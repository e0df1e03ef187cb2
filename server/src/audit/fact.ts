/** A row of the audit trail as the API says it. */
import type { Fact } from '@cadastre/contract/audit'
import type { FactRow } from './queries.ts'

export const asFact = (row: FactRow): Fact => ({
  id: row.id,
  occurredAt: row.occurredAt,
  kind: row.kind,
  outcome: row.outcome,
  caller: { kind: row.callerKind, id: row.callerId, name: row.callerName, owner: row.callerOwner || null },
  organization: row.organization || null,
  namespace: row.namespace || null,
  subject: row.subject,
  address: row.address || null,
  requestId: row.requestId || null,
  details: row.details,
})
