/** Runs a registry until it is told to stop; the part that serve, demo and `npm start` share. */
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../foundation/app.ts'
import { loadSettings, type Settings } from '../foundation/config/load.ts'
import type { Config } from '../foundation/config/settings.ts'
import { giveMemoryBackWhenIdle } from '../foundation/idle-memory.ts'
import { createLog } from '../foundation/log.ts'
import { type Registry, startRegistry } from '../main.ts'
import { prepareFirstUse } from './first-keys.ts'

export type RunOptions = {
  settings: Settings
  /** Where to listen; the settings decide unless this is given. */
  host?: string
  /** Where log lines go when the settings do not say. */
  logOutput?: string
  /** Nothing of it stays when it stops. */
  isPassing?: boolean
  prepare?(app: App): Promise<void>
  ready?(registry: Registry): Promise<void>
  stopped?(): Promise<void>
}

/** Resolves when the registry has stopped; rejects when it could not start. */
export async function runRegistry({ settings, prepare, ready, stopped, ...where }: RunOptions): Promise<void> {
  const { host, logOutput, isPassing } = where
  const { config, sources, notices } = settings
  const output = sources.has('logging.output') ? config.logging.output : (logOutput ?? config.logging.output)
  const log = createLog({ level: config.logging.level, format: logFormat(settings, output), output })
  for (const notice of notices) log.warn(notice)
  // Before anything starts: a signal during the start ends it in order, too.
  const asked = signalled()
  let registry: Registry
  try {
    registry = await startRegistry({
      config,
      log,
      host: host ?? config.server.host,
      isPassing,
      metricsPortRequired: sources.has('telemetry.metrics.prometheus_port'),
      async prepare(app) {
        await prepareFirstUse(app)
        await prepare?.(app)
      },
    })
  } catch (error) {
    log.flushNow()
    throw error
  }
  giveMemoryBackWhenIdle()
  await writeRunning(config, registry.address)
  log.info({ address: registry.address, baseUrl: config.server.base_url }, 'the registry answers')
  await ready?.(registry)

  const reason = await Promise.race([asked, registry.failed.then((text) => new Error(text))])
  if (reason instanceof Error) log.error(reason.message)
  else log.info({ signal: reason }, 'stopping')
  await registry.stop()
  await rm(runningFile(config), { force: true })
  await stopped?.()
  log.flushNow()
  if (reason instanceof Error) throw reason
}

export const settingsHere = () => loadSettings({ cwd: process.cwd(), env: process.env })

/** How commands on this machine find the registry that runs on this data_dir. */
const runningFile = (config: Config) => join(config.data_dir, 'running.json')

async function writeRunning(config: Config, address: string): Promise<void> {
  await mkdir(config.data_dir, { recursive: true })
  await writeFile(
    runningFile(config),
    `${JSON.stringify({ address, baseUrl: config.server.base_url, pid: process.pid })}\n`,
  )
  await chmod(runningFile(config), 0o644)
}

function logFormat({ config, sources }: Settings, output: string): 'json' | 'text' {
  if (sources.has('logging.format')) return config.logging.format
  return output === 'stdout' && process.stdout.isTTY ? 'text' : 'json'
}

/** The first signal asks for an orderly end; a second one does not wait. */
function signalled(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve(signal)
        process.once(signal, () => process.exit(130))
      })
    }
  })
}
