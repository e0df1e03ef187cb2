/** What long work on the catalogue needs: the database of the settings, brought up and opened, and the way to other registries. */
import type { Config } from '../../foundation/config/settings.ts'
import { createDatabase } from '../../foundation/database/database.ts'
import { openDatabase } from '../../foundation/database/open.ts'
import { type OwnConnection, ownConnection } from '../../foundation/database/own-connection.ts'
import { openEgress } from '../../foundation/egress.ts'
import { createLog } from '../../foundation/log.ts'
import type { Surroundings } from '../../upstream/open-source.ts'
import { settingsHere } from '../run.ts'

export type Around = Surroundings & {
  config: Config
  /** Another connection, for work that outlives one. */
  connect(): Promise<OwnConnection>
}

export async function onOwnConnection<T>(work: (own: OwnConnection, around: Around) => Promise<T>): Promise<T> {
  const { config } = settingsHere()
  const log = createLog({ level: 'error', format: 'text', output: 'stderr' })
  const opened = await openDatabase(config, log)
  const egress = openEgress(config.security.egress.allowlist)
  const { db, close } = createDatabase(opened.application, { maxConnections: config.upstream.concurrency, log })
  try {
    const connect = () => ownConnection(opened.application, 'registry')
    const own = await connect()
    return await work(own, { config, db, egress, connect }).finally(() => own.close().catch(() => {}))
  } finally {
    await Promise.all([egress.close(), close()])
    await opened.stop()
  }
}
