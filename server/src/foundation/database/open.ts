/** Opens the database that the settings name, brings its schema up, and says with which login to use it. */
import { sql } from 'kysely'
import type { ClientConfig } from 'pg'
import type { Config } from '../config/settings.ts'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import { createDatabase } from './database.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { connectionRefusal } from './errors.ts'
import { type Address, applicationAddress, loginFor, ownerAddress } from './login.ts'
import { migrateUp, missingMigrations } from './migrate.ts'

export type OpenedDatabase = {
  application: ClientConfig
  embedded: boolean
  stop(): Promise<void>
  /** Resolves with the reason when the database has died under us. */
  failed: Promise<string>
}

export async function openDatabase(config: Config, log: Log): Promise<OpenedDatabase> {
  const address = applicationAddress(config)
  return address ? openServer(config, address, log) : openEmbedded(config, log)
}

async function openEmbedded(config: Config, log: Log): Promise<OpenedDatabase> {
  const postgres = await startEmbeddedPostgres({
    dataDir: config.data_dir,
    user: config.database.embedded.user,
    connections: config.database.max_connections,
    log: (message) => log.info(message),
  })
  try {
    const applied = await migrateUp(postgres.owner, { applicationRole: postgres.application.user })
    if (applied.length > 0) log.info({ applied }, 'brought the schema up')
  } catch (error) {
    await postgres.stop()
    throw error
  }
  const failed = postgres.died.then((lines) => `The embedded PostgreSQL ended: ${lines}`)
  return { application: postgres.application, embedded: true, stop: () => postgres.stop(), failed }
}

async function openServer(config: Config, address: Address, log: Log): Promise<OpenedDatabase> {
  const application = await loginFor(address)
  const missing = await missingSteps(application, address, log)
  if (missing.length > 0) await mendSchema(config, application, missing, log)
  return { application, embedded: false, stop: async () => {}, failed: new Promise(() => {}) }
}

async function missingSteps(login: ClientConfig, address: Address, log: Log): Promise<string[]> {
  const { db, close } = createDatabase(login, { maxConnections: 1, log })
  try {
    return await missingMigrations(db)
  } catch (error) {
    throw connectionRefusal(error, address)
  } finally {
    await close()
  }
}

async function mendSchema(config: Config, application: ClientConfig, missing: string[], log: Log): Promise<void> {
  const address = ownerAddress(config)!
  const owner = await loginFor(address)
  if (config.database.migration_url === undefined && !(await mayMakeTables(owner, log))) {
    throw new Refusal(
      'unavailable',
      'schema-behind',
      `The database lacks ${missing.join(', ')}, and the user ${address.user} may not make tables.`,
      'Run cadastre migrate up with the owner role in database.migration_url (TFR_DATABASE_MIGRATION_URL).',
    )
  }
  const applicationRole = owner.user === application.user ? undefined : application.user
  const applied = await migrateUp(owner, { applicationRole }).catch((error) => {
    throw connectionRefusal(error, address)
  })
  log.info({ applied }, 'brought the schema up')
}

async function mayMakeTables(login: ClientConfig, log: Log): Promise<boolean> {
  const { db, close } = createDatabase(login, { maxConnections: 1, log })
  try {
    const answer = await sql<{ may: boolean }>`
      select has_schema_privilege('public', 'create') and has_database_privilege(current_database(), 'create') as may`.execute(
      db,
    )
    return answer.rows[0]?.may === true
  } finally {
    await close()
  }
}
