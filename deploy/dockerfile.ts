/** Reads the Dockerfile and follows its steps without a container engine, as far as this image uses them. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

export type Instruction = { name: string; args: string }
export type Stage = { name: string; instructions: Instruction[] }

/** The stages in order; `ARG`s before the first stage are left out. */
export function readDockerfile(text: string): Stage[] {
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: Stage[] = []
  for (const line of lines) {
    const [, name = '', args = ''] = /^(\w+)\s+(.*)$/.exec(line)!
    if (name === 'FROM') stages.push({ name: /\sAS\s+(\S+)/.exec(args)?.[1] ?? '', instructions: [] })
    else stages.at(-1)?.instructions.push({ name, args: args.trim() })
  }
  return stages
}

/** `true` for what `.dockerignore` keeps from the builder; the last pattern that fits decides. */
export function ignoredBy(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ kept: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }))
  return (path) => {
    const parts = path.split('/')
    const withParents = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    return rules.reduce(
      (ignored, { kept, pattern }) => (withParents.some((each) => pattern.test(each)) ? !kept : ignored),
      false,
    )
  }
}

const patternOf = (glob: string) =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]]/g, '\\$&')
      .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'))}$`,
  )

/** The builder's folder after its last step. `npm ci` is the one step that is not repeated: its result is at hand. */
export function runBuilder({ instructions }: Stage, folder: string): void {
  const ignored = ignoredBy(readFileSync(join(checkout, '.dockerignore'), 'utf8'))
  for (const { name, args } of instructions) {
    if (name === 'WORKDIR') mkdirSync(join(folder, args), { recursive: true })
    else if (name === 'COPY') copy(args, checkout, join(folder, 'build'), ignored)
    else if (name === 'RUN' && args.startsWith('npm ci')) linkPackages(join(folder, 'build'))
    else if (name === 'RUN' && args.startsWith('node ')) {
      execFileSync(process.execPath, args.split(' ').slice(1), { cwd: join(folder, 'build') })
    } else throw new Error(`The builder has a step that is not known here: ${name} ${args}`)
  }
}

function linkPackages(build: string): void {
  const [from, to] = [join(checkout, 'node_modules'), join(build, 'node_modules')]
  mkdirSync(join(to, '@cadastre'), { recursive: true })
  for (const name of readdirSync(from)) {
    if (name !== '@cadastre' && name !== 'cadastre') symlinkSync(join(from, name), join(to, name))
  }
  for (const workspace of ['contract', 'server']) symlinkSync(`../../${workspace}`, join(to, '@cadastre', workspace))
}

export type Image = {
  env: Record<string, string>
  user: string
  workdir: string
  entrypoint: string[]
  command: string[]
  healthcheck: string[]
  volumes: string[]
}

/** Lays the final stage into `root`, as its COPY and RUN lines say, and nothing else. */
export function layImage({ instructions }: Stage, builder: { name: string; folder: string }, root: string): Image {
  const ignored = ignoredBy(readFileSync(join(checkout, '.dockerignore'), 'utf8'))
  const image: Image = {
    env: {},
    user: '',
    workdir: '/',
    entrypoint: [],
    command: [],
    healthcheck: [],
    volumes: [],
  }
  for (const { name, args } of instructions) {
    if (name === 'COPY') {
      const from = /^--from=(\S+)\s+/.exec(args)
      if (from && from[1] !== builder.name) throw new Error(`There is no stage ${from[1]}.`)
      const rest = args.slice(from?.[0].length ?? 0)
      copy(rest, from ? builder.folder : checkout, join(root, image.workdir), from ? () => false : ignored)
    } else if (name === 'RUN') for (const command of args.split('&&')) runInImage(command.trim(), root)
    else if (name === 'WORKDIR') {
      image.workdir = args
      mkdirSync(join(root, args), { recursive: true })
    } else if (name === 'ENV') {
      for (const [, key, value] of args.matchAll(/(\w+)=(\S+)/g)) image.env[key!] = value!
    } else if (name === 'USER') image.user = args
    else if (name === 'VOLUME') image.volumes.push(args)
    else if (name === 'ENTRYPOINT') image.entrypoint = JSON.parse(args)
    else if (name === 'CMD') image.command = JSON.parse(args)
    else if (name === 'HEALTHCHECK') image.healthcheck = JSON.parse(/CMD (\[.*\])$/.exec(args)![1]!)
    else if (!['ARG', 'LABEL', 'EXPOSE'].includes(name))
      throw new Error(`The image has a step that is not known here: ${name}`)
  }
  return image
}

function runInImage(command: string, root: string): void {
  const link = /^ln -s (\S+) (\S+)$/.exec(command)
  const folder = /^install --directory .* (\S+)$/.exec(command)
  const user = /^useradd --uid (\d+) --gid (\d+) --home-dir (\S+) .* (\S+)$/.exec(command)
  if (link) {
    mkdirSync(join(root, dirname(link[2]!)), { recursive: true })
    symlinkSync(link[1]!, join(root, link[2]!))
  } else if (folder) mkdirSync(join(root, folder[1]!), { recursive: true })
  else if (user) {
    mkdirSync(join(root, 'etc'), { recursive: true })
    const [, uid, gid, home, name] = user
    writeFileSync(
      join(root, 'etc/passwd'),
      `root:x:0:0::/root:/bin/sh\n${name}:x:${uid}:${gid}::${home}:/usr/sbin/nologin\n`,
    )
  } else if (!command.startsWith('groupadd '))
    throw new Error(`The image runs a command that is not known here: ${command}`)
}

/** `COPY a b c/`: files by their name, folders by what is in them. */
function copy(args: string, from: string, workdir: string, ignored: (path: string) => boolean): void {
  const [target = '', ...sources] = args.split(/\s+/).reverse()
  for (const source of sources.reverse()) {
    const path = source.startsWith('/') ? join(from, source) : join(from, source)
    if (!existsSync(path)) throw new Error(`COPY names ${source}, which is not there.`)
    if (ignored(source.replace(/\/$/, ''))) throw new Error(`COPY names ${source}, which .dockerignore keeps out.`)
    const into = join(workdir, target)
    const destination = statSync(path).isDirectory() || !target.endsWith('/') ? into : join(into, basename(path))
    mkdirSync(dirname(destination), { recursive: true })
    cpSync(path, destination, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (each) => !ignored(each.slice(from.length + 1)),
    })
  }
}
