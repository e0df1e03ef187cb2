/** Writes a fact into the transaction that makes it true: a change and its record exist together or not at all. */
import type { Caller } from '../access/caller.ts'
import type { Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type FactKind =
  | 'namespace.created'
  | 'namespace.changed'
  | 'api_key.created'
  | 'api_key.revoked'
  | 'module.published'
  | 'module.deleted'
  | 'module.restored'
  | 'provider.published'
  | 'provider.deprecated'
  | 'provider.deleted'
  | 'provider.restored'
  | 'signing_key.added'
  | 'signing_key.renewed'
  | 'signing_key.removed'

export type Fact = {
  kind: FactKind
  by: Caller
  /** what the fact is about, in its human form: `acme/vpc/aws 1.2.0` */
  subject: string
  organization?: string
  namespace?: string
  details?: Record<string, unknown>
  requestId?: string
}

export async function record(tx: Tx, fact: Fact): Promise<void> {
  await tx
    .insertInto('audit_logs')
    .values({
      kind: fact.kind,
      caller_kind: fact.by.kind,
      caller_id: fact.by.id,
      caller_name: fact.by.name,
      organization: fact.organization ?? '',
      namespace: fact.namespace ?? '',
      subject: fact.subject,
      details: JSON.stringify(fact.details ?? {}),
      request_id: fact.requestId ?? '',
    })
    .execute()
}
