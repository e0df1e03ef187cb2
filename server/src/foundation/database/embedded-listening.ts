/** Where PostgreSQL listens: a unix socket in a 0700 folder; on Windows a free loopback port with passwords. */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Refusal } from '../refusal.ts'
import { type ServerUser, takeFolder } from './embedded-user.ts'

export type Listening = {
  host: string
  port: number
  /** Of a role; undefined where the socket's folder keeps others out. */
  password(role: string): string | undefined
  settings: Record<string, string>
}

const longestSocketPath = process.platform === 'darwin' ? 103 : 107

export const fitsSocket = (path: string) => Buffer.byteLength(path) <= longestSocketPath

export async function listenOnSocket(home: string, user: ServerUser | undefined, port = 5432): Promise<Listening> {
  const inside = join(home, 'run')
  // Not os.tmpdir(), which may be long itself and differs between users and sessions.
  const short = join('/tmp', `cadastre-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`)
  const folder = fitsSocket(join(inside, `.s.PGSQL.${port}`)) ? inside : short
  // The temporary folder is everybody's: what somebody else made there is refused.
  if ((await takeFolder(user, folder)) !== undefined) throw notPrivate(folder)
  const settings = {
    listen_addresses: '',
    // A list: quotes keep a comma in the path from dividing it.
    unix_socket_directories: `"${folder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(port),
  }
  return { host: folder, port, password: () => undefined, settings }
}

export async function listenOnLoopback(home: string, port?: number): Promise<Listening> {
  const secret = await loopbackSecret(home)
  const free = port ?? (await freePort())
  return {
    host: '127.0.0.1',
    port: free,
    password: (role) => createHmac('sha256', secret).update(role).digest('hex'),
    settings: { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(free) },
  }
}

/** Kept beside the data, which remember the passwords made from it. */
async function loopbackSecret(home: string): Promise<string> {
  const file = join(home, 'secret')
  await writeFile(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  return readFile(file, 'utf8')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

const notPrivate = (folder: string) =>
  new Refusal(
    'unavailable',
    'embedded-socket-folder',
    `The folder ${folder}, for PostgreSQL's socket, belongs to somebody else.`,
    `Remove it, or set data_dir to a folder with a shorter path.`,
  )
