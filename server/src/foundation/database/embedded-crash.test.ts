/** The embedded PostgreSQL after its server, or everything, was killed; and when many servers start at once. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import {
  endServerProcess,
  killAllIn,
  postmasterOf,
  processesIn,
  query,
  removeTemporaryFolders,
  type ServerProcess,
  spawnServer,
  startedOf,
  startServerProcess,
  temporaryFolder,
  until,
} from '../../../test/embedded.ts'
import { startEmbeddedPostgres } from './embedded.ts'

const patienceMs = 300_000
// Who works in a folder is read from /proc.
const onLinux = process.platform === 'linux'

afterAll(removeTemporaryFolders)

describe.runIf(onLinux)('after a kill', { timeout: patienceMs }, () => {
  test.each([
    ['with its server', killAllIn],
    // Then it goes on writing while the next start begins.
    ['by the death of its server alone', async () => undefined],
  ])('an initdb that was cut off %s is done again', async (_, killMore) => {
    const dataDir = await temporaryFolder()
    const folder = join(dataDir, 'postgres')
    const server = spawnServer({ dataDir })
    server.answer.catch(() => undefined)
    await until(async () => (await filesMadeBy(folder)) > 0)
    server.child.kill('SIGSTOP')
    await until(async () => (await filesMadeBy(folder)) > 10)
    await endServerProcess(server, 'SIGKILL')
    await killMore(folder)
    const whole = (await readdir(folder)).includes('data')

    const postgres = await startEmbeddedPostgres({ dataDir })
    const rows = await query(postgres.application, 'select current_user as name')
    await postgres.stop()
    await until(async () => (await processesIn(folder)).length === 0)
    const again = await startEmbeddedPostgres({ dataDir })
    await again.stop()

    expect(whole).toBe(false)
    expect(rows).toEqual([{ name: postgres.application.user }])
    expect((await readdir(folder)).toSorted()).toEqual(['data', 'lock', 'ready', 'run'])
  })

  test('a server that was killed between initdb and the roles is finished by the next start', async () => {
    const dataDir = await temporaryFolder()
    const folder = join(dataDir, 'postgres')
    const server = spawnServer({ dataDir })
    server.answer.catch(() => undefined)
    await until(async () => (await namesIn(folder)).includes('data'))
    await endServerProcess(server, 'SIGKILL')

    const postgres = await startEmbeddedPostgres({ dataDir })
    await query(postgres.owner, 'create table made (id int)')
    const refused = await query(postgres.application, 'create table made_too (id int)').catch((error) => error)
    await postgres.stop()

    expect(refused).toMatchObject({ code: '42501' })
    expect(await processesIn(folder)).toEqual([])
  })

  test('the next start works, stops the PostgreSQL that was left over, and nothing is lost', async () => {
    const dataDir = await temporaryFolder()
    const server = await startServerProcess({ dataDir })
    const { owner, folder } = startedOf(server)
    await query(owner, "create table kept (text text); insert into kept values ('here')")
    const leftover = await postmasterOf(folder)
    await endServerProcess(server, 'SIGKILL')
    const alive = (await processesIn(folder)).includes(leftover)

    const postgres = await startEmbeddedPostgres({ dataDir })
    const rows = await query(postgres.owner, 'select text from kept')
    const running = await processesIn(folder)
    await postgres.stop()

    expect(alive).toBe(true)
    expect(rows).toEqual([{ text: 'here' }])
    expect(running).not.toContain(leftover)
  })

  test('clients that stayed connected to a PostgreSQL that was left over do not delay the next start', async () => {
    const dataDir = await temporaryFolder()
    const server = await startServerProcess({ dataDir })
    const { owner, superuser, folder } = startedOf(server)
    const asking = query(owner, 'select pg_sleep(600)').catch((error) => error)
    // Who comes only while PostgreSQL stops is told another thing.
    const sleeping = `select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'`
    await until(async () => (await query(superuser, sleeping)).length > 0)
    await endServerProcess(server, 'SIGKILL')

    const postgres = await startEmbeddedPostgres({ dataDir })
    await postgres.stop()

    // It was ended; the sentence that says so may be overtaken by the end of the connection.
    expect(['57P01', 'ECONNRESET']).toContain((await asking).code)
    expect(await processesIn(folder)).toEqual([])
  })
})

describe.runIf(onLinux)('six starts at once', { timeout: patienceMs }, () => {
  test('on a new folder, and on one whose server was killed: exactly one wins, and the others name it', async () => {
    const dataDir = await temporaryFolder()

    const first = await startSix(dataDir)
    await endServerProcess(first.winner, 'SIGKILL')
    const second = await startSix(dataDir)
    const rows = await query(startedOf(second.winner).application, 'select 1 as works')
    await endServerProcess(second.winner, 'SIGTERM')

    for (const { winner, others } of [first, second]) {
      expect(others).toHaveLength(5)
      for (const { answer } of others)
        expect(answer).toMatchObject({
          refused: { code: 'embedded-in-use', message: expect.stringContaining(`process ${winner.pid},`) },
        })
    }
    expect(rows).toEqual([{ works: 1 }])
    expect(await processesIn(join(dataDir, 'postgres'))).toEqual([])
  })
})

describe.runIf(onLinux)('durability', { timeout: patienceMs }, () => {
  test('killing server and PostgreSQL under inserts, again and again, loses nothing that was acknowledged', async () => {
    const rounds = 5
    const dataDir = await temporaryFolder()
    const acknowledged: string[] = []

    for (let round = 0; round < rounds; round += 1) {
      const server = await startServerProcess({ dataDir })
      const { owner, folder } = startedOf(server)
      await query(owner, 'create table if not exists kept (id text primary key)')
      const before = acknowledged.length
      const writers = [1, 2, 3, 4].map((writer) => insertUntilCut(owner, `${round}-${writer}`, acknowledged))
      await until(() => acknowledged.length > before + 50)
      await setTimeout(Math.random() * 200)
      // In either order: PostgreSQL may be left over, or die under a server that is alive.
      if (round % 2 === 0) await Promise.all([endServerProcess(server, 'SIGKILL'), killAllIn(folder)])
      else {
        await endServerProcess(server, 'SIGKILL')
        await killAllIn(folder)
      }
      await Promise.all(writers)
    }

    const postgres = await startEmbeddedPostgres({ dataDir })
    const rows = await query<{ id: string }>(postgres.owner, 'select id from kept')
    await query(postgres.superuser, 'create extension amcheck')
    const damage = query(postgres.superuser, "select bt_index_check('kept_pkey', heapallindexed => true)")
    await expect(damage).resolves.toHaveLength(1)
    await postgres.stop()

    const kept = new Set(rows.map((row) => row.id))
    expect(acknowledged.length).toBeGreaterThan(rounds * 50)
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  })
})

async function startSix(dataDir: string): Promise<{ winner: ServerProcess; others: ServerProcess[] }> {
  const servers = await Promise.all(Array.from({ length: 6 }, () => startServerProcess({ dataDir })))
  const winners = servers.filter(({ answer }) => 'started' in answer)
  expect(winners).toHaveLength(1)
  return { winner: winners[0]!, others: servers.filter(({ answer }) => 'refused' in answer) }
}

/** Every insert is a transaction of its own; its id is noted once PostgreSQL has acknowledged it. */
async function insertUntilCut(login: pg.ClientConfig, name: string, acknowledged: string[]): Promise<void> {
  const client = new pg.Client(login)
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (let number = 0; ; number += 1) {
      await client.query('insert into kept values ($1)', [`${name}-${number}`])
      acknowledged.push(`${name}-${number}`)
    }
  } catch {
    // Cut: whether the last one is there nobody was told.
  }
  await client.end().catch(() => undefined)
}

async function filesMadeBy(folder: string): Promise<number> {
  const making = (await namesIn(folder)).find((name) => /^making-\w+$/.test(name))
  return making ? (await namesIn(join(folder, making))).length : 0
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])
