/** A login of its own for the owner role, for servers that bring their schema up themselves. */
import { relative } from 'node:path'
import type { Settings } from '../../foundation/config/load.ts'
import type { Environment } from '../../foundation/config/sources.ts'
import type { Address } from '../../foundation/database/login.ts'
import type { Administrator } from './administrator.ts'
import { draftEnvFile } from './env-file.ts'
import { envTarget, placeLines } from './env-lines.ts'
import { letIn, refuseMightyRole } from './roles.ts'
import { randomPassword } from './scram.ts'

type Wanted = { place: Address; owner: string; settings: Settings; env: Environment; file: string | undefined }

/** Written as `database.migration_url`, with where the database is when nothing says so yet. */
export async function letOwnerIn({ client }: Administrator, { place, owner, settings, env, file }: Wanted) {
  await refuseMightyRole(client, owner, '--owner')
  const target = await envTarget(file, env)
  const password = randomPassword()
  const draft = await draftEnvFile(target, {
    ...(settings.config.database.url === undefined ? placeLines(target, settings, place) : {}),
    TFR_DATABASE_MIGRATION_URL: urlOf({ ...place, user: owner, password }),
  })
  try {
    await letIn(client, owner, password)
  } catch (error) {
    await draft.discard()
    throw error
  }
  await draft.commit()
  process.stdout.write(`Wrote TFR_DATABASE_MIGRATION_URL of ${owner} to ${relative(process.cwd(), target.path)}.\n`)
}

function urlOf({ host, port, name, user, password }: Address): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password!)}`
  const socket = host.startsWith('/')
  const authority = socket ? '' : host.includes(':') ? `[${host}]` : host
  const url = `postgresql://${login}@${authority || 'localhost'}:${port}/${encodeURIComponent(name)}`
  return socket ? `${url}?host=${encodeURIComponent(host)}` : url
}
