/** `cadastre db export`: everything the registry knows, of one moment, in one file. Archives are not part of it. */
import { createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Config } from '../../foundation/config/settings.ts'
import { migrationStatus, refuseOldPostgres } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { onDatabase } from '../database-login.ts'
import { settingsHere } from '../run.ts'
import { type Header, type TableContent, writeExport } from './export-format.ts'
import { type MovedTable, movedTables, sameWriting } from './moved-tables.ts'

export async function exportRegistry(file: string): Promise<void> {
  const { config } = settingsHere()
  const path = resolve(file)
  if (existsSync(path)) {
    throw new Refusal(
      'conflict',
      'file-exists',
      `${file} exists already.`,
      'Name a new file, or remove that one first.',
    )
  }
  const partial = `${path}.partial`
  // It holds everything but the archives, so it is nobody else's to read.
  await (await open(partial, 'w', 0o600)).close()
  try {
    const rows = await onDatabase(config, 'application', ({ login }) => writeSnapshot(login, partial))
    await rename(partial, path)
    process.stdout.write(`Wrote ${rows === 1 ? '1 row' : `${rows} rows`} to ${file}.\n`)
  } finally {
    await rm(partial, { force: true })
  }
  process.stderr.write(`${notPart(config)}\n`)
}

async function writeSnapshot(login: pg.ClientConfig, path: string): Promise<number> {
  const migrations = (await migrationStatus(login)).filter((step) => step.appliedAt).map((step) => step.name)
  const client = new pg.Client(login)
  client.on('error', () => {})
  await client.connect()
  let rows = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query(sameWriting)
    const header = await headerOf(client, migrations)
    const tables = await movedTables(client)
    if (migrations.length === 0 || tables.length === 0) throw nothingThere()
    const content = writeExport(
      header,
      contentOf(client, tables, (count) => (rows += count)),
    )
    await pipeline(Readable.from(content), createGzip(), createWriteStream(path, { flush: true }))
    await client.query('commit')
    return rows
  } finally {
    await client.end()
  }
}

async function headerOf(client: pg.Client, migrations: string[]): Promise<Header> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as number,
    current_setting('server_version') as name`)
  refuseOldPostgres(rows[0])
  const exportedAt = new Date().toISOString()
  return { format: 'cadastre-export', version: 1, exportedAt, postgres: rows[0].name, migrations }
}

async function* contentOf(
  client: pg.Client,
  tables: MovedTable[],
  counted: (rows: number) => void,
): AsyncGenerator<TableContent> {
  for (const table of tables) {
    const columns = table.columns.map(pg.escapeIdentifier).join(', ')
    const rows = client.query(copyTo(`copy public.${pg.escapeIdentifier(table.name)} (${columns}) to stdout`))
    yield {
      ...table,
      rows,
      async ended() {
        counted(rows.rowCount)
        return { rows: rows.rowCount, identities: await lastIdentities(client, table) }
      },
    }
  }
}

/** What the sequences gave last, since a number that was given and deleted must not be given again. */
async function lastIdentities(client: pg.Client, { name, identities }: MovedTable): Promise<Record<string, string>> {
  const last: Record<string, string> = {}
  for (const column of identities) {
    const table = `public.${pg.escapeIdentifier(name)}`
    const sequence = await client.query('select pg_get_serial_sequence($1, $2) as name', [table, column])
    const { rows } = await client.query(`select last_value, is_called from ${sequence.rows[0].name}`)
    if (rows[0].is_called) last[column] = rows[0].last_value
  }
  return last
}

function notPart({ storage, data_dir, security }: Config): string {
  const lines = [`Archives are not part of it: copy the folder ${storage.local.base_path} too.`]
  if (security.encryption_key === undefined) {
    lines.push(`Nor is the encryption key: give the text in ${join(data_dir, 'encryption-key')} to the other server`)
    lines.push('as security.encryption_key (TFR_SECURITY_ENCRYPTION_KEY), or as the same file in its data_dir.')
  }
  return lines.join('\n')
}

const nothingThere = () =>
  new Refusal(
    'not-found',
    'schema-behind',
    'This database has no tables of Cadastre.',
    'Check which database is named: cadastre config explain database. To make the tables: cadastre migrate up',
  )
