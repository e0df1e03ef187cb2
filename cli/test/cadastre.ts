/** Runs the built command as its users do: a process of its own, in a folder of its own, with a home of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As it is installed. */
export const cadastreProgram = fileURLToPath(new URL('../bin/cadastre.mjs', import.meta.url))

export type Ended = { code: number; out: string; err: string; json: Envelope }
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every command.
export type Envelope = any

/** @param input what comes on stdin, which is closed otherwise */
export type Around = { env?: Record<string, string>; cwd?: string; program?: string; input?: string }

export type Desk = {
  folder: string
  home: string
  /** Path → content, below the folder. @returns the folder */
  write(files: Record<string, string | Buffer>): string
  run(args: string[], around?: Around): Promise<Ended>
  start(args: string[], around?: Around): { child: ChildProcess; ended: Promise<Ended> }
  clear(): void
}

/** @param env for every run, such as TFR_CLI_HOST */
export function desk(env: Record<string, string> = {}): Desk {
  const place = mkdtempSync(join(tmpdir(), 'cadastre-cli-'))
  const [folder, home] = ['work', 'home'].map((name) => join(place, name)) as [string, string]
  mkdirSync(folder)
  mkdirSync(home)

  function start(args: string[], around: Around = {}) {
    const child = spawn(process.execPath, [around.program ?? cadastreProgram, ...args], {
      cwd: around.cwd ?? folder,
      // Nothing of the machine but the PATH; the data folder hides a registry that runs in this clone.
      env: { PATH: process.env.PATH, HOME: home, TFR_DATA_DIR: join(place, 'no-registry'), ...env, ...around.env },
      stdio: [around.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    child.stdin?.end(around.input)
    return { child, ended: endOf(child) }
  }

  return {
    folder,
    home,
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), content)
      }
      return folder
    },
    start,
    run: (args, around) => start(args, around).ended,
    clear: () => rmSync(place, { recursive: true, force: true }),
  }
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const texts = { out: '', err: '' }
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    texts.out += text
  })
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    texts.err += text
  })
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)))
  return { code, ...texts, json: asJson(texts.out) }
}

function asJson(text: string): Envelope {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
