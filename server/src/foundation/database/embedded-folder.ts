/**
 * Where the embedded database lies: in data_dir, or in a folder outside of it when the server user cannot enter data_dir.
 * A pointer file in data_dir remembers the second, and is the only thing that leads to it.
 */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, link, lstat, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { Refusal } from '../refusal.ts'
import { closedFolder, type ServerUser, takeFolder } from './embedded-user.ts'

export type Home = { folder: string; log: string }

/** A database is kept at least as long as its data_dir: only one that is temporary itself has its database among temporary files. */
const outside = { lasting: '/var/lib/cadastre', temporary: tmpdir() }

/** Finds or makes the folder, 0700 and owned by the server user. */
export async function findHome(
  options: { dataDir: string; user: ServerUser | undefined; log: (message: string) => void },
  places = outside,
): Promise<Home> {
  await mkdir(options.dataDir, { recursive: true })
  const dataDir = await realpath(options.dataDir)
  const { user, log } = options
  const pointed = await readPointer(dataDir)
  if (pointed) return openOutside(pointed, dataDir, user, log)

  const inside = join(dataDir, 'postgres')
  const closed = await closedFolder(dataDir, user)
  if (!closed) return openHome(inside, await logFolder(dataDir, user), user)
  if (await exists(inside)) throw closedTo(user!, closed, `The database in ${inside} cannot be opened: `)

  const temporary = isInside(dataDir, await realpath(places.temporary))
  for (const parent of temporary ? [places.temporary, places.lasting] : [places.lasting]) {
    const folder = await makeOutside(parent, dataDir, user!).catch(() => undefined)
    if (folder) return openOutside(await writePointer(dataDir, folder), dataDir, user, log)
  }
  throw closedTo(user!, closed, `${places.lasting} cannot hold the database either: `)
}

/** Removes a data_dir and the database that its pointer leads to. Nothing may run there any more. */
export async function removeWithDatabase(dataDir: string): Promise<void> {
  const pointed = await readPointer(dataDir)
  if (pointed) await rm(pointed, { recursive: true, force: true })
  await rm(dataDir, { recursive: true, force: true })
}

const pointerOf = (dataDir: string) => join(dataDir, 'postgres.location')

async function readPointer(dataDir: string): Promise<string | undefined> {
  return (await readFile(pointerOf(dataDir), 'utf8').catch(() => undefined))?.trim()
}

/** Of several first starts at once one writes the pointer, and all follow it. */
async function writePointer(dataDir: string, folder: string): Promise<string> {
  const written = `${pointerOf(dataDir)}.${randomBytes(6).toString('hex')}`
  // Nothing else leads to the database: the file must not be empty after a power cut.
  await writeFile(written, `${folder}\n`, { flush: true })
  const won = await link(written, pointerOf(dataDir)).then(
    () => true,
    () => false,
  )
  await rm(written)
  if (!won) await rm(folder, { recursive: true })
  return (await readPointer(dataDir))!
}

/** A name that was never used before: a new data_dir must not find the database of a deleted one. */
async function makeOutside(parent: string, dataDir: string, user: ServerUser): Promise<string> {
  if (await mkdir(parent, { recursive: true })) await chmod(parent, 0o755)
  if (await closedFolder(parent, user)) throw new Error('closed')
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  return mkdtemp(join(await realpath(parent), `cadastre-${hash}-`))
}

async function openOutside(
  folder: string,
  dataDir: string,
  user: ServerUser | undefined,
  log: (message: string) => void,
): Promise<Home> {
  if (!(await exists(folder))) {
    throw new Refusal(
      'unavailable',
      'embedded-folder-gone',
      `The database of ${dataDir} lay in ${folder}, and that folder is gone.`,
      `Put it back, or delete ${pointerOf(dataDir)} to begin with an empty database.`,
    )
  }
  log(`The database of ${dataDir} lies in ${folder}, where PostgreSQL's user can enter.`)
  return openHome(folder, join(folder, 'log'), user)
}

/** A folder of its own below the one for all logs: who runs PostgreSQL must not own a folder that root writes to. */
async function logFolder(dataDir: string, user: ServerUser | undefined): Promise<string> {
  const logs = join(dataDir, 'log')
  await mkdir(logs, { recursive: true })
  if (user) await chmod(logs, 0o711)
  return join(logs, 'postgresql')
}

async function openHome(folder: string, log: string, user: ServerUser | undefined): Promise<Home> {
  await ownFolder(folder, user)
  return { folder, log: await ownFolder(log, user) }
}

/** Makes a folder of the server user, or checks that it is one. */
async function ownFolder(folder: string, user: ServerUser | undefined): Promise<string> {
  const stranger = await takeFolder(user, folder)
  if (stranger === undefined) return folder
  const self = process.getuid?.()
  throw new Refusal(
    'unavailable',
    'embedded-folder-owner',
    `${folder} belongs to the user with id ${stranger}, and PostgreSQL would run as ${user ? `${user.name} (${user.uid})` : self}.`,
    `Start Cadastre as before, or give it away with: chown -R ${user?.name ?? self} ${folder}`,
  )
}

const closedTo = (user: ServerUser, closed: string, prefix: string) =>
  new Refusal(
    'unavailable',
    'embedded-folder-closed',
    `${prefix}the user ${user.name}, who runs PostgreSQL, cannot enter ${closed}.`,
    `Allow it with: chmod o+x ${closed}; or set data_dir to another folder, database.embedded.user to another user, or TFR_DATABASE_URL to a PostgreSQL server.`,
  )

const isInside = (folder: string, parent: string) => folder === parent || folder.startsWith(parent + sep)

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )
