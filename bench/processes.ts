/** Processes of a bench: started on one core, measured with all their children, stopped by process id. */
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'

/** Servers share one core and clients the other, so that limit and case meet the same neighbours. */
export const cores = { servers: 0, clients: 1, both: '0,1' } as const

export const onPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

export const canPin = onPath('taskset') && availableParallelism() > 1

/** Starts Node, or another program, on one core; children it starts stay there. */
export function startOn(core: number | string, args: string[], options: SpawnOptions = {}, file = process.execPath) {
  const child = canPin ? spawn('taskset', ['-c', String(core), file, ...args], options) : spawn(file, args, options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

const running = new Set<ChildProcess>()

/** @returns the exit code */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

export const stopAll = () => Promise.all([...running].map((child) => stop(child)))

/** The first line that the child writes. */
export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a server ended with ${code} before it answered`)))
    child.stdout?.once('data', (text) => resolve(String(text).split('\n')[0]!))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Whether this system tells CPU time in nanoseconds and per thread. */
export const canMeasureCpu = () => cpuOfThreads([process.pid]).size > 0

/** Nanoseconds of CPU by thread, of the process and everything that it started. */
export function cpuOfTree(pid: number): Map<string, number> {
  return cpuOfThreads(treeOf(pid))
}

/** What was spent in between; a thread that ended meanwhile takes its share with it. */
export function spent(before: Map<string, number>, after: Map<string, number>): number {
  let sum = 0
  for (const [thread, value] of after) sum += value - (before.get(thread) ?? 0)
  return sum
}

/** The same of this process alone. */
export const cpuOfProcess = (pid: number) => cpuOfThreads([pid])

function cpuOfThreads(pids: number[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const pid of pids) {
    for (const thread of list(`/proc/${pid}/task`)) {
      const text = read(`/proc/${pid}/task/${thread}/schedstat`)
      if (text) found.set(thread, Number(text.split(' ')[0]))
    }
  }
  return found
}

export function treeOf(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    // The second field is the program's name in parentheses, which may hold anything.
    const parent = Number(
      read(`/proc/${pid}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    )
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)])
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)]
  return below(root)
}

export const commandLine = (pid: number) => read(`/proc/${pid}/cmdline`).split('\0')

/** Resident memory in MB; memory that several processes share is counted once. */
export function residentMb(pids: number[]): number {
  const kb = pids.map((pid) => Number(/^Pss: +(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0))
  return kb.reduce((sum, each) => sum + each, 0) / 1024
}

export const rssMb = (pid: number) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024

export const versionOf = (program: string, ...args: string[]) =>
  onPath(program)
    ? execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')[0]!
    : 'absent'

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
