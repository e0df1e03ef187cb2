/** All SQL of the audit trail. */
import type { AuditFilter } from '@cadastre/contract/audit'
import { type RawBuilder, sql } from 'kysely'
import type { Caller } from '../access/caller.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
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

export type FactRow = {
  id: string
  /** ISO 8601 in UTC, to the microsecond */
  occurredAt: string
  /** the same as microseconds since 1970 */
  occurredAtUs: string
  kind: string
  outcome: 'done' | 'refused'
  callerKind: string
  callerId: string
  callerName: string
  callerOwner: string
  organization: string
  namespace: string
  subject: string
  address: string
  requestId: string
  details: Record<string, unknown>
}

/** The place of a fact in the order of all: newest first. */
export type FactPlace = { occurredAtUs: string; id: string }

/**
 * Newest first.
 * @param organizationIds whose facts; null: all. A fact is never shown to an organization that took the name later.
 * @param after the last fact of the page before
 */
export async function listFacts(
  db: Db,
  organizationIds: string[] | null,
  filter: AuditFilter,
  after: FactPlace | undefined,
  limit: number,
): Promise<FactRow[]> {
  const wanted = sql`${meeting(filter)} and ${following(after)}`
  const newest = sql`order by a.occurred_at desc, a.id desc limit ${limit}`
  const query =
    organizationIds === null
      ? sql<FactRow>`select ${shown} from audit_logs a where ${wanted} ${newest}`
      : sql<FactRow>`select ${shown} from (
          select f.* from organizations o cross join lateral (
            select a.* from audit_logs a
            where a.organization = o.name and a.occurred_at >= o.created_at and ${wanted} ${newest}) f
          where o.id = any(${organizationIds}::uuid[])
          union
          select f.* from organizations o cross join lateral (
            select a.* from audit_logs a
            where a.kind = 'namespace.transferred' and a.details ->> 'from' = o.name
              and a.occurred_at >= o.created_at and ${wanted} ${newest}) f
          where o.id = any(${organizationIds}::uuid[])
        ) a ${newest}`
  const { rows } = await query.execute(db).catch((error) => {
    throw (error as { code?: string }).code === '57014' ? searchTooLong() : error
  })
  return rows
}

const searchTooLong = () =>
  new Refusal(
    'unavailable',
    'audit-search-too-long',
    'Looking through the audit trail took too long.',
    'Narrow it down, best with since and until.',
  )

/** Takes the oldest that are older, up to 50,000. @returns how many */
export async function expireFacts(db: Db, days: number): Promise<number> {
  const { rows } = await sql<{ gone: number }>`select expire_facts(${days}::integer) as gone`.execute(db)
  return rows[0]!.gone
}

const shown = sql`a.id, a.kind, a.outcome, a.caller_kind as "callerKind", a.caller_id as "callerId",
  a.caller_name as "callerName", a.caller_owner as "callerOwner", a.organization, a.namespace, a.subject, a.address,
  a.request_id as "requestId", a.details,
  to_char(a.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "occurredAt",
  (extract(epoch from a.occurred_at) * 1000000)::bigint::text as "occurredAtUs"`

function meeting(filter: AuditFilter): RawBuilder<unknown> {
  const { kind, caller, organization, namespace, subject, outcome, since, until, requestId } = filter
  const conditions = [
    kind && (kind.endsWith('.') ? sql`a.kind like ${beginning(kind)}` : sql`a.kind = ${kind}`),
    caller &&
      sql`(a.caller_id = ${caller} or a.caller_name = ${caller} or (a.caller_owner <> '' and a.caller_owner = ${caller}))`,
    organization && sql`a.organization = ${organization}`,
    namespace && sql`a.namespace = ${namespace.toLowerCase()}`,
    subject && sql`a.subject like ${beginning(subject)}`,
    // Written out, so that the index of what was refused can be used.
    outcome && sql`a.outcome = ${sql.lit(outcome)}`,
    since && sql`a.occurred_at >= ${since}::timestamptz`,
    until && sql`a.occurred_at < ${until}::timestamptz`,
    requestId && sql`(a.request_id <> '' and a.request_id = ${requestId})`,
  ]
  return sql.join([sql`true`, ...conditions.filter((condition) => typeof condition === 'object')], sql` and `)
}

const following = (place: FactPlace | undefined) =>
  place
    ? sql`(a.occurred_at, a.id) < (timestamptz 'epoch' + ${place.occurredAtUs}::bigint * interval '1 microsecond', ${place.id}::bigint)`
    : sql`true`

const beginning = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
