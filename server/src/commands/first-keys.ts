/** The first admin key: the operator's own text, or one made here and left in a file that only the operator can read. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scope } from '@cadastre/contract/scopes'
import { sql } from 'kysely'
import { system } from '../access/caller.ts'
import { createApiKey } from '../auth/api-keys.ts'
import { findKey, hasAdminKey } from '../auth/queries.ts'
import { hashToken, newToken } from '../auth/token.ts'
import type { App } from '../foundation/app.ts'
import { insertOrganization } from '../organizations/queries.ts'

export const adminTokenFile = (dataDir: string) => join(dataDir, 'admin-token')

/** What a registry has before anybody comes: its default organization and a first admin. Several servers may start at once. */
export async function prepareFirstUse(app: App): Promise<void> {
  await insertOrganization(app.db, app.config.multi_tenancy.default_organization)
  await oneAtATime(app, () => ensureAdminKey(app))
}

async function ensureAdminKey(app: App): Promise<void> {
  const given = app.config.auth.bootstrap_token
  if (given !== undefined) {
    if (!(await findKey(app.db, hashToken(given)))) await makeKey(app, 'bootstrap token', ['admin'], given)
    return
  }
  if (await hasAdminKey(app.db)) return
  const file = adminTokenFile(app.config.data_dir)
  const token = newToken(app.config.auth.api_keys.prefix)
  // The file comes first: a key that nobody was told of would shut everybody out, and no other would be made.
  await writeSecret(file, `${token}\n`)
  await makeKey(app, 'first admin', ['admin'], token)
  app.log.info({ file }, 'made the first admin key')
}

/** A file that only its owner can read, from its first byte on; a link that somebody left in its place is replaced. */
export async function writeSecret(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`
  await rm(draft, { force: true })
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  await rename(draft, path)
}

/** The key in `file` if it is still good, else a new one, for the system's own use on this machine. */
export async function keyInFile(app: App, file: string, pattern: RegExp, make: () => Promise<string>): Promise<string> {
  const token = pattern.exec(await readFile(file, 'utf8').catch(() => ''))?.[1]
  const key = token && (await findKey(app.db, hashToken(token)))
  return key && !key.revokedAt ? token : make()
}

export const makeKey = (app: App, name: string, scopes: Scope[], token?: string) =>
  createApiKey(app, { caller: system }, { name, scopes, organization: null, namespaces: [], expiresAt: null }, token)

const firstUseLock = 7_236_001

/** The lock lives on a connection of its own, since what it guards opens transactions. */
async function oneAtATime(app: App, work: () => Promise<void>): Promise<void> {
  await app.db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${firstUseLock})`.execute(connection)
    try {
      await work()
    } finally {
      await sql`select pg_advisory_unlock(${firstUseLock})`.execute(connection)
    }
  })
}
