/** Brings the schema forward and back: numbered plain SQL files, one transaction and one advisory lock for all of them. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, type Migration, Migrator, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { Refusal } from '../refusal.ts'
import { serverRoot } from '../server-root.ts'
import { grantApplicationRights } from './application-rights.ts'
import type { Db, Tables } from './database.ts'

export type MigrationStatus = { name: string; appliedAt: Date | undefined }

const folder = join(serverRoot, 'migrations')
const tables = { migrationTableName: 'schema_migrations', migrationLockTableName: 'schema_migrations_lock' }
const oldestPostgres = 15

/** The names of the migrations that this program brings, oldest first. */
export async function knownMigrations(): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .map((file) => file.slice(0, -4))
    .sort()
}

/**
 * Applies what is missing and gives the application role its rights; safe to run twice and from several processes.
 * @param options.to the last step to apply, when not all of them are wanted
 * @returns the names of the migrations that were applied
 */
export function migrateUp(
  owner: pg.ClientConfig,
  options: { applicationRole?: string; to?: string } = {},
): Promise<string[]> {
  return asOwner(owner, async (db) => {
    const results = await run(db, (migrator) =>
      options.to ? migrator.migrateTo(options.to) : migrator.migrateToLatest(),
    )
    if (options.applicationRole) await grantApplicationRights(db, options.applicationRole)
    return results
  })
}

/** Takes back the newest step, or every step after `to`. @returns the names of the steps taken back, newest first */
export function migrateDown(owner: pg.ClientConfig, options: { to?: string } = {}): Promise<string[]> {
  return asOwner(owner, async (db) => {
    for (const name of await stepsBack(db, options.to)) {
      await readFile(join(folder, `${name}.down.sql`)).catch(() => {
        throw new Refusal('invalid', 'migration-one-way', `The step ${name} has no way back.`)
      })
    }
    return run(db, (migrator) => (options.to ? migrator.migrateTo(options.to) : migrator.migrateDown()))
  })
}

/** What `migrateDown` would take back, newest first. */
export function migrationsBack(owner: pg.ClientConfig, options: { to?: string } = {}): Promise<string[]> {
  return asOwner(owner, (db) => stepsBack(db, options.to))
}

/** Every migration this program knows, and when it was applied. Works for the application role too. */
export function migrationStatus(login: pg.ClientConfig): Promise<MigrationStatus[]> {
  return asOwner(login, async (db) => {
    const applied = await appliedMigrations(db)
    return (await knownMigrations()).map((name) => ({ name, appliedAt: applied.get(name) }))
  })
}

/** Refuses a schema that is newer than this program, and a PostgreSQL that is too old. @returns the missing steps */
export async function missingMigrations(db: Db): Promise<string[]> {
  await requirePostgres(db)
  const [known, applied] = [await knownMigrations(), await appliedMigrations(db)]
  refuseNewerSchema(known, applied)
  return known.filter((name) => !applied.has(name))
}

async function asOwner<T>(login: pg.ClientConfig, work: (db: Db) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ ...login, max: 1 })
  // A connection that breaks while nobody waits for it, such as after the work is done, concerns nobody.
  pool.on('error', () => {})
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await requirePostgres(db)
    return await work(db)
  } finally {
    await db.destroy()
  }
}

async function run(db: Db, step: (migrator: Migrator) => ReturnType<Migrator['migrateToLatest']>): Promise<string[]> {
  refuseNewerSchema(await knownMigrations(), await appliedMigrations(db))
  const { error, results } = await step(new Migrator({ db, provider: { getMigrations }, ...tables }))
  if (error) throw error
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

async function getMigrations(): Promise<Record<string, Migration>> {
  const migrations: Record<string, Migration> = {}
  for (const name of await knownMigrations()) {
    const read = (file: string) => readFile(join(folder, file), 'utf8')
    migrations[name] = {
      up: async (db) => void (await sql.raw(await read(`${name}.sql`)).execute(db)),
      down: async (db) => void (await sql.raw(await read(`${name}.down.sql`)).execute(db)),
    }
  }
  return migrations
}

async function stepsBack(db: Db, to: string | undefined): Promise<string[]> {
  const taken = await appliedMigrations(db)
  refuseNewerSchema(await knownMigrations(), taken)
  const applied = [...taken.keys()].reverse()
  if (to === undefined) return applied.slice(0, 1)
  if (!applied.includes(to)) {
    throw new Refusal(
      'invalid',
      'migration-unknown',
      `No applied migration is called ${to}. See cadastre migrate status.`,
    )
  }
  return applied.slice(0, applied.indexOf(to))
}

async function appliedMigrations(db: Db): Promise<Map<string, Date>> {
  const exists = await sql<{ found: boolean }>`select to_regclass('schema_migrations') is not null as found`.execute(db)
  if (!exists.rows[0]?.found) return new Map()
  const applied = await sql<{ name: string; timestamp: string }>`
    select name, timestamp from schema_migrations order by name`.execute(db)
  return new Map(applied.rows.map((row) => [row.name, new Date(row.timestamp)]))
}

function refuseNewerSchema(known: string[], applied: Map<string, Date>): void {
  const unknown = [...applied.keys()].filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new Refusal(
    'unavailable',
    'schema-newer',
    `The database has a newer schema (${unknown.join(', ')}) than this version of Cadastre knows.`,
    'Run the version of Cadastre that made it, or a later one.',
  )
}

async function requirePostgres(db: Db): Promise<void> {
  const answer = await sql<{ number: number; name: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as name`.execute(db)
  refuseOldPostgres(answer.rows[0]!)
}

/** @param server `server_version_num` and `server_version` */
export function refuseOldPostgres(server: { number: number; name: string }): void {
  if (server.number >= oldestPostgres * 10_000) return
  throw new Refusal(
    'invalid',
    'postgres-too-old',
    `Cadastre needs PostgreSQL ${oldestPostgres} or newer; this server is PostgreSQL ${server.name}.`,
  )
}
