/** Runs PostgreSQL's programs as children: initdb to its end, the server until it is stopped or dies. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '../refusal.ts'
import { type Binaries, unsupported } from './embedded-binaries.ts'
import type { Home } from './embedded-folder.ts'
import { type ServerUser, spawnAs } from './embedded-user.ts'

/** The database folder with what is needed to run programs on it. */
export type Cluster = { binaries: Binaries; user: ServerUser | undefined; home: Home; data: string }

export type PostgresProcess = { died: Promise<string>; stop(): Promise<void> }

const stopPatienceMs = 10_000
const lastWordsMs = 1_000
const windows = process.platform === 'win32'

/** Waits until the server accepts connections. Crash recovery may take its time, so there is no deadline. */
export async function runPostgres(
  cluster: Cluster,
  settings: Record<string, string>,
  environment: Record<string, string> = {},
): Promise<PostgresProcess> {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = start(cluster, cluster.binaries.postgres, ['-D', cluster.data, ...options], environment)
  const lastLines = async () => program.output() + (await tailOfLog(cluster.home.log))
  while ((await readyPid(cluster.data)) !== program.child.pid) {
    const code = await Promise.race([program.ended, setTimeout(5, 'running' as const)])
    if (code !== 'running') throw failed('PostgreSQL did not start', await lastLines())
  }
  return supervise(cluster, program, lastLines)
}

/** Runs a program to its end. @throws when it did not succeed, with what it wrote */
export async function runToEnd(cluster: Cluster, file: string, args: string[]): Promise<void> {
  const program = start(cluster, file, args)
  if ((await program.ended) !== 0) throw failed(`${file} failed`, program.output())
}

function supervise({ ...cluster }: Cluster, program: Program, lastLines: () => Promise<string>): PostgresProcess {
  let stopping: Promise<void> | undefined
  const stop = async () => {
    await interrupt(cluster, program.child, 'fast')
    const ended = await Promise.race([program.ended, setTimeout(stopPatienceMs, 'late' as const, { ref: false })])
    if (ended === 'late') await interrupt(cluster, program.child, 'immediate')
    await program.ended
  }
  return {
    died: new Promise((resolve) => {
      program.ended.then(async () => {
        if (!stopping) resolve(await lastLines())
      })
    }),
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

/** Windows has no signals; there pg_ctl knows PostgreSQL's own way. */
async function interrupt(cluster: Cluster, child: ChildProcess, mode: 'fast' | 'immediate'): Promise<void> {
  if (!windows) return void child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  await runToEnd(cluster, cluster.binaries.pgCtl, ['stop', '-D', cluster.data, '-m', mode, '--no-wait'])
}

type Program = { child: ChildProcess; ended: Promise<number>; output(): string }

function start(cluster: Cluster, file: string, args: string[], environment: Record<string, string> = {}): Program {
  const child = spawn(file, args, {
    ...spawnAs(cluster.user),
    cwd: cluster.home.folder,
    env: { ...ownEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C goes to every process of the terminal's group; PostgreSQL has to outlive the last request.
    detached: !windows,
    windowsHide: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-4_000)
    })
  }
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(notRun(file, cluster.user, error)))
    child.once('close', (code) => resolve(code ?? -1))
    // A child of a dead PostgreSQL may be busy for long, and holds what it writes to open all the time.
    child.once(
      'exit',
      (code) => void setTimeout(lastWordsMs, undefined, { ref: false }).then(() => resolve(code ?? -1)),
    )
  })
  ended.catch(() => undefined)
  return { child, ended, output: () => output }
}

/** Not our whole environment: it holds secrets, and variables that PostgreSQL would obey. */
function ownEnvironment(): Record<string, string> {
  const names = ['PATH', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SystemDrive', 'ComSpec', 'LD_LIBRARY_PATH']
  const kept = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}

/** The process id in postmaster.pid, once its last line says that the server accepts connections. */
async function readyPid(data: string): Promise<number | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : undefined
}

async function tailOfLog(folder: string): Promise<string> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('postgresql-'))
  const dated = await Promise.all(files.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  const newest = dated.sort((a, b) => b.at - a.at)[0]
  if (!newest) return ''
  return (await readFile(join(folder, newest.name), 'utf8')).trimEnd().split('\n').slice(-20).join('\n')
}

const failed = (sentence: string, output: string) =>
  new Refusal('unavailable', 'embedded-failed', `${sentence}: ${output.trim() || 'it wrote nothing.'}`)

function notRun(file: string, user: ServerUser | undefined, error: NodeJS.ErrnoException): Refusal {
  // The kernel says "no such file" of a program whose C library is missing.
  if (error.code === 'ENOENT' && existsSync(file)) {
    return unsupported(`The embedded PostgreSQL does not run on this system: its programs need glibc (${file}).`)
  }
  return failed(`${file} could not be run${user ? ` as ${user.name}` : ''}`, error.message)
}
