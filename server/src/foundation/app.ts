/** Everything a room works with, as one value: made once when the server starts, and passed first. */
import type { Config } from './config/settings.ts'
import type { Changes } from './database/changes.ts'
import type { Db } from './database/database.ts'
import type { OwnConnection } from './database/own-connection.ts'
import type { Egress } from './egress.ts'
import type { UploadSlots } from './http/upload-slots.ts'
import type { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { UrlSigner } from './signed-url.ts'
import type { Storages } from './storage/open.ts'
import type { Workers } from './workers.ts'

export type App = {
  config: Config
  db: Db
  /** For long work in bulk; the one who asks for it closes it. */
  ownConnection: (purpose: string) => Promise<OwnConnection>
  changes: Changes
  storages: Storages
  /** A folder for uploads on their way; what a crash cut off is swept. */
  uploads: string
  uploadSlots: UploadSlots
  /** The one way to other servers. */
  egress: Egress
  jobs: Jobs
  workers: Workers
  signer: UrlSigner
  /** A key of 32 bytes for one purpose, made from the registry's encryption key: the same in every process. */
  derivedKey: (purpose: string) => Buffer
  metrics: Metrics
  log: Log
  /** Nothing of it stays when it stops: a demo. */
  isPassing: boolean
  /** true from the moment the server was asked to stop */
  stopping: () => boolean
  /** milliseconds since 1970 */
  clock: () => number
}
