/** All SQL of the audit trail. */
import { sql } from 'kysely'
import type { Caller } from '../access/caller.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type NewFact = {
  kind: string
  caller: Caller
  organization: string
  namespace: string
  subject: string
  details: Record<string, unknown>
  requestId: string
  address: string
  outcome: 'done' | 'refused'
}

/**
 * Whose fact it is, and whose key was used, is kept as it was at the time: a namespace may be handed on later, and a user
 * deleted.
 */
export async function insertFact(db: Db | Tx, fact: NewFact): Promise<void> {
  const { caller } = fact
  const organization =
    fact.organization === '' && fact.namespace !== ''
      ? sql<string>`coalesce((select o.name from namespaces n join organizations o on o.id = n.organization_id
          where n.name = ${fact.namespace}), '')`
      : fact.organization
  const owner = caller.userId ? sql<string>`coalesce((select email from users where id = ${caller.userId}), '')` : ''
  await db
    .insertInto('audit_logs')
    .values({
      kind: fact.kind,
      caller_kind: caller.kind,
      caller_id: caller.id,
      caller_name: caller.name,
      caller_owner: owner,
      organization,
      namespace: fact.namespace,
      subject: fact.subject,
      details: JSON.stringify(fact.details),
      request_id: fact.requestId,
      address: fact.address,
      outcome: fact.outcome,
    })
    .execute()
}
