/** Makes the database once: `initdb`, then two roles and one database; every step may be cut off and is done again. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../refusal.ts'
import type { Listening } from './embedded-listening.ts'
import { type Cluster, runToEnd } from './embedded-process.ts'
import { giveTo } from './embedded-user.ts'

export type DatabaseLogin = { host: string; port: number; user: string; database: string; password?: string }

export const roles = { superuser: 'cadastre', owner: 'cadastre_owner', application: 'cadastre_app' }
const databaseName = 'cadastre'

export function loginOf(role: string, { host, port, password }: Listening, database = databaseName): DatabaseLogin {
  const secret = password(role)
  return { host, port, user: role, database, ...(secret === undefined ? {} : { password: secret }) }
}

/** Runs initdb in a folder of its own and gives it the real name last: a folder under that name is whole. */
export async function makeData(cluster: Cluster, listening: Listening): Promise<void> {
  const { folder } = cluster.home
  for (const name of (await readdir(folder)).filter((each) => each.startsWith('making-'))) {
    // An initdb of a server that was killed may still be writing there; what is left goes with the next start.
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined)
  }
  if (existsSync(cluster.data)) {
    await refuseOtherVersion(cluster)
    // Volumes may be opened to a group whenever they are mounted, and PostgreSQL refuses such a folder.
    return chmod(cluster.data, 0o700)
  }

  const making = join(folder, `making-${randomBytes(6).toString('hex')}`)
  await runToEnd(cluster, cluster.binaries.initdb, [
    ...['-D', making, '-U', roles.superuser, '--encoding=UTF8', '--locale=C'],
    ...(await authentication(cluster, listening, `${making}.password`)),
  ])
  await rm(`${making}.password`, { force: true })
  await rename(making, cluster.data)
}

async function authentication(cluster: Cluster, listening: Listening, passwordFile: string): Promise<string[]> {
  const password = listening.password(roles.superuser)
  if (password === undefined) return ['--auth-local=trust', '--auth-host=reject']
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  await giveTo(cluster.user, passwordFile)
  return ['--auth-local=reject', '--auth-host=scram-sha-256', `--pwfile=${passwordFile}`]
}

async function refuseOtherVersion({ data, binaries, home }: Cluster): Promise<void> {
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version === binaries.major) return
  throw new Refusal(
    'unavailable',
    'embedded-version',
    `The database in ${home.folder} was made by PostgreSQL ${version}, and this version of Cadastre brings PostgreSQL ${binaries.major}.`,
    `With the version of Cadastre that made it run: cadastre db export FILE. Then move ${home.folder} away and run with this one: cadastre db import FILE`,
  )
}

/** Two roles as in production, and their database. The marker is written last, and spares later starts the question. */
export async function makeRoles(cluster: Cluster, listening: Listening): Promise<void> {
  const marker = join(cluster.home.folder, 'ready')
  if (existsSync(marker)) return
  await connected(loginOf(roles.superuser, listening, 'postgres'), async (client) => {
    for (const role of [roles.owner, roles.application]) {
      const known = await client.query('select from pg_roles where rolname = $1', [role])
      if (known.rowCount === 0) await client.query(`create role ${role}`)
      const password = listening.password(role)
      await client.query(`alter role ${role} login password ${password ? pg.escapeLiteral(password) : 'null'}`)
    }
    const known = await client.query('select from pg_database where datname = $1', [databaseName])
    if (known.rowCount === 0) await client.query(`create database ${databaseName} owner ${roles.owner}`)
    await client.query(`revoke all on database ${databaseName} from public`)
    await client.query(`grant connect on database ${databaseName} to ${roles.owner}, ${roles.application}`)
  })
  await connected(loginOf(roles.superuser, listening), (client) =>
    client.query('revoke create on schema public from public'),
  )
  await writeFile(marker, '', { flag: 'wx' })
}

async function connected(login: DatabaseLogin, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(login)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
