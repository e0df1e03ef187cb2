/**
 * What git says of the folder that is published. A checkout may come from anybody, and git runs what its configuration
 * names: of that nothing is left on here.
 */
import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import type { CodeSource } from './ci-source.ts'
import { sourceUrlOf } from './remote-url.ts'
import type { Surroundings } from './surroundings.ts'

/** `source` is empty where the remote has no address on https. */
export type Checkout = CodeSource & { hasChanges: boolean }

const timeoutMs = 10_000

/**
 * @param options.untrackedToo whether files that git does not know are changes
 * @returns nothing unless git is there and the last commit has the folder
 */
export async function findCheckout(
  here: Surroundings,
  folder: string,
  { untrackedToo }: { untrackedToo: boolean },
): Promise<Checkout | undefined> {
  const git = gitIn(here, realpathSync(folder))
  const [prefix, commit, tree, ...more] =
    (await git('rev-parse', '--show-prefix', 'HEAD', 'HEAD:./'))?.split('\n') ?? []
  if (!commit || !tree || more.length > 1) return undefined
  const remote = await git('config', '--get', 'remote.origin.url')
  return {
    source: sourceUrlOf(remote ?? '') ?? '',
    commit,
    folder: prefix!.replace(/\/$/, ''),
    hasChanges: await hasChanges(git, untrackedToo),
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

/** @returns what git printed, or nothing when it failed */
function gitIn({ env, home }: Surroundings, folder: string): Git {
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
    timeout: timeoutMs,
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
