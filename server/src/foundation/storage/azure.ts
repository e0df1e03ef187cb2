/** Storage in Azure Blob Storage. */
import type { Config } from '../config/settings.ts'
import type { Storage } from './storage.ts'

export async function azureStorage(_settings: Config['storage']['azure']): Promise<Storage> {
  throw new Error('under construction')
}
