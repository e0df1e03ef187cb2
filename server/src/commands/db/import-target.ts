/** Whom an import signs in as: only the owner of the tables may fill them, or an administrator who steps into that role. */
import type { Settings } from '../../foundation/config/load.ts'
import { environmentIn } from '../../foundation/config/sources.ts'
import { applicationAddress, shownAddress } from '../../foundation/database/login.ts'
import { type DatabaseAtHand, onDatabase } from '../database-login.ts'
import {
  type AdministratorOptions,
  administration,
  asAdministrator,
  loginAsOwner,
  type NameOptions,
  stepInto,
} from './administrator.ts'
import { databaseOwner } from './roles.ts'

export type ImportOptions = AdministratorOptions & Pick<NameOptions, 'database'>

type Work = (database: DatabaseAtHand) => Promise<void>

export function onOwnedDatabase(options: ImportOptions, settings: Settings, work: Work): Promise<void> {
  const { env } = environmentIn(process.cwd(), process.env)
  const { config } = settings
  const named = Object.keys(options).length > 0
  const meant = applicationAddress(config) && config.database.migration_url === undefined && env.PGUSER
  return named || meant ? steppingIn(options, settings, work) : onDatabase(config, 'owner', work)
}

function steppingIn(options: ImportOptions, settings: Settings, work: Work): Promise<void> {
  const { names, place } = administration(options, settings)
  return asAdministrator(place, async (admin) => {
    const owner = (await databaseOwner(admin.client, place.name))!
    await stepInto(admin, owner)
    const known = await admin.client.query('select from pg_roles where rolname = $1', [names.application])
    const applicationRole = known.rowCount === 1 && names.application !== owner ? names.application : undefined
    const login = await loginAsOwner(place, owner)
    await work({ login, applicationRole, where: shownAddress(place), embedded: false })
  })
}
