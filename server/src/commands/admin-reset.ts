/** `cadastre admin reset`: a link that makes an administrator whoever there is, for whoever runs the server. */
import { resetLink } from '../auth/setup.ts'
import { createDatabase } from '../foundation/database/database.ts'
import { openDatabase } from '../foundation/database/open.ts'
import { createLog } from '../foundation/log.ts'
import { settingsHere } from './run.ts'

export async function adminReset(): Promise<void> {
  const { config } = settingsHere()
  const log = createLog({ level: 'error', format: 'text', output: 'stderr' })
  const opened = await openDatabase(config, log)
  const { db, close } = createDatabase(opened.application, { maxConnections: 1, log })
  try {
    const link = await resetLink(db, config)
    process.stderr.write(
      'It works once, within an hour, and makes an administrator of the platform or lets one in again:\n',
    )
    process.stdout.write(`${link}\n`)
    if (opened.embedded) process.stderr.write('Start the registry to open it.\n')
  } finally {
    await close()
    await opened.stop()
  }
}
