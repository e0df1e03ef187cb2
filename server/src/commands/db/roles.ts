/** Roles of the server, as the set-up commands make and re-key them. */
import pg from 'pg'
import { Refusal } from '../../foundation/refusal.ts'
import { scramVerifier } from './scram.ts'

const quoted = pg.escapeIdentifier

/** @returns false when there was a role of that name */
export async function makeRole(client: pg.Client, role: string): Promise<boolean> {
  const known = await client.query('select from pg_roles where rolname = $1', [role])
  if (known.rowCount !== 0) return false
  await client.query(`create role ${quoted(role)} nologin`)
  return true
}

/** The password of a role that can do more than ours is never touched: other programs sign in with it. */
export async function refuseMightyRole(client: pg.Client, role: string, flag: string): Promise<void> {
  const { rows } = await client.query(
    `select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls or rolname = current_user as mighty
     from pg_roles where rolname = $1`,
    [role],
  )
  if (!rows[0]?.mighty) return
  throw new Refusal(
    'conflict',
    'role-too-mighty',
    `The role ${role} may do more on this server than Cadastre needs, and its password stays as it is.`,
    `Name another role with ${flag}.`,
  )
}

/** From now on the role signs in with this password and no other. */
export async function letIn(client: pg.Client, role: string, password: string): Promise<void> {
  await client.query(`alter role ${quoted(role)} login password ${pg.escapeLiteral(scramVerifier(password))}`)
}

export async function databaseOwner(client: pg.Client, database: string): Promise<string | undefined> {
  const { rows } = await client.query('select pg_get_userbyid(datdba) as owner from pg_database where datname = $1', [
    database,
  ])
  return rows[0]?.owner
}
