/** The commands that run where the server runs: this program hands over to the server's, when it is installed beside it. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { exit, Failure } from './exit.ts'
import type { Surroundings } from './surroundings.ts'

/** Name → what it does, for the list of commands; their own help is the server program's. */
export const serverCommands: Record<string, string> = {
  serve: 'start the registry as the settings say',
  demo: 'start a registry with examples in it that forgets everything',
  migrate: 'bring the database schema forward or back',
  db: 'set up the database',
  config: 'explain the settings',
  healthcheck: 'ask the registry of these settings whether it is well',
}

/** Those of `registry`, which has others that ask the registry over HTTP. */
export const registryCommands: Record<string, string> = {
  import: 'take a whole registry into the catalogue (where the server runs)',
  verify: 'hold the catalogue against a registry (where the server runs)',
  refresh: 'take what has changed at registries that were imported over HTTP (where the server runs)',
  export: 'write a catalogued registry as a folder (where the server runs)',
}

type ServerProgram = {
  run(args: string[]): Promise<void>
  exitOf(error: unknown): { text: string; code: number }
}

/** @returns what the server's program is to be given, or undefined when this is no command of it */
export function serverArguments(args: string[]): string[] | undefined {
  const [first, second] = args
  if (first === 'help' && second !== undefined && Object.hasOwn(serverCommands, second)) return [second, '--help']
  if (first === 'help' && second === 'admin' && args[2] === 'reset') return ['admin', 'reset', '--help']
  if (first === 'admin' && second === 'reset') return args
  if (first === 'help' && second === 'registry' && inRegistry(args[2])) return ['registry', args[2]!, '--help']
  if (first === 'registry' && inRegistry(second)) return args
  if (first === 'doctor' && args.includes('--server')) return args
  return first !== undefined && Object.hasOwn(serverCommands, first) ? args : undefined
}

const inRegistry = (name: string | undefined) => name !== undefined && Object.hasOwn(registryCommands, name)

/** Ends the process with the exit code of the command: what it leaves behind, such as a pool, must not keep it. */
export async function handOver(args: string[], here: Surroundings): Promise<never> {
  const { run, exitOf } = await serverProgram(args[0] === 'doctor' ? 'doctor --server' : args[0]!, here)
  try {
    await run(args)
    process.exit(exit.done)
  } catch (error) {
    const { text, code } = exitOf(error)
    if (text) process.stderr.write(`${text}\n`)
    process.exit(code)
  }
}

async function serverProgram(command: string, { clone }: Surroundings): Promise<ServerProgram> {
  const require = createRequire(import.meta.url)
  if (!clone) {
    try {
      return require('@cadastre/server/commands')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
      throw notInstalled(command)
    }
  }
  const { build } = await import(pathToFileURL(join(clone, 'scripts/build.mjs')).href)
  await build({ only: 'server/dist' })
  const bundle = join(clone, 'server/dist/commands.cjs')
  if (!existsSync(bundle)) throw notInstalled(command)
  return require(bundle)
}

const notInstalled = (command: string) =>
  new Failure(
    exit.usage,
    'server-not-installed',
    `cadastre ${command} runs where the server runs, and the server is not installed here.`,
    'Run it on the machine or in the container of the registry.',
  )
