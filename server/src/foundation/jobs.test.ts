/** Chores: run by the queue, one after the other, and a failed one does not stop the rest. */
import pg from 'pg'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOfTemplate, type TestDatabase } from '../../test/database.ts'
import { createJobs } from './jobs.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await copyOfTemplate()
  pool = new pg.Pool(database.application)
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

test('a job that another process has sent runs every chore, as the application role', async () => {
  const jobs = createJobs(pool, pino({ enabled: false }))
  const ran: string[] = []
  jobs.chore('fails', async () => {
    ran.push('fails')
    throw new Error('no')
  })
  jobs.chore('works', async () => void ran.push('works'))
  // Before it starts: then it looks at once, and later every ten seconds.
  const sent = await pool.query<{ id: string }>(
    "insert into jobs.job (name, data) values ('housekeeping', '{}') returning id",
  )

  await jobs.start()

  // Every ten minutes there is a second one, which the schedule sends.
  await expect.poll(() => ran.slice(0, 2)).toEqual(['fails', 'works'])
  await expect
    .poll(async () => (await pool.query('select state from jobs.job where id = $1', [sent.rows[0]!.id])).rows)
    .toEqual([{ state: 'completed' }])
  expect((await pool.query("select cron from jobs.schedule where name = 'housekeeping'")).rows).toEqual([
    { cron: '*/10 * * * *' },
  ])
  await jobs.stop(1_000)
})

test('stopping while it starts leaves nothing running', async () => {
  const warnings: unknown[] = []
  const jobs = createJobs(pool, pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) }))

  const started = jobs.start()
  await jobs.stop(1_000)
  await started

  expect(warnings).toEqual([])
})

test('a job that outlives the pool harms nobody: the process goes on, and the job runs again later', async () => {
  const own = new pg.Pool(database.application)
  own.on('error', () => {})
  const warnings: string[] = []
  const jobs = createJobs(own, pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) }))
  let end = () => {}
  const started = new Promise<void>((resolve) => {
    jobs.worker('catalogue-import', () => {
      resolve()
      return new Promise<void>((ended) => {
        end = ended
      })
    })
  })
  const unhandled: unknown[] = []
  const note = (reason: unknown) => void unhandled.push(reason)
  process.on('unhandledRejection', note)
  await own.query("insert into jobs.job (name, data) values ('catalogue-import', '{}')")
  await jobs.start()
  await started

  await jobs.stop(1_000)
  await own.end()
  end()

  await expect.poll(() => warnings.join('')).toContain('how a job ended could not be written')
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
