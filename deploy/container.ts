/**
 * A container without an engine: the image's folder as the root of its own mounts and processes, read-only but for /data
 * and /tmp, the image's user, nothing but the image's environment. Linux, and root, as an engine would need.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Image } from './dockerfile.ts'

/** Why this machine cannot do it; undefined when it can. */
export function whyNot(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux'
  if (process.getuid?.() !== 0) return 'needs root'
  const { status } = spawnSync('unshare', ['--mount', '--pid', '--fork', 'mount', '--make-rprivate', '/'])
  return status === 0 ? undefined : 'needs mount and process namespaces'
}

/** What the Debian slim image of Node brings: system libraries and programs, from this machine. */
const system = ['/bin', '/lib', '/lib64', '/usr/bin', '/usr/lib', '/usr/lib64']

export function prepareRoot(root: string): void {
  for (const folder of ['proc', 'dev', 'tmp', 'etc', 'usr/local/bin'])
    mkdirSync(join(root, folder), { recursive: true })
  for (const path of system.filter(existsSync)) {
    if (lstatSync(path).isSymbolicLink()) symlinkSync(readlinkSync(path), join(root, path))
    else mkdirSync(join(root, path), { recursive: true })
  }
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n::1 localhost\n')
  writeFileSync(join(root, 'usr/local/bin/node'), '')
  // Root's own and for everybody to read, as COPY leaves it.
  spawnSync('chown', ['-R', 'root:root', root])
  spawnSync('chmod', ['-R', 'a-w', root])
}

const script = `set -e
root=$1 data=$2 tmp=$3 user=$4 workdir=$5 node=$6; shift 6
mount --make-rprivate /
mount --bind "$root" "$root"
for path in ${system.join(' ')}; do
  if [ -d "$root$path" ] && [ ! -L "$root$path" ]; then mount --bind "$path" "$root$path"; mount -o remount,bind,ro "$root$path"; fi
done
mount --bind "$node" "$root/usr/local/bin/node"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --bind "$data" "$root/data"
mount --bind "$tmp" "$root/tmp"
mount -o remount,bind,ro "$root"
exec chroot --userspec="$user" --groups= "$root" /usr/bin/env -i --chdir="$workdir" "$@"`

export type Volumes = { data: string; tmp: string }

/** Empty folders for /data, of the image's user, and /tmp. */
export function makeVolumes(folder: string, user: string): Volumes {
  const [data, tmp] = [join(folder, 'data'), join(folder, 'tmp')]
  mkdirSync(data, { recursive: true })
  const [uid, gid] = user.split(':').map(Number)
  chownSync(data, uid!, gid!)
  chmodSync(data, 0o700)
  mkdirSync(tmp)
  chmodSync(tmp, 0o1777)
  return { data, tmp }
}

export type Container = {
  stdout(): string
  /** Resolves with the first match in what it wrote to stdout. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** What `docker stop` sends. */
  stop(): Promise<number>
  ended: Promise<number>
}

/** @param command instead of the image's entrypoint, when it begins with a slash; else after it, as in `docker run` */
export function runContainer(
  { image, root, volumes, env = {} }: { image: Image; root: string; volumes: Volumes; env?: Record<string, string> },
  command: string[] = image.command,
): Container {
  const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', ...image.env, ...env }
  const child = spawn(
    'unshare',
    [
      ...['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh'],
      ...[root, volumes.data, volumes.tmp, image.user, image.workdir, process.execPath],
      ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      ...(command[0]?.startsWith('/') ? command : [...image.entrypoint, ...command]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)))
  return {
    stdout: () => stdout,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(stdout)
          if (found) resolve(found)
        }
        child.stdout.on('data', look)
        look()
        ended.then((code) => reject(new Error(`It ended with ${code}, and said:\n${stdout}\n${stderr}`)))
      }),
    async stop() {
      const pid = firstProcess(child)
      if (pid) process.kill(pid, 'SIGTERM')
      return ended
    },
  }
}

/** Process 1 of the container, by the number that it has outside. */
function firstProcess({ pid }: ChildProcess): number | undefined {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]) || undefined
}
