/** A server in a process of its own, as it is shipped, on the database and storage of a registry under test. */
import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cadastreProgram } from '../../cli/test/cadastre.ts'
import type { Environment } from '../src/foundation/config/sources.ts'
import { type Client, clientOf } from './client.ts'

/** A second server process, as a client sees it. */
export type OtherProcess = {
  url: string
  pid: number
  as(token: string): Client
  anonymous: Client
  kill(signal: NodeJS.Signals): void
  ended: Promise<number>
  stop(): Promise<void>
}

/** `cadastre serve`, as it is shipped: it starts in a fifth of the time that sources need. */
export async function startProcess(environment: Environment, dataDir: string): Promise<OtherProcess> {
  const own = `${dataDir}-${Math.random().toString(36).slice(2)}`
  const settings = {
    TFR_LOGGING_OUTPUT: 'stderr',
    ...environment,
    TFR_DATA_DIR: own,
    TFR_STORAGE_LOCAL_BASE_PATH: join(dataDir, 'storage'),
    TFR_SECURITY_ENCRYPTION_KEY: environment.TFR_SECURITY_ENCRYPTION_KEY ?? (await encryptionKeyIn(dataDir)),
    TFR_SERVER_HOST: '127.0.0.1',
  }
  const child = spawn(process.execPath, [cadastreProgram, 'serve'], {
    cwd: dataDir,
    env: { ...process.env, ...settings } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)))
  const url = await addressIn(own, ended)
  return {
    url,
    pid: child.pid!,
    as: (token) => clientOf(url, token),
    anonymous: clientOf(url),
    kill: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(own, { recursive: true, force: true })
    },
  }
}

async function encryptionKeyIn(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'encryption-key'), 'utf8')).trim()
}

/** A registry that answers says in its folder where. */
async function addressIn(dataDir: string, ended: Promise<number>): Promise<string> {
  let code: number | undefined
  ended.then((status) => (code = status))
  while (code === undefined) {
    const running = await readFile(join(dataDir, 'running.json'), 'utf8').catch(() => '')
    // Whoever reads while it is written sees the half of it.
    if (running.endsWith('\n')) return JSON.parse(running).address
    await pause(10)
  }
  throw new Error(`the server process ended with ${code}`)
}
