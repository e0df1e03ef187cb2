/** Which backends the settings know enough of to be read from, whatever new archives go to. */
import type { Config } from '../config/settings.ts'
import { type BackendName, backendNames } from './storage.ts'

export function isConfigured(backend: BackendName, storage: Config['storage']): boolean {
  if (backend === 'local') return true
  if (backend === 'azure') return storage.azure.account_name !== undefined || storage.azure.container_name !== undefined
  return storage[backend].bucket !== undefined
}

export const configuredBackends = (storage: Config['storage']): BackendName[] =>
  backendNames.filter((backend) => backend === storage.default_backend || isConfigured(backend, storage))
