/** A PostgreSQL that outlived its server: found by postmaster.pid, known by its command line, and stopped. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Refusal } from '../refusal.ts'
import { type Cluster, runToEnd } from './embedded-process.ts'

const patienceMs = 10_000

/**
 * Call it only as the owner of the database folder.
 * @returns what PostgreSQL must know of postmaster.pid when its process id now belongs to another program
 */
export async function stopLeftover(cluster: Cluster): Promise<Record<string, string>> {
  const pid = await writtenPid(cluster.data)
  if (pid === undefined) return {}
  if (process.platform === 'win32') return stopByControl(cluster)
  // PostgreSQL would take any process with that id for its predecessor, except one that it is told about in this way.
  if (!(await isPostgres(pid, cluster.data))) return { PG_GRANDPARENT_PID: String(pid) }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    kill(pid, signal)
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 10) {
      if (!(await isPostgres(pid, cluster.data))) return {}
      await setTimeout(10)
    }
  }
  throw new Refusal(
    'unavailable',
    'embedded-leftover',
    `PostgreSQL, process ${pid}, was left over by a server that died, and does not stop.`,
    `End it with: kill -9 ${pid}`,
  )
}

async function writtenPid(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(text, 10) || undefined
}

/** A process id alone proves nothing: after a restart of the machine another program may have it. */
async function isPostgres(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return command.split('\0').includes(data)
  }
  const listed = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return listed.stdout.includes(` -D ${data} `)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself meanwhile.
  }
}

async function stopByControl(cluster: Cluster): Promise<Record<string, string>> {
  const stop = ['stop', '-D', cluster.data, '-m', 'fast', '-w', '-t', String(patienceMs / 1_000)]
  // Also fails when nobody runs there any more, which is as good.
  await runToEnd(cluster, cluster.binaries.pgCtl, stop).catch(() => undefined)
  return {}
}
