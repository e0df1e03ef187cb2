/** Tries a store with what the registry does to it: a small object comes and goes. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { StorageCheck } from '@cadastre/contract/storage'
import type { App } from '../foundation/app.ts'
import type { BackendName, Storage } from '../foundation/storage/storage.ts'
import { measureStores } from './storage-queries.ts'

type Step = StorageCheck['steps'][number]

const probeBytes = 64 * 1024
const linkTimeoutMs = 20_000

export async function checkStores(app: App): Promise<StorageCheck[]> {
  const measured = await measureStores(app.db)
  const checks: StorageCheck[] = []
  for (const backend of app.storages.configured) {
    const steps = await checkStore(app, backend)
    const { objects, sizeBytes } = measured.find((each) => each.backend === backend) ?? { objects: 0, sizeBytes: 0 }
    const isDefault = backend === app.storages.current.backend
    checks.push({ backend, isDefault, ok: steps.every(({ ok }) => ok), objects, sizeBytes, steps })
  }
  return checks
}

/** Ends with the first step that fails; the object is taken away in any case. */
export async function checkStore(app: Pick<App, 'storages' | 'log'>, backend: BackendName): Promise<Step[]> {
  const steps: Step[] = []
  const key = `probe/${randomUUID()}`
  const bytes = randomBytes(probeBytes)
  let storage: Storage | undefined
  let written = false

  async function step(name: string, work: () => Promise<string>): Promise<void> {
    const startedAt = performance.now()
    const elapsed = () => Math.round((performance.now() - startedAt) * 10) / 10
    try {
      steps.push({ step: name, detail: await work(), ok: true, elapsedMs: elapsed() })
    } catch (error) {
      steps.push({ step: name, detail: (error as Error).message, ok: false, elapsedMs: elapsed() })
      throw error
    }
  }

  try {
    await step('open', async () => {
      storage = await app.storages.at(backend)
      return ''
    })
    const store = storage!
    await step('write 64 KiB', async () => {
      const promised = { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: probeBytes }
      written = true
      const { revision } = await store.put(key, Readable.from([bytes]), promised)
      return `revision ${revision}`
    })
    await step('read a part', async () => {
      const part = await buffer(await store.get(key, { range: { start: 1000, end: 1999 } }))
      if (!part.equals(bytes.subarray(1000, 2000))) throw new Error('other bytes came back')
      return ''
    })
    await step('list', async () => {
      for await (const listed of store.list('probe/')) if (listed === key) return ''
      throw new Error('the object is not in the list')
    })
    await step('signed address', () => followLink(store, key, bytes))
    await step('delete', async () => {
      await store.delete(key)
      written = false
      return ''
    })
  } catch (error) {
    app.log.warn({ backend, error: (error as Error).message }, 'a storage failed its test')
  } finally {
    if (written) await storage?.delete(key).catch(() => {})
  }
  return steps
}

async function followLink(store: Storage, key: string, bytes: Buffer): Promise<string> {
  const link = await store.link(key, { lifetimeSeconds: 60, fileName: 'probe' })
  if (link === undefined) return 'none: the registry sends the bytes itself'
  const answer = await fetch(link, { signal: AbortSignal.timeout(linkTimeoutMs) })
  if (answer.status !== 200) throw new Error(`the store answers ${answer.status} to the address it is given`)
  if (!Buffer.from(await answer.arrayBuffer()).equals(bytes)) throw new Error('other bytes came back')
  return new URL(link).origin
}
