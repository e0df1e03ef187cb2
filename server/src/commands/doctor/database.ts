/** The database as the registry uses it: reachable, new enough, with its tables, and closed where it has to be. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from '../../foundation/config/settings.ts'
import { createDatabase, type Database, type Db } from '../../foundation/database/database.ts'
import { runningEmbeddedLogin } from '../../foundation/database/embedded.ts'
import { applicationAddress } from '../../foundation/database/login.ts'
import { missingMigrations } from '../../foundation/database/migrate.ts'
import type { Log } from '../../foundation/log.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { type DatabaseAtHand, onDatabase } from '../database-login.ts'
import { rights } from '../db/test-connection.ts'
import { type Finding, failed, ok, warning } from './finding.ts'

/** @param further what else is to be looked at, once all tables are there */
export async function checkDatabase(
  config: Config,
  log: Log,
  further: (db: Db) => Promise<Finding[]>,
): Promise<Finding[]> {
  if (!applicationAddress(config) && !isBegun(config))
    return [ok('database', `There is none in ${config.data_dir} yet: the first start makes it.`)]
  const look = (at: Pick<DatabaseAtHand, 'login' | 'where'>) => lookInto(at, log, further)
  try {
    return await onDatabase(config, 'application', look)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'embedded-in-use') throw error
    const login = await runningEmbeddedLogin({ dataDir: config.data_dir, user: config.database.embedded.user })
    const where = `the embedded database in ${config.data_dir}, of the registry that runs`
    return login
      ? look({ login, where })
      : [ok('database', `A registry runs, and uses the database in ${config.data_dir}, which is not looked into here.`)]
  }
}

/** Whoever only looks makes no database. */
const isBegun = ({ data_dir }: Config) =>
  ['postgres', 'postgres.location'].some((name) => existsSync(join(data_dir, name)))

async function lookInto(
  { login, where }: Pick<DatabaseAtHand, 'login' | 'where'>,
  log: Log,
  further: (db: Db) => Promise<Finding[]>,
): Promise<Finding[]> {
  const database = createDatabase(login, { maxConnections: 2, log })
  const { db, close } = database
  try {
    const missing = await missingMigrations(db)
    const found = [await server(db, where), await clock(db)]
    if (missing.length > 0) return [...found, behind(missing)]
    return [
      ...found,
      ok('schema', 'It has every table of this version.'),
      await rightsOnTables(database),
      await auditTrail(db),
      ...(await further(db)),
    ]
  } finally {
    await close()
  }
}

async function server(db: Db, where: string): Promise<Finding> {
  const answer = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db)
  return ok('database', `PostgreSQL ${answer.rows[0]!.version} answers: ${where}.`)
}

const maxSkewMs = 5_000

async function clock(db: Db): Promise<Finding> {
  const askedAt = Date.now()
  const answer = await sql<{
    now: number
  }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`.execute(db)
  const aheadMs = (askedAt + Date.now()) / 2 - answer.rows[0]!.now
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1)
  if (Math.abs(aheadMs) <= maxSkewMs) return ok('clock', `It differs from the database's by ${seconds} s at most.`)
  return warning(
    'clock',
    `This machine is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database: keys and sessions end too early or too late.`,
    'Set the clock of whichever is wrong, best by NTP.',
  )
}

const behind = (missing: string[]) =>
  warning(
    'schema',
    `It lacks ${missing.join(', ')}.`,
    'The next start applies them where it may; otherwise run cadastre migrate up as the owner.',
  )

async function rightsOnTables({ pool }: Database): Promise<Finding> {
  const client = await pool.connect()
  try {
    return ok('rights', `The registry's role ${await rights(client)}.`)
  } finally {
    client.release()
  }
}

/** The registry writes the trail and never rewrites it; the database sees to it when the role of the registry is not its owner. */
async function auditTrail(db: Db): Promise<Finding> {
  const check = 'audit trail'
  const answer = await sql<{ role: string; superuser: boolean; owns: boolean; changes: boolean; guarded: boolean }>`
    select current_user as role, r.rolsuper as superuser, pg_has_role(t.relowner, 'usage') as owns,
           has_table_privilege(t.oid, 'update, delete, truncate') as changes,
           (select count(*) = 2 from pg_trigger g where g.tgrelid = t.oid and g.tgenabled <> 'D'
              and g.tgname in ('audit_logs_immutable', 'audit_logs_kept')) as guarded
    from pg_class t, pg_roles r where t.oid = 'audit_logs'::regclass and r.rolname = current_user`.execute(db)
  const { role, superuser, owns, changes, guarded } = answer.rows[0]!
  if (!guarded)
    return failed(
      check,
      'The triggers that keep facts as they are were switched off.',
      'Find out by whom; switch them on again.',
    )
  const ownRole = 'Give the registry a role of its own: cadastre db create-user'
  if (superuser)
    return warning(check, `${role} is a superuser: nothing keeps the registry from changing facts.`, ownRole)
  if (owns)
    return warning(check, `${role} owns the tables, and so could switch off what keeps facts as they are.`, ownRole)
  if (changes)
    return failed(check, `${role} may change facts.`, 'Run cadastre migrate up as the owner, which takes that away.')
  return ok(check, `${role} adds facts, and can neither change nor remove them.`)
}
