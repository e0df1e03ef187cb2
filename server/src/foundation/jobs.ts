/** Work that happens later, kept in PostgreSQL by pg-boss. Jobs may run twice, so they are written to be harmless the second time. */
import { sql } from 'kysely'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import type { Tx } from './database/database.ts'
import type { Log } from './log.ts'

export type Jobs = {
  /** A chore of the ten-minute round, which one process of all runs at a time. */
  chore(name: string, work: () => Promise<void>): void
  /** Runs every chore now, one after the other. */
  runChores(): Promise<void>
  /** What is done with each piece of a queue, which a migration has made; by one process of all at a time. */
  worker<Input extends object>(queue: string, work: (input: Input) => Promise<void>): void
  /** Asks for it in the transaction that makes it necessary. */
  enqueue(tx: Tx, queue: string, input: object): Promise<void>
  /** Starts in the background, after the server answers: nobody waits for it. */
  start(): Promise<void>
  stop(timeoutMs: number): Promise<void>
}

const queue = 'housekeeping'
const everyTenMinutes = '*/10 * * * *'
const pollSeconds = 10
const queuePollSeconds = 1

export function createJobs(pool: pg.Pool, log: Log): Jobs {
  const chores = new Map<string, () => Promise<void>>()
  const workers = new Map<string, (input: object) => Promise<void>>()
  let boss: PgBoss | undefined
  let starting: Promise<void> | undefined
  const outcomes = new Set<Promise<unknown>>()

  async function runChores() {
    for (const [chore, work] of chores) {
      await work().catch((error: Error) =>
        log.error({ chore, error: error.message }, 'a chore failed and is tried again in the next round'),
      )
    }
  }

  return {
    chore: (name, work) => void chores.set(name, work),
    runChores,
    worker: (queue, work) => void workers.set(queue, work as (input: object) => Promise<void>),

    async enqueue(tx, queue, input) {
      await sql`insert into jobs.job (name, data, retry_limit, retry_delay, retry_backoff, expire_in, policy)
        select name, ${JSON.stringify(input)}::jsonb, retry_limit, retry_delay, coalesce(retry_backoff, false),
               make_interval(secs => expire_seconds), policy
        from jobs.queue where name = ${queue}`.execute(tx)
    },

    start() {
      starting = startBoss()
      return starting
    },

    async stop(timeoutMs) {
      await starting?.catch(() => {})
      await boss?.stop({ graceful: true, wait: true, close: false, timeout: timeoutMs }).catch(() => {})
      await Promise.all(outcomes)
    },
  }

  /** The queue does not wait for what it writes of a job that ended, so a failure of it would be nobody's. */
  function executeSql(text: string, values: unknown[]): Promise<unknown> {
    const answer = pool.query(text, values)
    if (!writesAnOutcome(text, values)) return answer
    const outcome: Promise<unknown> = answer
      .catch((error: Error) =>
        log.warn({ queue: values[0], error: error.message }, 'how a job ended could not be written: it will run again'),
      )
      .finally(() => outcomes.delete(outcome))
    outcomes.add(outcome)
    return outcome
  }

  async function startBoss() {
    const { default: Boss } = await import('pg-boss')
    boss = new Boss({
      db: { executeSql: executeSql as PgBoss.Db['executeSql'] },
      schema: 'jobs',
      // Queues and their tables are made by migrations; this role makes none.
      migrate: false,
    })
    boss.on('error', (error) => log.warn({ error: error.message }, 'the job queue could not do its housekeeping'))
    await boss.start()
    await boss.work(queue, { pollingIntervalSeconds: pollSeconds }, runChores)
    for (const [name, work] of workers) {
      await boss.work<object>(name, { pollingIntervalSeconds: queuePollSeconds }, async (pieces) => {
        for (const { data } of pieces) await work(data)
      })
    }
    await boss.schedule(queue, everyTenMinutes, {}, { tz: 'UTC' })
  }
}

/** Completed or failed: the queue, the jobs, and what they said. */
const writesAnOutcome = (text: string, values: unknown[] | undefined): values is unknown[] =>
  values?.length === 3 && text.includes('UNNEST($2::uuid[])')
