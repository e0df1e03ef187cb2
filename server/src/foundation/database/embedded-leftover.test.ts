/** A postmaster.pid that lies: its process id now belongs to another program, or to nobody. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { query, removeTemporaryFolders, temporaryFolder, testUser } from '../../../test/embedded.ts'
import { startEmbeddedPostgres } from './embedded.ts'
import { spawnAs } from './embedded-user.ts'

const patienceMs = 300_000
let dataDir: string
let pidFile: string
const others: ChildProcess[] = []

beforeAll(async () => {
  dataDir = await temporaryFolder()
  const postgres = await startEmbeddedPostgres({ dataDir })
  await postgres.stop()
  pidFile = join(postgres.folder, 'data', 'postmaster.pid')
}, patienceMs)
afterEach(() => {
  for (const other of others.splice(0)) other.kill('SIGKILL')
})
afterAll(removeTemporaryFolders)

test('a program that has the process id by chance is left alone, and PostgreSQL starts beside it', {
  timeout: patienceMs,
}, async () => {
  const other = await otherProgram()
  await leavePidFile(other.pid!)

  const postgres = await startEmbeddedPostgres({ dataDir })
  const rows = await query(postgres.application, 'select 1 as works')
  await postgres.stop()

  expect(rows).toEqual([{ works: 1 }])
  expect(other.exitCode).toBeNull()
  expect(other.signalCode).toBeNull()
})

test('the process id of a program that has ended does not hinder the start', { timeout: patienceMs }, async () => {
  const other = await otherProgram()
  other.kill('SIGKILL')
  await once(other, 'exit')
  await leavePidFile(other.pid!)

  const postgres = await startEmbeddedPostgres({ dataDir })
  const written = Number.parseInt(await readFile(pidFile, 'utf8'), 10)
  await postgres.stop()

  expect(written).not.toBe(other.pid)
})

test('an empty file, as a full disk leaves it, is refused with what PostgreSQL says of it', {
  timeout: patienceMs,
}, async () => {
  await writeFile(pidFile, '')

  const refused = await startEmbeddedPostgres({ dataDir }).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'unavailable', code: 'embedded-failed' })
  expect(refused.message).toContain('postmaster.pid" is empty')
})

/** Runs as PostgreSQL's user: only such a process would be taken for a predecessor. */
async function otherProgram(): Promise<ChildProcess> {
  const other = spawn(process.execPath, ['-e', "console.log('ready'); setInterval(() => {}, 1000)"], {
    ...spawnAs(testUser),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  others.push(other)
  await once(other.stdout!, 'data')
  return other
}

/** What PostgreSQL writes into it: process id, data folder, start time, port, socket folder, address, shared memory, state. */
async function leavePidFile(pid: number): Promise<void> {
  const lines = [pid, join(dataDir, 'postgres', 'data'), 1_700_000_000, 5432, '', '', '', 'ready', '']
  await writeFile(pidFile, lines.join('\n'))
}
