/** `cadastre db create`: the database, the role that owns it, and the tables by the same migrations as ever. Twice is fine. */
import pg from 'pg'
import { migrateUp } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { settingsHere } from '../run.ts'
import { say } from '../say.ts'
import {
  type Administrator,
  type AdministratorOptions,
  administration,
  asAdministrator,
  loginAsOwner,
  type NameOptions,
  stepInto,
} from './administrator.ts'
import { letOwnerIn } from './owner-login.ts'
import { databaseOwner, makeRole } from './roles.ts'

export type CreateOptions = AdministratorOptions & NameOptions & { ownerLogin?: boolean; writeEnv?: string }

const quoted = pg.escapeIdentifier

export async function createRegistryDatabase(options: CreateOptions): Promise<void> {
  const settings = settingsHere()
  const { env, administrator, names, place } = administration(options, settings)

  const owner = await asAdministrator(administrator, (admin) => ensureDatabase(admin, names, options.owner))
  await asAdministrator(place, async (admin) => {
    if (owner === names.owner) await keepOthersOut(admin, names)
    const applied = await migrateUp(await loginAsOwner(place, owner))
    say(applied.length > 0 ? `Made the schema: ${applied.join(', ')}.` : 'The schema is up to date.')
    if (options.ownerLogin) await letOwnerIn(admin, { place, owner, settings, env, file: options.writeEnv })
  })
}

/** @returns who owns the database: a new role of ours, or whoever owned it before */
async function ensureDatabase(
  admin: Administrator,
  names: { database: string; owner: string },
  wantedOwner: string | undefined,
): Promise<string> {
  const { client } = admin
  const owner = await databaseOwner(client, names.database)
  if (owner === undefined) return makeDatabase(admin, names)
  if (wantedOwner !== undefined && wantedOwner !== owner) {
    throw new Refusal(
      'conflict',
      'database-owned',
      `The database ${names.database} belongs to ${owner}, not to ${wantedOwner}.`,
      'Leave --owner out, or name another database with --database.',
    )
  }
  await stepInto(admin, owner)
  say(`The database ${names.database} is there already; it belongs to ${owner}.`)
  return owner
}

async function makeDatabase(admin: Administrator, { database, owner }: { database: string; owner: string }) {
  const { client } = admin
  const made = await makeRole(client, owner)
  await stepInto(admin, owner)
  // template0, since somebody may have put things into the other one.
  await client.query(`create database ${quoted(database)} owner ${quoted(owner)} template template0 encoding 'UTF8'`)
  say(`Made the database ${database}, owned by ${made ? 'the new role' : 'the role'} ${owner}.`)
  return owner
}

/** Any user of the server may connect to a new database, and up to PostgreSQL 14 make tables in it. */
async function keepOthersOut({ client }: Administrator, { database, owner }: { database: string; owner: string }) {
  await client.query(`revoke all on database ${quoted(database)} from public`)
  await client.query(`grant usage, create on schema public to ${quoted(owner)}`)
  await client.query('revoke create on schema public from public')
}
