/** The stores of this registry, each opened when it is first needed; an SDK that nobody asks for is not loaded. */
import type { Config } from '../config/settings.ts'
import { Refusal } from '../refusal.ts'
import { configuredBackends } from './configured.ts'
import { localStorage } from './local.ts'
import type { BackendName, Storage } from './storage.ts'

export type Storages = {
  /** where new archives go */
  current: Storage
  /** every one that the settings know enough of */
  configured: BackendName[]
  /** @throws unavailable when the settings say nothing of it */
  at(backend: BackendName): Promise<Storage>
}

type StorageSettings = Config['storage']

const drivers: Record<BackendName, (settings: StorageSettings) => Promise<Storage>> = {
  local: ({ local }) => localStorage(local.base_path),
  s3: async ({ s3 }) => (await import('./s3.ts')).s3Storage(s3),
  azure: async ({ azure }) => (await import('./azure.ts')).azureStorage(azure),
  gcs: async ({ gcs }) => (await import('./gcs.ts')).gcsStorage(gcs),
}

export async function openStorages(settings: StorageSettings): Promise<Storages> {
  const configured = configuredBackends(settings)
  const opened = new Map<BackendName, Promise<Storage>>()

  async function at(backend: BackendName): Promise<Storage> {
    if (!configured.includes(backend)) throw backendUnknown(backend)
    const known = opened.get(backend)
    if (known) return known
    const opening = drivers[backend](settings)
    opened.set(backend, opening)
    opening.catch(() => opened.delete(backend))
    return opening
  }

  return { current: await at(settings.default_backend), configured, at }
}

const backendUnknown = (backend: BackendName) =>
  new Refusal(
    'unavailable',
    'storage-not-configured',
    `The archive lies in ${backend}, of which the settings of this registry say nothing.`,
    `An administrator has to fill in storage.${backend}.`,
  )
