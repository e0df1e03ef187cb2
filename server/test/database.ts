/** A database for one test file: a copy of the migrated template, dropped when the file is done. */
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'

export type TestDatabase = {
  /** Owns the database, as the role that runs migrations does in production. */
  owner: pg.ClientConfig
  /** What the registry itself signs in as: rows, no tables. */
  application: pg.ClientConfig
  superuser: pg.ClientConfig
  drop(): Promise<void>
}

export async function copyOfTemplate(): Promise<TestDatabase> {
  const { superuser, owner, application, template } = inject('postgres')
  const database = `test_${randomBytes(6).toString('hex')}`
  // File by file it takes a third of the time that the usual way through the log of writes does: nothing waits for a disk.
  await query(superuser, `create database ${database} template ${template} owner ${owner} strategy file_copy`)
  // A copy does not inherit the rights on the database itself.
  await query(superuser, `revoke all on database ${database} from public`)
  await query(superuser, `grant connect, temporary on database ${database} to ${owner}, ${application}`)
  return {
    owner: { ...superuser, user: owner, database },
    application: { ...superuser, user: application, database },
    superuser: { ...superuser, database },
    drop: () => dropWhenLeft(superuser, database),
  }
}

async function query(login: pg.ClientConfig, text: string): Promise<void> {
  const client = new pg.Client(login)
  await client.connect()
  await client.query(text).finally(() => client.end())
}

/**
 * A pool says that it has ended before PostgreSQL has heard so. Cut off by force meanwhile, it would end the process with an error
 * of nobody's. What is still there after a while was left behind.
 */
async function dropWhenLeft(superuser: pg.ClientConfig, database: string): Promise<void> {
  const client = new pg.Client(superuser)
  await client.connect()
  const isUsed = async () => (await client.query(inUse, [database])).rows.length > 0
  try {
    for (let looks = 0; looks < 100 && (await isUsed()); looks++) await pause(20)
    await client.query(`drop database if exists ${database} with (force)`)
  } finally {
    await client.end()
  }
}

const inUse = "select from pg_stat_activity where datname = $1 and backend_type = 'client backend' limit 1"

/** A login as the settings take it: the host behind it may be the folder of a socket. */
export const databaseUrl = ({ host, port, user, password, database }: pg.ClientConfig): string =>
  `postgresql://${user}:${password ?? ''}@localhost/${database}?host=${encodeURIComponent(host!)}&port=${port}&sslmode=disable`
