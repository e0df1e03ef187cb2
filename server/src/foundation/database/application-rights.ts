/** The rights of the application role: it reads and writes rows, makes no tables, and never rewrites what audit has seen. */
import { sql } from 'kysely'
import { Refusal } from '../refusal.ts'
import type { Db, Tx } from './database.ts'

const schemas = ['public', 'jobs', 'staging', 'catalogue']

/** Grants them on all that is there, and on what later migrations of the same owner will make; safe to repeat. */
export function grantApplicationRights(db: Db, applicationRole: string): Promise<void> {
  return db.transaction().execute(async (tx) => {
    // A GRANT fails when another process grants on the same thing at that moment.
    await sql`select pg_advisory_xact_lock(hashtext('cadastre application rights'))`.execute(tx)
    await grant(tx, applicationRole)
  })
}

async function grant(db: Tx, applicationRole: string): Promise<void> {
  const role = sql.id(applicationRole)
  await requireRole(db, applicationRole)
  await grantOnDatabase(db, applicationRole)
  for (const schema of schemas) {
    const name = sql.id(schema)
    await sql`grant usage on schema ${name} to ${role}`.execute(db)
    await sql`grant select, insert, update, delete on all tables in schema ${name} to ${role}`.execute(db)
    await sql`grant usage, select on all sequences in schema ${name} to ${role}`.execute(db)
    await sql`grant execute on all functions in schema ${name} to ${role}`.execute(db)
    await sql`alter default privileges in schema ${name} grant select, insert, update, delete on tables to ${role}`.execute(
      db,
    )
    await sql`alter default privileges in schema ${name} grant usage, select on sequences to ${role}`.execute(db)
    await sql`alter default privileges in schema ${name} grant execute on functions to ${role}`.execute(db)
  }
  await sql`grant truncate on all tables in schema staging to ${role}`.execute(db)
  await sql`revoke update, delete on audit_logs from ${role}`.execute(db)
  await sql`revoke insert, update, delete on schema_migrations, schema_migrations_lock from ${role}`.execute(db)
  await sql`revoke insert, update, delete on all tables in schema catalogue from ${role}`.execute(db)
}

async function requireRole(db: Tx, applicationRole: string): Promise<void> {
  const known = await sql`select from pg_roles where rolname = ${applicationRole}`.execute(db)
  if (known.rows.length > 0) return
  throw new Refusal(
    'not-found',
    'application-role-missing',
    `The schema is up to date, and there is no role ${applicationRole} to give rights to.`,
    'Make it with: cadastre db create-user',
  )
}

/**
 * TEMPORARY is for `cadastre db test`, which shows on a table of its own session that rows can be written and read.
 * Only the database's owner can grant these; elsewhere an administrator has done it.
 */
async function grantOnDatabase(db: Tx, applicationRole: string): Promise<void> {
  const owned = await sql<{ name: string }>`
    select datname as name from pg_database where datname = current_database() and pg_has_role(datdba, 'usage')`.execute(
    db,
  )
  for (const { name } of owned.rows) {
    await sql`grant connect, temporary on database ${sql.id(name)} to ${sql.id(applicationRole)}`.execute(db)
  }
}
