/** Runs of what works in the background: where they are, where they would go on, what they found. */
import type { JobRun as JobRunAsSaid } from '@cadastre/contract/jobs'
import { type Generated, sql } from 'kysely'
import { changedRows, type Db, type Tx } from './database/database.ts'

export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'

declare module './database/database.ts' {
  interface Tables {
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
  }
}

export type JobRun = {
  id: string
  kind: string
  subject: string
  state: JobState
  options: Record<string, unknown>
  progress: Record<string, unknown>
  report: Record<string, unknown> | null
  error: string
  startedBy: string
  createdAt: Date
  startedAt: Date | null
  heartbeatAt: Date | null
  finishedAt: Date | null
}

const columns = [
  'id',
  'kind',
  'subject',
  'state',
  'options',
  'progress',
  'report',
  'error',
  'started_by as startedBy',
  'created_at as createdAt',
  'started_at as startedAt',
  'heartbeat_at as heartbeatAt',
  'finished_at as finishedAt',
] as const

export async function insertRun(
  db: Db | Tx,
  run: { kind: string; subject: string; options: Record<string, unknown>; startedBy: string },
): Promise<string> {
  const { id } = await db
    .insertInto('job_runs')
    .values({ kind: run.kind, subject: run.subject, options: JSON.stringify(run.options), started_by: run.startedBy })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export const findRun = (db: Db | Tx, id: string) =>
  db.selectFrom('job_runs').where('id', '=', id).select(columns).executeTakeFirst() as Promise<JobRun | undefined>

/** Newest first, each with the microsecond that it was asked for in. */
export function listRuns(db: Db, limit: number, before?: { createdAtUs: string; id: string }) {
  const createdAtUs = sql<string>`(extract(epoch from created_at) * 1000000)::bigint::text`
  let query = db
    .selectFrom('job_runs')
    .select([...columns, createdAtUs.as('createdAtUs')])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
  if (before) {
    query = query.where(
      sql<boolean>`(created_at, id) < (to_timestamp(0) + ${before.createdAtUs}::bigint * interval '1 microsecond', ${before.id}::uuid)`,
    )
  }
  return query.limit(limit).execute() as Promise<(JobRun & { createdAtUs: string })[]>
}

/** Runs whose heart has stopped, and those that nobody has begun, for so long that whoever had them is gone. */
export async function listDeadRuns(db: Db, kind: string, silentMs: number): Promise<JobRun[]> {
  return (await db
    .selectFrom('job_runs')
    .where('kind', '=', kind)
    .where('state', 'in', ['waiting', 'running'])
    .where(sql<boolean>`coalesce(heartbeat_at, created_at) < now() - ${silentMs} * interval '1 millisecond'`)
    .select(columns)
    .orderBy('created_at')
    .execute()) as JobRun[]
}

/** With where it would go on. */
export type ResumableRun = JobRun & { resumeAt: unknown }

export const findResumable = (db: Db, id: string) =>
  db
    .selectFrom('job_runs')
    .where('id', '=', id)
    .select([...columns, 'resume_at as resumeAt'])
    .executeTakeFirst() as Promise<ResumableRun | undefined>

/** Of a kind that runs once at a time. */
export async function findUnfinished(db: Db | Tx, kind: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('job_runs')
    .where('kind', '=', kind)
    .where('state', 'in', ['waiting', 'running'])
    .select('id')
    .executeTakeFirst()
  return found?.id
}

/** The last run of that kind about that subject, whatever became of it. */
export const findLastRun = (db: Db, kind: string, subject: string) =>
  db
    .selectFrom('job_runs')
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('state', '<>', 'waiting')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .select([...columns, 'resume_at as resumeAt'])
    .executeTakeFirst() as Promise<ResumableRun | undefined>

export async function startRun(db: Db, id: string): Promise<void> {
  await sql`update job_runs set state = 'running', started_at = coalesce(started_at, now()), heartbeat_at = now(),
    finished_at = null, error = '' where id = ${id}`.execute(db)
}

export async function putBack(db: Db, id: string): Promise<void> {
  await sql`update job_runs set state = 'waiting' where id = ${id} and state = 'running'`.execute(db)
}

/** In the transaction that did what it says. @returns false when somebody has cancelled the run */
export async function noteProgress(tx: Tx, id: string, progress: unknown, resumeAt: unknown): Promise<boolean> {
  const changed = await changedRows(
    tx,
    sql`update job_runs set progress = ${JSON.stringify(progress)}::jsonb, resume_at = ${JSON.stringify(resumeAt)}::jsonb,
      heartbeat_at = now() where id = ${id} and state = 'running'`,
  )
  return changed > 0
}

export async function finishRun(
  db: Db | Tx,
  id: string,
  end: { state: 'done' | 'failed' | 'cancelled'; report?: unknown; error?: string },
): Promise<void> {
  await sql`update job_runs set state = ${end.state}, finished_at = now(), error = ${end.error ?? ''},
    report = coalesce(${end.report === undefined ? null : JSON.stringify(end.report)}::jsonb, report)
    where id = ${id} and state in ('waiting', 'running')`.execute(db)
}

/** Runs that nobody runs any more, whatever they say of themselves. */
export async function endDeadRuns(db: Db, kind: string, subject: string, but: string): Promise<void> {
  await sql`update job_runs set state = 'failed', finished_at = now(), error = 'It was ended before it was done.'
    where kind = ${kind} and subject = ${subject} and state = 'running' and id <> ${but}`.execute(db)
}

/** @returns false when it had come to its end before */
export async function cancelRun(tx: Tx, id: string): Promise<boolean> {
  const changed = await changedRows(
    tx,
    sql`update job_runs set state = 'cancelled', finished_at = now(), error = 'It was cancelled.'
      where id = ${id} and state in ('waiting', 'running')`,
  )
  return changed > 0
}

export async function insertProblems(
  tx: Tx,
  runId: string,
  problems: { path: string; reason: string }[],
): Promise<void> {
  if (problems.length === 0) return
  await sql`insert into job_problems (run_id, path, reason) select ${runId}, * from
    unnest(${problems.map(({ path }) => path)}::text[], ${problems.map(({ reason }) => reason)}::text[])`.execute(tx)
}

/** In the order in which they were met. */
export const listProblems = (db: Db, runId: string, limit: number) =>
  db
    .selectFrom('job_problems')
    .where('run_id', '=', runId)
    .select(['path', 'reason'])
    .orderBy('id')
    .limit(limit)
    .execute()

/** As the API says it. */
export const asJob = ({ createdAt, startedAt, heartbeatAt, finishedAt, ...run }: JobRun): JobRunAsSaid => ({
  id: run.id,
  kind: run.kind,
  subject: run.subject,
  state: run.state,
  options: run.options,
  progress: run.progress,
  report: run.report,
  error: run.error,
  startedBy: run.startedBy,
  createdAt: createdAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  heartbeatAt: heartbeatAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
})
