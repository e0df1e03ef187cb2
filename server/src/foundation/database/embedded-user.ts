/** Who runs PostgreSQL, which refuses root: ourselves, or as root an unprivileged user; and which folders that user can enter. */
import { constants, type FileHandle, lchown, mkdir, open, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from '../refusal.ts'

export type ServerUser = { name: string; uid: number; gid: number }

/** @returns undefined when we are not root: then PostgreSQL runs as ourselves */
export async function serverUser(name: string, passwd = '/etc/passwd'): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const lines = (await readFile(passwd, 'utf8').catch(() => '')).split('\n')
  const fields = lines.map((line) => line.split(':')).find((columns) => columns[0] === name)
  if (!fields) throw refuseUser(`This machine has no user called ${name} in ${passwd}`)
  // macOS writes nobody's uid as -2; the kernel means the same number without its sign.
  const [uid, gid] = [Number(fields[2]) >>> 0, Number(fields[3]) >>> 0]
  if (uid === 0) throw refuseUser(`The user ${name} is root`)
  return { name, uid, gid }
}

/** The first folder on the way down to `path`, itself included, that the user cannot enter. */
export async function closedFolder(path: string, user: ServerUser | undefined): Promise<string | undefined> {
  return user && firstClosed(await realpath(path), user)
}

/** Hands a file or folder over, never what a symbolic link points to. */
export async function giveTo(user: ServerUser | undefined, path: string): Promise<void> {
  if (user) await lchown(path, user.uid, user.gid)
}

/**
 * Makes a folder that only the server user can enter, or makes sure that one is. By its handle: the user owns what is
 * around it, could put a link in its place, and root would change what that points to.
 * @returns the id of its owner when that is neither the user nor ourselves
 */
export async function takeFolder(user: ServerUser | undefined, path: string): Promise<number | undefined> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  // Windows has neither owners nor modes of this kind.
  if (process.platform === 'win32') return undefined
  const folder = await openFolder(path)
  try {
    const { uid } = await folder.stat()
    const own = uid === process.getuid?.()
    if (!own && uid !== user?.uid) return uid
    if (own && user) await folder.chown(user.uid, user.gid)
    // Volumes may be opened to a group whenever they are mounted.
    await folder.chmod(0o700)
    return undefined
  } finally {
    await folder.close()
  }
}

function openFolder(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants
  return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTDIR' && error.code !== 'ELOOP') throw error
    throw new Refusal(
      'unavailable',
      'embedded-folder-link',
      `${path} has to be a folder, and is a link or a file.`,
      'Find out who put it there, and remove it.',
    )
  })
}

/** Options for a child process that runs as this user; the C library takes the ids as signed numbers. */
export const spawnAs = (user: ServerUser | undefined) => (user ? { uid: user.uid | 0, gid: user.gid | 0 } : {})

async function firstClosed(path: string, user: ServerUser): Promise<string | undefined> {
  const above = dirname(path) === path ? undefined : await firstClosed(dirname(path), user)
  return above ?? ((await canEnter(path, user)) ? undefined : path)
}

async function canEnter(folder: string, { uid, gid }: ServerUser): Promise<boolean> {
  const { mode, ...owner } = await stat(folder)
  const bit = owner.uid === uid ? 0o100 : owner.gid === gid ? 0o010 : 0o001
  return (mode & bit) !== 0
}

const refuseUser = (problem: string) =>
  new Refusal(
    'unavailable',
    'embedded-user',
    `${problem}, and PostgreSQL does not run as root.`,
    'Set database.embedded.user to an unprivileged user of this machine, or start Cadastre as one.',
  )
