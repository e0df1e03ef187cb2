/**
 * One server per embedded database: the owner listens on a socket in its folder, and the kernel closes sockets of the dead.
 * The folder `lock` holds the owner's socket under a name used only once. A start makes a folder of its own with a
 * listening socket in it and renames it to `lock`, which succeeds only while that is missing or empty; a socket where
 * nobody answers is removed by its own name. So a start never removes the socket of another that is quicker.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm, symlink, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '../refusal.ts'
import { fitsSocket } from './embedded-listening.ts'

export type Lock = { release(): Promise<void> }

/** Refuses, naming the owner's process id, when another server is alive. */
export function takeLock(folder: string): Promise<Lock> {
  return process.platform === 'win32' ? takePipe(folder) : takeSocket(folder)
}

async function takeSocket(folder: string): Promise<Lock> {
  const id = randomBytes(6).toString('hex')
  const [mine, held] = [join(folder, `lock-${id}`), join(folder, 'lock')]
  await mkdir(mine, { mode: 0o700 })
  const server = await withShortPath(join(mine, `server-${id}.sock`), listen)
  try {
    while (!(await renameOntoEmpty(mine, held))) {
      for (const name of await readdir(held)) await removeDead(folder, join(held, name))
    }
  } catch (error) {
    server.close()
    await rm(mine, { recursive: true, force: true })
    throw error
  }
  return {
    async release() {
      await rm(join(held, `server-${id}.sock`), { force: true })
      server.close()
    },
  }
}

/** Windows removes a pipe with its owner, and lets only one process make it. */
async function takePipe(folder: string): Promise<Lock> {
  const pipe = `\\\\.\\pipe\\cadastre-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  const server = await listen(pipe).catch(async () => {
    throw ownedBy(folder, await ask(pipe))
  })
  return { release: async () => void server.close() }
}

async function removeDead(folder: string, socket: string): Promise<void> {
  const answer = await withShortPath(socket, ask)
  if (answer === 'dead') return unlink(socket).catch(() => undefined)
  if (answer === 'closing') return setTimeout(50)
  throw ownedBy(folder, answer)
}

function ownedBy(folder: string, pid: string): Refusal {
  return new Refusal(
    'unavailable',
    'embedded-in-use',
    `Another Cadastre server, process ${pid}, is using the database in ${folder}.`,
    'Stop it first, or give this one another data_dir.',
  )
}

function listen(path: string): Promise<Server> {
  const server = createServer((asking) => {
    asking.on('error', () => undefined)
    asking.end(String(process.pid))
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ path, exclusive: true }, () => resolve(server.unref()))
  })
}

/** @returns the owner's process id, `closing` when it went away meanwhile, or `dead` when nobody listens */
function ask(path: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(path).setEncoding('utf8')
    let pid = ''
    // A busy owner is alive all the same: the kernel accepted the connection for it.
    socket.setTimeout(2_000, () => socket.destroy(new Error('silent')))
    socket.on('data', (text) => {
      pid += text
    })
    socket.on('close', () => resolve(pid || 'closing'))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const nobody = error.code === 'ECONNREFUSED' || error.code === 'ENOENT'
      resolve(nobody ? 'dead' : error.code === 'ECONNRESET' ? 'closing' : 'unknown')
    })
  })
}

async function renameOntoEmpty(mine: string, held: string): Promise<boolean> {
  try {
    await rename(mine, held)
    return true
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

/** A socket's path may be longer than the kernel takes: then it is used through a symbolic link that lives as long as the call. */
async function withShortPath<T>(socket: string, use: (path: string) => Promise<T>): Promise<T> {
  if (fitsSocket(socket)) return use(socket)
  const alias = await mkdtemp('/tmp/cadastre-')
  try {
    await symlink(dirname(socket), join(alias, 'lock'))
    return await use(join(alias, 'lock', basename(socket)))
  } finally {
    await rm(alias, { recursive: true })
  }
}
