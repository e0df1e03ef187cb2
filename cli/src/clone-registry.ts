/** The registry that `npm start` or `cadastre serve` runs on this machine, as it has left itself to be found in its data folder. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Surroundings } from './surroundings.ts'

export type RunningRegistry = { url: string; adminToken: string | undefined; dataDir: string }

/** @returns undefined when none runs */
export function runningRegistry({ env, cwd, clone }: Surroundings): RunningRegistry | undefined {
  const dataDir = env.TFR_DATA_DIR ? resolve(cwd, env.TFR_DATA_DIR) : clone && join(clone, '.cadastre')
  if (!dataDir) return undefined
  const running = readRunning(join(dataDir, 'running.json'))
  if (!running || !isAlive(running.pid)) return undefined
  return { url: reachable(running), adminToken: textOf(join(dataDir, 'admin-token'))?.trim() || undefined, dataDir }
}

/** The name it goes by may only be known elsewhere; its certificate is made out to that name, though. */
function reachable({ address, baseUrl }: { address: string; baseUrl: string }): string {
  if (address.startsWith('https:')) return baseUrl
  const url = new URL(address)
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1'
  return url.origin + new URL(baseUrl).pathname.replace(/\/+$/, '')
}

function readRunning(path: string): { address: string; baseUrl: string; pid: number } | undefined {
  try {
    const { address, baseUrl, pid } = JSON.parse(readFileSync(path, 'utf8'))
    return parseUrl(address) && parseUrl(baseUrl) && Number.isInteger(pid) ? { address, baseUrl, pid } : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
