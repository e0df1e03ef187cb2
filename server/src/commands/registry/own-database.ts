/** The database of the settings, brought up and opened for one long piece of work. */
import { openDatabase } from '../../foundation/database/open.ts'
import { type OwnConnection, ownConnection } from '../../foundation/database/own-connection.ts'
import { createLog } from '../../foundation/log.ts'
import { settingsHere } from '../run.ts'

export async function onOwnConnection<T>(work: (own: OwnConnection) => Promise<T>): Promise<T> {
  const { config } = settingsHere()
  const opened = await openDatabase(config, createLog({ level: 'error', format: 'text', output: 'stderr' }))
  try {
    const own = await ownConnection(opened.application, 'registry')
    return await work(own).finally(() => own.close().catch(() => {}))
  } finally {
    await opened.stop()
  }
}
