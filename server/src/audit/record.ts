/** Writes a fact into the transaction that makes it true: a change and its record exist together or not at all. */
import type { FactKind } from '@cadastre/contract/fact-kinds'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import type { Tx } from '../foundation/database/database.ts'
import { insertFact } from './queries.ts'

export type Fact = {
  kind: FactKind
  /** a caller alone where no request asked for it */
  by: Asker | Caller
  /** what the fact is about, in its human form: `acme/vpc/aws 1.2.0` */
  subject: string
  organization?: string
  namespace?: string
  details?: Record<string, unknown>
  requestId?: string
  /** from where it was asked for */
  address?: string
  /** a no that is worth keeping, such as a failed sign-in */
  outcome?: 'done' | 'refused'
}

export async function record(tx: Tx, fact: Fact): Promise<void> {
  const asker: Asker = 'caller' in fact.by ? fact.by : { caller: fact.by }
  await insertFact(tx, {
    kind: fact.kind,
    caller: asker.caller,
    organization: fact.organization ?? '',
    namespace: fact.namespace ?? '',
    subject: fact.subject,
    details: fact.details ?? {},
    requestId: fact.requestId ?? asker.requestId ?? '',
    address: fact.address ?? asker.address ?? '',
    outcome: fact.outcome ?? 'done',
  })
}
