/** Storage in Google Cloud Storage. */
import type { Config } from '../config/settings.ts'
import type { Storage } from './storage.ts'

export async function gcsStorage(_settings: Config['storage']['gcs']): Promise<Storage> {
  throw new Error('under construction')
}
