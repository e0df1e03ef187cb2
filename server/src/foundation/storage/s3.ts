/** Storage in S3. */
import type { Config } from '../config/settings.ts'
import type { Storage } from './storage.ts'

export async function s3Storage(_settings: Config['storage']['s3']): Promise<Storage> {
  throw new Error('under construction')
}
