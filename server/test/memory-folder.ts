/** A folder in memory for what tests write: hundreds of databases, archives and working directories that nobody keeps. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const memory = '/dev/shm'
const neededBytes = 4 * 1024 ** 3
const name = /^cadastre-(\d+)$/

/**
 * Makes it the temporary folder of this process and of those that it starts, until it ends. Where there is no such memory,
 * too little of it, or none that programs may be started from, temporary files lie where they always do.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR !== undefined || !isRoomy()) return
  removeThoseOfTheDead()
  const folder = join(memory, `cadastre-${process.pid}`)
  mkdirSync(folder)
  // As /tmp: PostgreSQL runs as another user than root.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function isRoomy(): boolean {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    const options = mounts.map((line) => line.split(' ')).find(([, place]) => place === memory)?.[3]
    if (options === undefined || options.split(',').includes('noexec')) return false
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= neededBytes
  } catch {
    return false
  }
}

/** What a run that was killed has left would stay in memory until the machine is started again. */
function removeThoseOfTheDead(): void {
  for (const found of readdirSync(memory)) {
    const pid = name.exec(found)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(memory, found), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
