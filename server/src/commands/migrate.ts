/** `cadastre migrate up|down|status`: the schema, with the owner's connection. */

import type { ClientConfig } from 'pg'
import { startEmbeddedPostgres } from '../foundation/database/embedded.ts'
import { connectionRefusal } from '../foundation/database/errors.ts'
import { type Address, applicationAddress, loginFor, ownerAddress, shownAddress } from '../foundation/database/login.ts'
import { migrateDown, migrateUp, migrationStatus, migrationsBack } from '../foundation/database/migrate.ts'
import { Refusal } from '../foundation/refusal.ts'
import { settingsHere } from './run.ts'

type Owner = { login: ClientConfig; applicationRole: string | undefined; where: string }

export const migrateUpCommand = () =>
  asOwner(async ({ login, applicationRole, where }) => {
    const applied = await migrateUp(login, { applicationRole })
    say(applied.length > 0 ? `Applied ${applied.join(', ')} to ${where}.` : `The schema of ${where} is up to date.`)
  })

/** Takes back one step, or all after `to`; says which and does nothing without `yes`. */
export const migrateDownCommand = ({ to, yes }: { to?: string; yes?: boolean }) =>
  asOwner(async ({ login, where }) => {
    const back = await migrationsBack(login, { to })
    if (back.length === 0) return say(`${where} has no step to take back.`)
    if (!yes) {
      throw new Refusal(
        'invalid',
        'confirmation-needed',
        `This takes back ${back.join(', ')} on ${where}: their tables and everything in them are lost.`,
        'Say --yes to do it.',
      )
    }
    say(`Took back ${(await migrateDown(login, { to })).join(', ')} on ${where}.`)
  })

export const migrateStatusCommand = ({ json }: { json?: boolean }) =>
  asOwner(async ({ login }) => {
    const steps = await migrationStatus(login)
    if (json) return say(JSON.stringify({ schema: 'cadastre.migrate.status.v1', ok: true, data: steps }))
    for (const { name, appliedAt } of steps) say(`${name}\t${appliedAt?.toISOString() ?? 'pending'}`)
  })

async function asOwner(work: (owner: Owner) => Promise<void>): Promise<void> {
  const { config } = settingsHere()
  const address = ownerAddress(config)
  if (!address) return onEmbedded(config.data_dir, config.database.embedded.user, work)
  const login = await loginFor(address)
  const application = applicationAddress(config)!
  const applicationRole = application.user === address.user ? undefined : application.user
  await work({ login, applicationRole, where: shownAddress(address) }).catch((error) => refuse(error, address))
}

async function onEmbedded(dataDir: string, user: string, work: (owner: Owner) => Promise<void>): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir, user })
  const owner = {
    login: postgres.owner,
    applicationRole: postgres.application.user,
    where: `the embedded database in ${dataDir}`,
  }
  await work(owner).finally(() => postgres.stop())
}

function refuse(error: unknown, address: Address): never {
  throw error instanceof Refusal ? error : connectionRefusal(error, address)
}

const say = (line: string) => void process.stdout.write(`${line}\n`)
