/**
 * Which repository a folder is a checkout of, looked at before git is asked. A folder from somebody else can name any
 * repository of whoever publishes it, and be made to hold up whoever reads it: neither is followed.
 */
import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync, type Stats } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

export type GitFolder = {
  /** where the repository is */
  path: string
  /** where the checkout is */
  top: string
  /** The checkout names a repository elsewhere, which has to name the checkout as its `core.worktree`. */
  isNamedBack: boolean
}

/** @returns undefined where there is none; what is wrong with the one that git would take */
export function findGitFolder(folder: string): GitFolder | { wrong: string } | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const entry = join(top, '.git')
    const stat = lstatSync(entry, { throwIfNoEntry: false })
    // git, too, goes on from a folder without HEAD.
    if (stat && (!stat.isDirectory() || lookAt(join(entry, 'HEAD')))) return read(entry, stat)
    if (dirname(top) === top) return undefined
  }
}

const lookAt = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })
const isFile = (path: string) => lookAt(path)?.isFile() ?? false

function read(entry: string, stat: Stats): GitFolder | { wrong: string } {
  const top = dirname(entry)
  if (!stat.isDirectory() && !stat.isFile()) return { wrong: `${entry} is neither a folder nor a file` }
  if (stat.isFile()) return readPointer(entry)
  if (lookAt(join(entry, 'commondir'))) return { wrong: `${entry} is made of another repository` }
  return strange(entry, entry) ?? { path: entry, top, isNamedBack: true }
}

/** Of a worktree or a submodule. What stands in the folder that is published proves nothing: the repository has to know. */
function readPointer(entry: string): GitFolder | { wrong: string } {
  const top = dirname(entry)
  const path = placeIn(entry, /^gitdir: (.+)$/)
  if (path === undefined) return { wrong: `${entry} leads to no repository` }
  const common = placeIn(join(path, 'commondir'), /^(.+)$/)
  if (common === undefined) return strange(path, path) ?? { path, top, isNamedBack: false }
  const isItsWorktree = dirname(path) === join(common, 'worktrees') && placeIn(join(path, 'gitdir'), /^(.+)$/) === entry
  if (!isItsWorktree) return { wrong: `${entry} leads to a repository that does not know of it` }
  return strange(path, common) ?? { path, top, isNamedBack: true }
}

/**
 * A link would be read as what is in another repository, and reading from a pipe could wait for ever.
 * @param path where HEAD is @param common where the rest is, which all its worktrees share
 */
function strange(path: string, common: string): { wrong: string } | undefined {
  const odd = [join(path, 'HEAD'), join(common, 'config')].find((file) => !isFile(file))
  if (odd !== undefined) return { wrong: `${odd} is no file` }
  if (lookAt(join(common, 'objects/info/alternates'))) return { wrong: `${common} borrows from another repository` }
  // Commits are found in the objects alone: where none of those is another's, its names for them are of no use.
  const links = [
    ...[path, common].flatMap((folder) => linksIn(folder).filter((link) => holdsCommits.has(basename(link)))),
    ...['refs', 'objects', 'objects/info', 'objects/pack'].flatMap((name) => linksIn(join(common, name))),
  ]
  return links[0] === undefined ? undefined : { wrong: `${links[0]} is a link` }
}

const holdsCommits = new Set(['refs', 'objects', 'packed-refs', 'reftable', 'index'])

const linksIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isSymbolicLink())
    .map(({ name }) => join(folder, name))

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

const maxBytes = 64 * 1024

/** @returns the place that a file of one line leads to, by its real name */
function placeIn(file: string, line: RegExp): string | undefined {
  const stat = lookAt(file)
  if (!stat?.isFile() || stat.size > maxBytes) return undefined
  const [, written] = line.exec(readFileSync(file, 'utf8').replace(/[\r\n]+$/, '')) ?? []
  try {
    return written && realpathSync(resolve(dirname(file), written))
  } catch {
    return undefined
  }
}
