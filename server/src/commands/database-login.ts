/** Which database a command works on: the server that the settings name, or the embedded one, started for as long as it takes. */
import type { ClientConfig } from 'pg'
import type { Config } from '../foundation/config/settings.ts'
import { startEmbeddedPostgres } from '../foundation/database/embedded.ts'
import { connectionRefusal } from '../foundation/database/errors.ts'
import { applicationAddress, loginFor, ownerAddress, shownAddress } from '../foundation/database/login.ts'

export type DatabaseAtHand = {
  login: ClientConfig
  /** The role that migrations grant rights to; undefined when it is the owner too. */
  applicationRole: string | undefined
  /** For people. */
  where: string
  embedded: boolean
}

/** @param role the owner makes and fills tables, the application reads and writes rows */
export async function onDatabase<T>(
  config: Config,
  role: 'owner' | 'application',
  work: (database: DatabaseAtHand) => Promise<T>,
): Promise<T> {
  const application = applicationAddress(config)
  if (!application) return onEmbedded(config, role, work)
  const address = role === 'owner' ? ownerAddress(config)! : application
  const applicationRole = ownerAddress(config)!.user === application.user ? undefined : application.user
  try {
    const login = await loginFor(address)
    return await work({ login, applicationRole, where: shownAddress(address), embedded: false })
  } catch (error) {
    throw connectionRefusal(error, address)
  }
}

async function onEmbedded<T>(
  config: Config,
  role: 'owner' | 'application',
  work: (database: DatabaseAtHand) => Promise<T>,
): Promise<T> {
  const dataDir = config.data_dir
  const postgres = await startEmbeddedPostgres({ dataDir, user: config.database.embedded.user })
  const database = {
    login: postgres[role],
    applicationRole: postgres.application.user,
    where: `the embedded database in ${dataDir}`,
    embedded: true,
  }
  return work(database).finally(() => postgres.stop())
}
