/** `cadastre db create-user`: the role that the registry signs in as, with the rights it needs and a new password each time. */
import { relative } from 'node:path'
import type { Settings } from '../../foundation/config/load.ts'
import { type Address, applicationAddress } from '../../foundation/database/login.ts'
import { migrateUp, migrationStatus } from '../../foundation/database/migrate.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { settingsHere } from '../run.ts'
import { say } from '../say.ts'
import {
  type Administrator,
  type AdministratorOptions,
  administration,
  asAdministrator,
  loginAsOwner,
  type NameOptions,
  stepInto,
} from './administrator.ts'
import { type Draft, draftEnvFile } from './env-file.ts'
import { envTarget, loginLines } from './env-lines.ts'
import { databaseOwner, letIn, makeRole, refuseMightyRole } from './roles.ts'
import { randomPassword } from './scram.ts'

export type CreateUserOptions = AdministratorOptions & NameOptions & { writeEnv?: string; print?: boolean }

export async function createApplicationUser(options: CreateUserOptions): Promise<void> {
  const settings = settingsHere()
  const { env, names, place } = administration(options, settings)
  const login = { ...place, user: names.application, password: randomPassword() }

  const target = await envTarget(options.writeEnv, env)
  const draft = await draftEnvFile(target, loginLines(target, settings, login))
  const made = await asAdministrator(place, (admin) => ensureUser(admin, place, login)).catch((error) =>
    withoutDraft(draft, error),
  )
  await draft.commit()

  const file = relative(process.cwd(), target.path)
  say(`${made ? 'Made' : 'Gave a new password to'} the role ${login.user}, and wrote it to ${file}.`)
  if (options.print) say(login.password)
  if (target.read) warnIfHidden(login)
}

/** @returns false when the role was there before */
async function ensureUser(admin: Administrator, place: Address, login: Address): Promise<boolean> {
  const { client } = admin
  const owner = (await databaseOwner(client, place.name))!
  await refuseMightyRole(client, login.user, '--role')
  if (login.user === owner) throw ownsTheDatabase(login)
  await stepInto(admin, owner)
  const asOwner = await loginAsOwner(place, owner)
  const missing = (await migrationStatus(asOwner)).filter((step) => !step.appliedAt)
  if (missing.length > 0) throw schemaMissing(missing.map((step) => step.name))
  const made = await makeRole(client, login.user)
  await migrateUp(asOwner, { applicationRole: login.user })
  // Last, so that whoever is signed in with the old password is not locked out for nothing.
  await letIn(client, login.user, login.password!)
  return made
}

/** Variables of the process win over `.env`, and a YAML file may name another user by address. */
function warnIfHidden(login: Address): void {
  const settings: Settings = settingsHere()
  const read = applicationAddress(settings.config)
  for (const [key, part] of [
    ['user', 'user'],
    ['password', 'password'],
    ['name', 'name'],
  ] as const) {
    if (read?.[part] === login[part]) continue
    const source = settings.sources.get(`database.${key}`) ?? settings.sources.get('database.url')
    process.stderr.write(`database.${key} still comes from ${source}, which wins over .env.\n`)
  }
}

async function withoutDraft(draft: Draft, error: unknown): Promise<never> {
  await draft.discard()
  throw error
}

const ownsTheDatabase = ({ name, user }: Address) =>
  new Refusal(
    'conflict',
    'role-too-mighty',
    `The role ${user} owns the database ${name}, and could change its tables.`,
    'Name another role with --role.',
  )

const schemaMissing = (steps: string[]) =>
  new Refusal(
    'not-found',
    'schema-behind',
    `The database lacks ${steps.join(', ')}.`,
    'Run cadastre db create first, or cadastre migrate up.',
  )
