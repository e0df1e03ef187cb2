/** What happened in namespaces that somebody may read, from the audit trail. */
import type { ActivityFilter } from '@cadastre/contract/activity'
import { type RawBuilder, sql } from 'kysely'
import type { ReadableNamespaces } from '../access/permit.ts'
import type { Db } from '../foundation/database/database.ts'
import { isReadable } from './queries.ts'

const types = ['module', 'provider'] as const
const actions = ['published', 'deprecated', 'deleted', 'restored'] as const
type Type = (typeof types)[number]

export type EventRow = {
  id: string
  occurredAt: string
  /** microseconds since 1970 */
  occurredAtUs: string
  kind: string
  namespace: string
  subject: string
  callerName: string
}

/** The place of an event in the order of all: newest first. */
export type EventPlace = { occurredAtUs: string; id: string }

/**
 * Newest first: of each namespace no more than a page, so that a long trail of others is never looked through. What
 * happened under a name before the namespace of today had it stays with who had it then.
 */
export async function listEvents(
  db: Db,
  readable: Record<Type, ReadableNamespaces>,
  filter: ActivityFilter,
  after: EventPlace | undefined,
  limit: number,
): Promise<EventRow[]> {
  const wanted = types.filter((type) => filter.type === undefined || filter.type === type)
  const parts = wanted.map((type) => {
    const namespaces = db
      .selectFrom('namespaces')
      .where(isReadable(readable[type]))
      .$if(filter.namespace !== undefined, (query) => query.where('name', '=', filter.namespace!.toLowerCase()))
      .select(['name', 'created_at'])
    return sql`(select e.* from (${namespaces}) n cross join lateral (
      select a.* from audit_logs a
      where a.namespace = n.name and a.occurred_at >= n.created_at and a.outcome = 'done'
        and a.kind = any(${kindsOf(type, filter)}::text[]) and ${within(filter, after)}
      order by a.occurred_at desc, a.id desc limit ${limit}) e)`
  })
  const { rows } = await sql<EventRow>`
    select a.id, a.kind, a.namespace, a.subject, a.caller_name as "callerName",
           to_char(a.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt",
           (extract(epoch from a.occurred_at) * 1000000)::bigint::text as "occurredAtUs"
    from (${sql.join(parts, sql` union all `)}) a
    order by a.occurred_at desc, a.id desc limit ${limit}`.execute(db)
  return rows
}

const kindsOf = (type: Type, { action }: ActivityFilter) =>
  actions.filter((each) => action === undefined || action === each).map((each) => `${type}.${each}`)

function within({ since }: ActivityFilter, after: EventPlace | undefined): RawBuilder<unknown> {
  const from = since === undefined ? sql`true` : sql`a.occurred_at >= ${since}::timestamptz`
  if (!after) return from
  return sql`${from} and (a.occurred_at, a.id) <
    (timestamptz 'epoch' + ${after.occurredAtUs}::bigint * interval '1 microsecond', ${after.id}::bigint)`
}
