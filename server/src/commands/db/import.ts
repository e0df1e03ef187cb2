/** `cadastre db import`: fills an empty database with an export, in one transaction: wholly or not at all. */
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { knownMigrations, migrateUp, migrationStatus } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { DatabaseAtHand } from '../database-login.ts'
import { settingsHere } from '../run.ts'
import { damaged, ExportReader, type TableStart } from './export-format.ts'
import { type ImportOptions, onOwnedDatabase } from './import-target.ts'
import { movedTables, sameWriting } from './moved-tables.ts'

export async function importRegistry(file: string, options: ImportOptions): Promise<void> {
  const settings = settingsHere()
  await access(file).catch((error) => {
    throw new Refusal('not-found', 'file-missing', `${file} cannot be read: ${error.message}`)
  })
  await onOwnedDatabase(options, settings, async (database) => {
    const bytes = createReadStream(file)
    const plain = createGunzip()
    bytes.on('error', (error) => plain.destroy(error)).pipe(plain)
    const rows = await importInto(database, new ExportReader(plain)).finally(() => bytes.destroy())
    process.stdout.write(`Imported ${rows === 1 ? '1 row' : `${rows} rows`} into ${database.where}.\n`)
  })
  const folder = settings.config.storage.local.base_path
  process.stderr.write(`Archives are not part of it: they belong into ${folder}. The registry starts with the
encryption key of the old server only: security.encryption_key, or encryption-key in data_dir.\n`)
}

async function importInto(database: DatabaseAtHand, reader: ExportReader): Promise<number> {
  const { login, applicationRole } = database
  const { migrations } = await reader.header()
  await bringSchemaTo(database, migrations)
  const client = new pg.Client(login)
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin')
    await client.query(sameWriting)
    const rows = await fill(client, reader)
    await client.query('commit')
    // The planner knows nothing yet of what has come.
    await client.query('analyze')
    await migrateUp(login, { applicationRole })
    return rows
  } catch (error) {
    throw asDamage(error)
  } finally {
    await client.end()
  }
}

/** An export of an older Cadastre goes into the tables of its time, which are brought up afterwards. */
async function bringSchemaTo({ login, where }: DatabaseAtHand, wanted: string[]): Promise<void> {
  const known = await knownMigrations()
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw schemaDiffers(`The file has a newer schema (${unknown}) than this version of Cadastre.`)
  const applied = (await migrationStatus(login)).filter((step) => step.appliedAt).map((step) => step.name)
  if (applied.length === 0) return void (await migrateUp(login, { to: wanted.at(-1) }))
  if (applied.join() === wanted.join()) return
  throw schemaDiffers(
    `The file has the schema of ${wanted.at(-1)}, and ${where} that of ${applied.at(-1)}.`,
    `Import into a database without tables, or bring this one to the same step: cadastre migrate up, or cadastre migrate down --to ${wanted.at(-1)}`,
  )
}

async function fill(client: pg.Client, reader: ExportReader): Promise<number> {
  const tables = new Map((await movedTables(client)).map((table) => [table.name, table]))
  await requireEmpty(client, [...tables.keys()])
  // The first migration made the default organization; the file brings it with the id that its rows refer to.
  await client.query('delete from organizations')
  let rows = 0
  for (let table = await reader.nextTable(); table; table = await reader.nextTable()) {
    const here = tables.get(table.name)
    if (!here || [...here.columns].sort().join() !== [...table.columns].sort().join()) {
      throw schemaDiffers(`The table ${table.name} looks otherwise here.`)
    }
    tables.delete(table.name)
    rows += await fillTable(client, reader, table)
  }
  if (tables.size > 0) throw damaged(`it lacks ${[...tables.keys()].join(', ')}`)
  return rows
}

async function fillTable(client: pg.Client, reader: ExportReader, { name, columns }: TableStart): Promise<number> {
  const table = `public.${pg.escapeIdentifier(name)}`
  const copy = client.query(copyFrom(`copy ${table} (${columns.map(pg.escapeIdentifier).join(', ')}) from stdin`))
  await pipeline(Readable.from(reader.rows(), { objectMode: false, highWaterMark: 256 * 1024 }), copy)
  const { rows, identities } = await reader.tableEnd()
  if (rows !== copy.rowCount) throw damaged(`${name} has ${copy.rowCount} rows instead of ${rows}`)
  for (const [column, last] of Object.entries(identities)) {
    const sequence = await client.query('select pg_get_serial_sequence($1, $2) as name', [table, column])
    await client.query('select setval($1, $2::bigint)', [sequence.rows[0].name, last])
  }
  return rows
}

/** Nobody writes until the end of the transaction. */
async function requireEmpty(client: pg.Client, tables: string[]): Promise<void> {
  const quoted = tables.map((name) => `public.${pg.escapeIdentifier(name)}`)
  await client.query(`lock table ${quoted.join(', ')} in exclusive mode`)
  const filled: string[] = []
  for (const [index, name] of tables.entries()) {
    const made = name === 'organizations' ? "where name <> 'default'" : ''
    const { rowCount } = await client.query(`select from ${quoted[index]} ${made} limit 1`)
    if (rowCount !== 0) filled.push(name)
  }
  if (filled.length === 0) return
  throw new Refusal(
    'conflict',
    'database-not-empty',
    `The database is not empty: there are rows in ${filled.join(', ')}.`,
    'Import into a database on which no registry was started yet; cadastre db create --database NAME makes one.',
  )
}

/** What a damaged file says before its checksum is reached: values that are none, rows that refer to nothing. */
function asDamage(error: unknown): unknown {
  const spoiled = error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
  return spoiled ? damaged(`PostgreSQL says: ${(error as Error).message}`) : error
}

const schemaDiffers = (sentence: string, hint = 'Use the version of Cadastre that wrote the file, or a later one.') =>
  new Refusal('conflict', 'schema-differs', sentence, hint)
