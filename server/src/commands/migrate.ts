/** `cadastre migrate up|down|status`: the schema, with the owner's connection. */
import { migrateDown, migrateUp, migrationStatus, migrationsBack } from '../foundation/database/migrate.ts'
import { Refusal } from '../foundation/refusal.ts'
import { type DatabaseAtHand, onDatabase } from './database-login.ts'
import { settingsHere } from './run.ts'
import { say } from './say.ts'

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

const asOwner = (work: (owner: DatabaseAtHand) => Promise<void>) => onDatabase(settingsHere().config, 'owner', work)
