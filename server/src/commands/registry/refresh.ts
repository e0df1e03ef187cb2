/** `cadastre registry refresh`: what has changed at registries that were imported over HTTP, once or for as long as it runs. */
import { setTimeout } from 'node:timers/promises'
import { importIncomplete } from '../../catalogue/job.ts'
import { type Refreshed, refreshRegistry, registriesNamed } from '../../catalogue/refresh.ts'
import { cleanCache } from '../../upstream/cache-queries.ts'
import { say } from '../say.ts'
import { onOwnConnection } from './own-database.ts'
import { showProgress } from './progress.ts'

type Options = {
  hosts?: string[]
  refreshInterval?: number
  cleanupInterval: number
  maxAge?: number
  daemon?: boolean
  json?: boolean
}

const kinds = ['modules', 'providers'] as const

export async function refreshRegistries(options: Options): Promise<void> {
  await onOwnConnection(async (_, { config, db, egress, connect }) => {
    const { upstream } = config
    const around = {
      config: { upstream: { ...upstream, cache_max_age: options.maxAge ?? upstream.cache_max_age } },
      db,
      egress,
    }
    const stop = options.daemon ? untilStopped() : undefined
    const clean = async () => sayCleaned(await cleanCache(db, upstream.cache_max_bytes), options)

    /** One that fails keeps no other from being refreshed; a lost connection does not outlast the round. */
    async function refreshAll(): Promise<void> {
      const failures: Error[] = []
      const own = await connect()
      try {
        for (const registry of await registriesNamed(own, options.hosts)) {
          const progress = showProgress(`Refreshing ${registry.hostname}`)
          const refreshed = refreshRegistry(own, around, registry, { watch: progress.at }).finally(progress.end)
          await refreshed.then((done) => sayRefreshed(done, options)).catch((error: Error) => failures.push(error))
        }
      } finally {
        await own.close().catch(() => {})
      }
      for (const { message } of failures.slice(1)) process.stderr.write(`${message}\n`)
      if (failures[0]) throw failures[0]
    }

    if (!stop) {
      await refreshAll().finally(clean)
      return
    }
    await Promise.race([
      stop.asked,
      Promise.all([
        every(options.refreshInterval ?? upstream.refresh_interval, stop.signal, refreshAll),
        every(options.cleanupInterval, stop.signal, clean),
      ]),
    ])
  })
}

/** What fails is said, and tried again when it is due again. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: Error) => {
      if (!signal.aborted) process.stderr.write(`${error.message}\n`)
    })
    await setTimeout(Math.min(ms, longestTimer), undefined, { signal }).catch(() => {})
  }
}

/** What a timer of Node holds. */
const longestTimer = 2 ** 31 - 1

/** Killed at any moment an import loses nothing, so nobody waits for the end of one. */
function untilStopped(): { asked: Promise<void>; signal: AbortSignal } {
  const controller = new AbortController()
  const asked = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => {
        controller.abort()
        resolve()
      })
    }
  })
  return { asked, signal: controller.signal }
}

function sayRefreshed(refreshed: Refreshed, { json }: Options): void {
  const { hostname, report } = refreshed
  const isWhole = report.incomplete.length === 0
  if (json) say(JSON.stringify({ schema: 'cadastre.registry.refresh.v1', ok: isWhole, data: refreshed }))
  else for (const line of linesOf(refreshed)) say(line)
  if (!isWhole) throw importIncomplete(hostname, report.incomplete)
}

function* linesOf({ hostname, report, asked }: Refreshed): Generator<string> {
  for (const kind of kinds) {
    const { new: added, changed, gone, unchanged } = report[kind]
    yield `${hostname}\t${kind}\t${added} new\t${changed} changed\t${gone} gone\t${unchanged} unchanged`
  }
  yield `${hostname}\tasked\t${asked.requests} times\t${asked.notModified} not changed\t${asked.bytes} bytes`
}

function sayCleaned({ expired, overBound }: { expired: number; overBound: number }, { json }: Options): void {
  if (!json) say(`cache\t${expired} expired\t${overBound} over the bound`)
}
