/**
 * Runs the real terraform and tofu as somebody would on a machine of their own: an environment made from nothing, a home
 * and a working directory per test. A program that is not on PATH is skipped by its name.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, onTestFinished } from 'vitest'
import type { Entrance } from './front.ts'

export type Program = { name: 'terraform' | 'tofu'; path: string }

/** `text` is everything that was said, on one line and without the gutter that messages are drawn with; `said` as it came. */
export type Outcome = { code: number; text: string; said: string }

/** A program that waits for somebody. */
export type Running = {
  /** Waits until it says this. @returns what it said from there on */
  says(text: RegExp): Promise<string>
  type(line: string): void
  ended: Promise<Outcome>
  stop(): void
}

export type Workplace = {
  folder: string
  home: string
  run(...args: string[]): Promise<Outcome>
  /** For commands that ask something; it stops with the test. */
  start(...args: string[]): Running
  write(files: Record<string, string>): Promise<void>
  /** Versions of the installed modules by the names of their calls. */
  installed(): Promise<Record<string, string | undefined>>
  /** What a file of an installed module holds. @param call name of the module block */
  installedFile(call: string, path: string): Promise<string>
}

export type WorkplaceOptions = {
  /** The registry, as this machine knows it: its name, where it is, whom to trust. */
  through: Entrance
  /** for a credentials block */
  token?: string
  env?: Record<string, string>
  files?: Record<string, string>
}

const runTimeoutMs = 180_000
const defaultPath = process.env.PATH ?? ''

/** Runs the cases once per program; the title names the program, skipped or not. */
export function eachProgram(cases: (program: Program) => void): void {
  for (const name of ['terraform', 'tofu'] as const) {
    const path = onPath(name)
    describe.skipIf(!path)(path ? name : `${name} (not on PATH)`, () => cases({ name, path: path ?? name }))
  }
}

export function onPath(name: string): string | undefined {
  const folders = defaultPath.split(delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

/** A module call for `main.tf`. */
export const calling = (source: string, version?: string, call = 'it') =>
  `module "${call}" {\n  source = "${source}"\n${version === undefined ? '' : `  version = "${version}"\n`}}\n`

/** What `main.tf` says of the providers it needs. @param providers source → version constraint, or none */
export const requiring = (providers: Record<string, string | undefined>) => {
  const blocks = Object.entries(providers).map(([source, version]) => {
    const type = source.slice(source.lastIndexOf('/') + 1)
    return `    ${type} = {\n      source = "${source}"\n${version === undefined ? '' : `      version = "${version}"\n`}    }\n`
  })
  return `terraform {\n  required_providers {\n${blocks.join('')}  }\n}\n`
}

export async function workplace(program: Program, options: WorkplaceOptions): Promise<Workplace> {
  const { through, token, env = {}, files = {} } = options
  const top = await mkdtemp(join(tmpdir(), 'cadastre-e2e-'))
  onTestFinished(() => rm(top, { recursive: true, force: true }))
  const [home, folder] = [join(top, 'home'), join(top, 'work')]
  await mkdir(join(home, '.terraform.d'), { recursive: true })
  await mkdir(folder)
  const credentials = token === undefined ? '' : `credentials "${through.host}" {\n  token = "${token}"\n}\n`
  // What TF_CLI_CONFIG_FILE names would hide the tokens that `login` keeps at home.
  await writeFile(join(home, '.terraformrc'), through.cliConfig + credentials)
  const environment = {
    ...cliEnvironment(home),
    ...(through.trust === undefined ? {} : { SSL_CERT_FILE: through.trust }),
    ...env,
  }

  async function write(more: Record<string, string>) {
    for (const [path, content] of Object.entries(more)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), content)
    }
  }
  async function manifest(): Promise<{ Key: string; Version?: string; Dir: string }[]> {
    return JSON.parse(await readFile(join(folder, '.terraform/modules/modules.json'), 'utf8')).Modules
  }
  await write(files)
  const typed = (args: string[]) => {
    const words = args[0] === 'providers' ? 2 : 1
    return [...args.slice(0, words), '-no-color', ...args.slice(words)]
  }
  return {
    folder,
    home,
    write,
    run: (...args) => runToEnd(program.path, typed(args), folder, environment),
    start: (...args) => startProgram(program.path, typed(args), folder, environment),
    installed: async () =>
      Object.fromEntries((await manifest()).filter(({ Key }) => Key !== '').map(({ Key, Version }) => [Key, Version])),
    async installedFile(call, path) {
      const module = (await manifest()).find(({ Key }) => Key === call)
      return readFile(join(folder, module!.Dir, path), 'utf8')
    },
  }
}

const opener = fileURLToPath(new URL('bin', import.meta.url))

/** Nothing of ours: no proxies, tokens, caches, configuration or browser of whoever runs the tests. */
export const cliEnvironment = (home: string) => ({
  PATH: opener + delimiter + defaultPath,
  HOME: home,
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  // Ten seconds are soon over on a busy machine, and then a client asks again.
  TF_REGISTRY_CLIENT_TIMEOUT: '60',
})

export function runToEnd(command: string, args: string[], cwd: string, env: Record<string, string>): Promise<Outcome> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: runTimeoutMs })
  return endOf(child, `${command} ${args.join(' ')}`, saidBy(child))
}

export function startProgram(command: string, args: string[], cwd: string, env: Record<string, string>): Running {
  const child = spawn(command, args, { cwd, env, timeout: runTimeoutMs })
  const said = saidBy(child)
  const ended = endOf(child, `${command} ${args.join(' ')}`, said)
  ended.catch(() => {}) // is no surprise to who stops it
  // What waits for a person takes a polite signal for their patience.
  const stop = () => void child.kill('SIGKILL')
  onTestFinished(stop)
  return {
    async says(text) {
      await expect.poll(said, { timeout: runTimeoutMs }).toMatch(text)
      return said().slice(said().search(text))
    },
    type: (line) => void child.stdin.write(`${line}\n`),
    ended,
    stop,
  }
}

type Speaking = { stdout: Readable; stderr: Readable }

function saidBy({ stdout, stderr }: Speaking): () => string {
  let said = ''
  for (const stream of [stdout, stderr]) stream.setEncoding('utf8').on('data', (more) => (said += more))
  return () => said
}

function endOf(child: ChildProcess, name: string, said: () => string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === null) reject(new Error(`${name} was ended by ${signal}: ${said()}`))
      else resolve({ code, text: onOneLine(said()), said: said() })
    })
  })
}

// Messages wrap at 78 columns behind a gutter; what a user types by hand may also come in bold.
export const onOneLine = (said: string) =>
  stripVTControlCharacters(said)
    .replace(/^[│╷╵] ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
