/** `cadastre db test`: signs in as the registry does, and shows step by step that it can work there. */
import pg from 'pg'
import type { Config } from '../../foundation/config/settings.ts'
import { applicationAddress } from '../../foundation/database/login.ts'
import { migrationStatus, refuseOldPostgres } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { onDatabase } from '../database-login.ts'
import { settingsHere } from '../run.ts'

type Line = [what: string, value: string]

export async function testConnection({ json }: { json?: boolean }): Promise<void> {
  const { config } = settingsHere()
  const lines: Line[] = []
  const say = (what: string, value: string) => {
    lines.push([what, value])
    if (!json) process.stdout.write(`${what}\t${value}\n`)
  }
  for (const [what, value] of shownSettings(config)) say(what, value)
  await onDatabase(config, 'application', async ({ login, embedded }) => {
    const client = new pg.Client({ ...login, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      say('server', await serverVersion(client))
      say('tls', embedded ? 'not needed: the database is on this machine' : await tlsInUse(client))
      say('write', await writeAndReadBack(client))
      say('schema', await schemaState(login))
      say('rights', await rights(client))
    } finally {
      await client.end().catch(() => {})
    }
  })
  if (json)
    process.stdout.write(
      `${JSON.stringify({ schema: 'cadastre.db.test.v1', ok: true, data: Object.fromEntries(lines) })}\n`,
    )
}

function shownSettings(config: Config): Line[] {
  const address = applicationAddress(config)
  if (!address) return [['database', `embedded, in ${config.data_dir}`]]
  return [
    ['host', address.host],
    ['port', String(address.port)],
    ['database', address.name],
    ['user', address.user],
    ['password', address.password === undefined ? 'not set' : '****'],
    ['ssl_mode', address.sslMode],
  ]
}

async function serverVersion(client: pg.Client): Promise<string> {
  const { rows } = await client.query(`select current_setting('server_version_num')::int as number,
    current_setting('server_version') as name`)
  refuseOldPostgres(rows[0])
  return `PostgreSQL ${rows[0].name}`
}

/** What the server says of this connection; behind a pooler that is the pooler's. */
async function tlsInUse(client: pg.Client): Promise<string> {
  const { rows } = await client.query('select ssl, version, cipher from pg_stat_ssl where pid = pg_backend_pid()')
  return rows[0]?.ssl ? `${rows[0].version} ${rows[0].cipher}` : 'none'
}

/** A table that only this session sees, in a transaction that is taken back. */
async function writeAndReadBack(client: pg.Client): Promise<string> {
  const text = 'It works: äöü'
  await client.query('begin')
  await client.query('create temporary table cadastre_db_test (id int primary key, text text not null) on commit drop')
  await client.query('insert into cadastre_db_test values (1, $1)', [text])
  const { rows } = await client.query('select text from cadastre_db_test where id = 1')
  await client.query('drop table cadastre_db_test')
  await client.query('rollback')
  if (rows[0]?.text !== text) throw new Error(`The row came back as ${JSON.stringify(rows)}.`)
  return 'made a temporary table, wrote a row, read it back, dropped the table'
}

async function schemaState(login: pg.ClientConfig): Promise<string> {
  const missing = (await migrationStatus(login)).filter((step) => !step.appliedAt).map((step) => step.name)
  return missing.length === 0 ? 'up to date' : `lacks ${missing.join(', ')}: run cadastre db create`
}

/** @returns what the role of this connection does, in words @throws forbidden when it may do less than it has to */
export async function rights(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query(`
    select array_agg(relname::text order by relname) filter (where not (has_table_privilege(oid, 'select')
             and (relname like 'schema_migrations%' or has_table_privilege(oid, 'insert')))) as closed,
           has_schema_privilege('public', 'create') as creates
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)
  const { closed, creates } = rows[0]
  if (closed) {
    throw new Refusal(
      'forbidden',
      'database-right',
      `This user may not read and write ${closed.join(', ')}.`,
      'Let an administrator run cadastre db create-user again.',
    )
  }
  return creates
    ? 'reads and writes; also makes tables, which the registry does not need'
    : 'reads and writes, and makes no tables'
}
