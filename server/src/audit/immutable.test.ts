/** Facts of the audit trail stay as they were written, on a server and on the embedded database, and go by age alone. */
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectStatus } from '../../test/client.ts'
import { copyOfTemplate, type TestDatabase } from '../../test/database.ts'
import { query, removeTemporaryFolders, temporaryFolder } from '../../test/embedded.ts'
import { startRegistry } from '../../test/registry.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../foundation/database/embedded.ts'
import { migrateUp } from '../foundation/database/migrate.ts'

let server: TestDatabase
let embedded: EmbeddedPostgres
beforeAll(async () => {
  server = await copyOfTemplate()
  embedded = await startEmbeddedPostgres({ dataDir: await temporaryFolder(), user: 'nobody', log: () => {} })
  await migrateUp(embedded.owner, { applicationRole: embedded.application.user })
  for (const { owner } of [server, embedded]) {
    for (const [subject, days] of Object.entries({ ancient: 400, old: 100, month: 29, today: 0 }))
      await query(owner, insertOf(subject, days))
  }
})
afterAll(async () => {
  await server?.drop()
  await embedded?.stop()
  await removeTemporaryFolders()
})

const insertOf = (subject: string, daysAgo: number) =>
  `insert into audit_logs (occurred_at, kind, caller_kind, caller_id, caller_name, subject)
   values (now() - interval '${daysAgo} days', 'test', 'system', '', 'cadastre', '${subject}')`

type Logins = { owner: pg.ClientConfig; application: pg.ClientConfig }
const refusal = { code: '42501' }

const forged = [
  'update audit_logs set subject = $$nothing$$',
  'update audit_logs set details = $${}$$ where subject = $$ancient$$',
  'delete from audit_logs',
  'delete from audit_logs where subject = $$ancient$$',
  'truncate audit_logs',
  'delete from audit_logs /* function expire_facts(integer) line 7 at SQL statement */',
  `create function pg_temp.expire_facts(days integer) returns integer language plpgsql as $f$
     begin delete from audit_logs where occurred_at < now() - make_interval(days => days); return 1; end $f$;
   select pg_temp.expire_facts(1)`,
  `create function pg_temp.expire_facts(days integer) returns integer language plpgsql
     set search_path = pg_temp, public as $f$ begin delete from audit_logs; return 1; end $f$;
   select pg_temp.expire_facts(1)`,
  `create function pg_temp."function expire_facts(integer)"() returns void language plpgsql as $f$
     begin delete from audit_logs; end $f$;
   select pg_temp."function expire_facts(integer)"()`,
]

describe.each<[string, () => Logins]>([
  ['a server', () => server],
  ['the embedded database', () => embedded],
])('on %s', (_where, logins) => {
  test.each(forged)('neither the application role nor the owner can: %s', async (statement) => {
    const before = await factsIn(logins())

    for (const login of [logins().application, logins().owner])
      await expect(query(login, statement), login.user).rejects.toMatchObject(refusal)

    expect(await factsIn(logins())).toEqual(before)
  })

  test.each([
    'alter table audit_logs disable trigger audit_logs_immutable',
    'drop trigger audit_logs_immutable on audit_logs',
    'drop table audit_logs',
    'set role ' /* the owner */,
    'create or replace function public.expire_facts(days integer) returns integer language sql as $$ select 1 $$',
  ])('the application role has no way around it: %s', async (statement) => {
    const before = await factsIn(logins())
    const whole = statement === 'set role ' ? statement + logins().owner.user : statement

    await expect(query(logins().application, whole)).rejects.toMatchObject({ code: expect.any(String) })

    expect(await factsIn(logins())).toEqual(before)
  })

  test('only what is older than asked goes, never what is younger than 30 days, and a fact says so', async () => {
    const { application } = logins()

    for (const days of ['29', '0', '-1', 'null'])
      await expect(query(application, `select expire_facts(${days})`)).rejects.toMatchObject({ code: '22023' })
    const gone = await query(application, 'select expire_facts(300) as gone')
    const again = await query(application, 'select expire_facts(300) as gone')

    expect([gone, again]).toEqual([[{ gone: 1 }], [{ gone: 0 }]])
    expect((await factsIn(logins())).map(({ subject }) => subject)).toEqual([
      'old',
      'month',
      'today',
      'facts older than 300 days',
    ])
    const [expired] = await query(application, "select * from audit_logs where kind = 'audit.expired'")
    expect(expired).toMatchObject({ caller_kind: 'system', details: { count: 1, retentionDays: 300 } })
  })
})

test('with retention_days the ten-minute round removes what is older, and without it nothing', async () => {
  const kept = await startRegistry()
  const expiring = await startRegistry({ env: { TFR_AUDIT_RETENTION_DAYS: '90' } })
  try {
    for (const registry of [kept, expiring]) {
      for (const days of [100, 80]) await registry.sql(insertOf(`of ${days} days`, days))
      await registry.app.jobs.runChores()
    }
    const subjects = async (registry: typeof kept) =>
      (await registry.facts()).map(({ subject }) => subject).filter((subject) => / days$/.test(subject))

    expect(await subjects(kept)).toEqual(['of 100 days', 'of 80 days'])
    expect(await subjects(expiring)).toEqual(['of 80 days', 'facts older than 90 days'])
    const { json } = expectStatus(await expiring.admin.get('/api/v1/audit-logs?kind=audit.'), 200)
    expect(json.items).toEqual([
      expect.objectContaining({ kind: 'audit.expired', details: { count: 1, retentionDays: 90 } }),
    ])
  } finally {
    await kept.stop()
    await expiring.stop()
  }
})

const factsIn = ({ owner }: Logins) => query<{ subject: string }>(owner, 'select * from audit_logs order by id')
