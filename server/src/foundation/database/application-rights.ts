/** The rights of the application role: it reads and writes rows, makes no tables, and never rewrites what audit has seen. */
import { sql } from 'kysely'
import type { Db } from './database.ts'

const schemas = ['public', 'jobs', 'staging', 'catalogue']

/** Grants them on all that is there, and on what later migrations of the same owner will make; safe to repeat. */
export async function grantApplicationRights(db: Db, applicationRole: string): Promise<void> {
  const role = sql.id(applicationRole)
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
