/** Work that happens later, kept in PostgreSQL by pg-boss. Jobs may run twice, so they are written to be harmless the second time. */
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import type { Log } from './log.ts'

export type Jobs = {
  /** A chore of the ten-minute round, which one process of all runs at a time. */
  chore(name: string, work: () => Promise<void>): void
  /** Runs every chore now, one after the other. */
  runChores(): Promise<void>
  /** Starts in the background, after the server answers: nobody waits for it. */
  start(): Promise<void>
  stop(timeoutMs: number): Promise<void>
}

const queue = 'housekeeping'
const everyTenMinutes = '*/10 * * * *'
const pollSeconds = 10

export function createJobs(pool: pg.Pool, log: Log): Jobs {
  const chores = new Map<string, () => Promise<void>>()
  let boss: PgBoss | undefined
  let starting: Promise<void> | undefined

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

    start() {
      starting = startBoss()
      return starting
    },

    async stop(timeoutMs) {
      await starting?.catch(() => {})
      await boss?.stop({ graceful: true, wait: true, close: false, timeout: timeoutMs }).catch(() => {})
    },
  }

  async function startBoss() {
    const { default: Boss } = await import('pg-boss')
    boss = new Boss({
      db: { executeSql: (text: string, values: unknown[]) => pool.query(text, values) },
      schema: 'jobs',
      // Queues and their tables are made by migrations; this role makes none.
      migrate: false,
    })
    boss.on('error', (error) => log.warn({ error: error.message }, 'the job queue could not do its housekeeping'))
    await boss.start()
    await boss.work(queue, { pollingIntervalSeconds: pollSeconds }, runChores)
    await boss.schedule(queue, everyTenMinutes, {}, { tz: 'UTC' })
  }
}
