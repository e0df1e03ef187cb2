/** The PostgreSQL of the system, with the settings that it comes with, when there is one: beside the embedded one. */
import type { ChildProcess } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { serverUser } from '../server/src/foundation/database/embedded-user.ts'
import { cores, freePort, startOn, stop } from './processes.ts'
import { temporaryFolder } from './registry.ts'

const programs = '/usr/lib/postgresql/15/bin'

export type OtherPostgres = {
  /** Settings of a registry on a new database. */
  newDatabase(name: string): Promise<Record<string, string>>
  sql(database: string, text: string): Promise<pg.QueryResult>
  remove(): Promise<void>
}

/** @returns undefined where PostgreSQL 15 is not */
export async function startOtherPostgres(): Promise<OtherPostgres | undefined> {
  if (!existsSync(join(programs, 'postgres'))) return undefined
  const [folder, port, user] = [
    await temporaryFolder('cadastre-bench-pg-'),
    await freePort(),
    await serverUser('nobody'),
  ]
  if (user) chownSync(folder, user.uid, user.gid)
  const as = { cwd: folder, ...(user ? { uid: user.uid, gid: user.gid } : {}) }
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', 'bench', '--auth=trust', '--encoding=UTF8', '--locale=C']
  execFileSync(join(programs, 'initdb'), init, { ...as, stdio: 'ignore' })
  const options = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1']
  const child = startOn(cores.both, options, { ...as, stdio: 'ignore' }, join(programs, 'postgres'))
  const sql = async (database: string, text: string) => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'bench', database })
    await client.connect()
    return client.query(text).finally(() => client.end())
  }
  await untilReady(child, () => sql('postgres', 'select 1'))
  return {
    sql,
    async newDatabase(name) {
      await sql('postgres', `create database ${pg.escapeIdentifier(name)}`)
      return { TFR_DATABASE_URL: `postgresql://bench@127.0.0.1:${port}/${name}?sslmode=disable` }
    },
    async remove() {
      await stop(child, 'SIGINT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilReady(child: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL 15 ended with ${child.exitCode}`)
    if (await ask().catch(() => undefined)) return
    await setTimeout(20)
  }
}
