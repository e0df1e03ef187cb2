/** What tests of the embedded PostgreSQL share: folders that vanish again, servers that may be killed, and who is still running. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import pg from 'pg'
import type { EmbeddedOptions, EmbeddedPostgres } from '../src/foundation/database/embedded.ts'
import { closedFolder, type ServerUser, serverUser } from '../src/foundation/database/embedded-user.ts'

export const isRoot = process.getuid?.() === 0

/** Who runs PostgreSQL in tests, as in the product: nobody when we are root, else ourselves. */
export const testUser = await serverUser('nobody')

// A temporary folder of root's own would make every case the one of a closed folder.
const temporary = (await closedFolder(tmpdir(), testUser)) ? '/tmp' : tmpdir()

const folders: string[] = []

/** @param mode 0755 lets PostgreSQL's user enter, 0700 does not when we are root */
export async function temporaryFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(temporary, 'cadastre-embedded-'))
  await chmod(folder, mode)
  folders.push(folder)
  return folder
}

/** Removes them with the databases that their pointer files lead to; nothing may run there any more. */
export async function removeTemporaryFolders(): Promise<void> {
  for (const folder of folders.splice(0)) {
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('postgres.location')) continue
      await rm((await readFile(join(folder, name), 'utf8')).trim(), { recursive: true, force: true })
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

type Started = Pick<EmbeddedPostgres, 'owner' | 'application' | 'superuser' | 'folder'>
export type Answer = { started: Started } | { refused: { code: string; message: string; hint: string | undefined } }
export type ServerProcess = { pid: number; answer: Answer; child: ChildProcess }

/** Starts the embedded PostgreSQL in a process of its own. @param as another user than ourselves */
export async function startServerProcess(options: EmbeddedOptions, as?: ServerUser): Promise<ServerProcess> {
  const { child, answer } = spawnServer(options, as)
  return { child, pid: child.pid!, answer: await answer }
}

export function spawnServer(options: EmbeddedOptions, as?: ServerUser) {
  const child = spawn(process.execPath, [serverProgram(), JSON.stringify(options)], {
    ...(as ? { uid: as.uid, gid: as.gid } : {}),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return { child, answer: firstAnswer(child) }
}

let built: string | undefined

/** One file of plain JavaScript, made once: it starts in a tenth of the time that sources need. Packages are not in it. */
function serverProgram(): string {
  if (built) return built
  const folder = fileURLToPath(new URL('../../node_modules/.cache/cadastre/', import.meta.url))
  const [program, written] = [join(folder, 'embedded-server.mjs'), join(folder, `embedded-server-${process.pid}.mjs`)]
  buildSync({
    entryPoints: [fileURLToPath(new URL('embedded-server.ts', import.meta.url))],
    outfile: written,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
  })
  // Whole or not at all: another process may be starting it.
  renameSync(written, program)
  built = program
  return program
}

async function firstAnswer(child: ChildProcess): Promise<Answer> {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line)
  throw new Error('The server process ended without an answer.')
}

export function startedOf({ answer }: ServerProcess): Started {
  if ('refused' in answer) throw new Error(answer.refused.message)
  return answer.started
}

export async function endServerProcess(server: { child: ChildProcess }, signal: NodeJS.Signals): Promise<void> {
  if (server.child.exitCode !== null || server.child.signalCode !== null) return
  const ended = once(server.child, 'exit')
  server.child.kill(signal)
  await ended
}

export async function postmasterOf(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)
}

/** Every process that works in the folder; PostgreSQL's children name no folder, but stay in it. */
export async function processesIn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
  return pids.filter((_, index) => `${places[index]}/`.startsWith(`${folder}/`)).map(Number)
}

export async function killAllIn(folder: string): Promise<void> {
  for (const pid of await processesIn(folder)) tryKill(pid)
}

export async function until(claim: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await claim())) await setTimeout(5)
}

export async function query<Row extends pg.QueryResultRow>(login: pg.ClientConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(login)
  // What is asked fails with it; without a listener a connection that breaks would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
