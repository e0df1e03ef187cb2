/**
 * What git says of the folder that is published. A checkout may come from anybody, and git runs what its configuration
 * names: of that nothing is left on here.
 */
import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CodeSource } from './ci-source.ts'
import { findGitFolder, type GitFolder } from './git-folder.ts'
import { readRemote } from './remote-url.ts'
import type { Surroundings } from './surroundings.ts'

/** `source` is empty where the remote has no address on https. */
export type Checkout = CodeSource & { hasChanges: boolean }

/** Long enough for the changes in a large checkout; a checkout that was made to hold us up is not waited for longer. */
const timeoutMs = 10_000

/**
 * @param options.untrackedToo whether files that git does not know are changes
 * @returns nothing unless git is there and the last commit has the folder; why not, where whoever publishes may expect one
 */
export async function findCheckout(
  here: Surroundings,
  folder: string,
  { untrackedToo }: { untrackedToo: boolean },
): Promise<Checkout | { wrong: string } | undefined> {
  const root = realpathSync(folder)
  const found = findGitFolder(root)
  if (!found || 'wrong' in found) return found
  const timeUp = AbortSignal.timeout(timeoutMs)
  const checkout = await checkoutIn(found, gitIn(here, root, timeUp), untrackedToo)
  return timeUp.aborted ? { wrong: `git did not answer within ${timeoutMs / 1000} seconds` } : checkout
}

async function checkoutIn(
  { path, top, isNamedBack }: GitFolder,
  git: Git,
  untrackedToo: boolean,
): Promise<Checkout | { wrong: string } | undefined> {
  const [taken, prefix, commit, tree, ...more] =
    (await git('rev-parse', '--absolute-git-dir', '--show-prefix', 'HEAD', 'HEAD:./'))?.split('\n') ?? []
  if (!taken || !commit || !tree || more.length > 1) return undefined
  const isMeant = realpathSync(taken) === path && (isNamedBack || (await worktreeOf(git, path)) === top)
  if (!isMeant) return { wrong: `${join(top, '.git')} leads to a repository that does not know of it` }
  // Included files could be those of another repository.
  const remote = readRemote((await git('config', '--local', '--no-includes', '--get', 'remote.origin.url')) ?? '')
  if (remote && 'wrong' in remote) return { wrong: `The address of the remote origin ${remote.wrong}` }
  return {
    source: remote?.url ?? '',
    commit,
    folder: prefix!.replace(/\/$/, ''),
    hasChanges: await hasChanges(git, untrackedToo),
  }
}

/** As a submodule's repository says it. */
async function worktreeOf(git: Git, path: string): Promise<string | undefined> {
  const named = (await git('config', '--no-includes', '--get', 'core.worktree'))?.trim()
  try {
    return named && realpathSync(resolve(path, named))
  } catch {
    return undefined
  }
}

type Git = (...args: string[]) => Promise<string | undefined>

/** Filters of the checkout's own are commands that git runs over files; those of whoever publishes are theirs. */
async function hasChanges(git: Git, untrackedToo: boolean): Promise<boolean> {
  const named = await git('config', '--show-scope', '--name-only', '--list')
  // A git that is too old to say whose settings they are.
  if (named === undefined) return true
  const theirs = named.split('\n').flatMap((line) => /^(?:local|worktree)\t(.+)$/.exec(line)?.[1] ?? [])
  // The filter of Git LFS, which publishers have for all repositories, runs what a checkout names here.
  if (theirs.some((setting) => /^lfs\.(?:extension|customtransfer)\./.test(setting))) return true
  const foreign = theirs.filter((setting) => setting.startsWith('filter.'))
  const filters = foreign.map((setting) => /^(filter\.[\w. -]+)\.\w+$/.exec(setting)?.[1])
  // In a name with = the setting could not be told from its value, and git runs even a filter without a name.
  if (!filters.every((filter) => filter !== undefined)) return true
  const off = [...new Set(filters)].flatMap((filter) => [
    ...['clean', 'smudge', 'process'].flatMap((command) => ['-c', `${filter}.${command}=`]),
    ...['-c', `${filter}.required=false`],
  ])
  const untracked = `--untracked-files=${untrackedToo ? 'normal' : 'no'}`
  const changes = await git(...off, 'status', '--porcelain', untracked, '--ignore-submodules=all', '--', '.')
  return changes !== ''
}

const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'safe.bareRepository=explicit']

/** @returns what git printed, or nothing when it failed or the time is up */
function gitIn({ env, home }: Surroundings, folder: string, timeUp: AbortSignal): Git {
  const own = Object.entries(env).filter(([name]) => !/^GIT_(?!CONFIG|EXEC_PATH|CEILING)/i.test(name))
  const options = {
    // Where Windows looks for git.exe before it looks at the PATH.
    cwd: home,
    env: {
      ...Object.fromEntries(own),
      LC_ALL: 'C',
      GIT_ALLOW_PROTOCOL: 'none',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
    },
    signal: timeUp,
    killSignal: 'SIGKILL' as const,
    windowsHide: true,
  }
  const always = ['--no-pager', '-C', folder, ...settings.flatMap((setting) => ['-c', setting])]
  return (...args) =>
    new Promise((resolve) => {
      const child = execFile('git', [...always, ...args], options, (error, out) => resolve(error ? undefined : out))
      child.stdin?.end()
    })
}
