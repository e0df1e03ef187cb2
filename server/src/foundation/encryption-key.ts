/** The registry's one secret: from the settings, or made in `data_dir`. The database remembers which key it belongs to. */
import { hkdfSync, randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from './config/settings.ts'
import type { Db } from './database/database.ts'
import { Refusal } from './refusal.ts'

declare module './database/database.ts' {
  interface Tables {
    installation: { name: string; value: string }
  }
}

/**
 * The key of this registry. The first server on a database leaves the key's fingerprint there, and one with another key
 * does not start: it would sign addresses that the others refuse, and could not read what they encrypted.
 */
export async function encryptionKey(config: Config, db: Db): Promise<string> {
  const key = config.security.encryption_key ?? (await keyInDataDir(config.data_dir))
  const fingerprint = fingerprintOf(key)
  await sql`insert into installation (name, value) values ('encryption key', ${fingerprint}) on conflict do nothing`.execute(
    db,
  )
  if ((await knownFingerprint(db)) !== fingerprint) throw otherKey(config)
  return key
}

/** The same for whoever only looks: nothing is made or left. @returns undefined before the first start */
export async function existingKey(config: Config, db: Db): Promise<string | undefined> {
  const key = config.security.encryption_key ?? (await read(pathIn(config.data_dir)))
  const known = await knownFingerprint(db)
  if (known !== undefined && (key === undefined || fingerprintOf(key) !== known)) throw otherKey(config)
  return key
}

async function knownFingerprint(db: Db): Promise<string | undefined> {
  const found = await db
    .selectFrom('installation')
    .where('name', '=', 'encryption key')
    .select('value')
    .executeTakeFirst()
  return found?.value
}

/** Tells keys apart, and tells nothing about them. */
const fingerprintOf = (key: string) =>
  Buffer.from(hkdfSync('sha256', key, 'cadastre', 'fingerprint', 16)).toString('hex')

function otherKey(config: Config): Refusal {
  const where =
    config.security.encryption_key === undefined ? `the one made in ${config.data_dir}` : 'security.encryption_key'
  return new Refusal(
    'unavailable',
    'encryption-key-differs',
    `This database belongs to a registry with another encryption key than ${where}.`,
    'Set security.encryption_key to the key of the first server on this database (encryption-key in its data_dir), the same for all.',
  )
}

async function keyInDataDir(dataDir: string): Promise<string> {
  const path = pathIn(dataDir)
  return (await read(path)) ?? (await make(path))
}

const pathIn = (dataDir: string) => join(dataDir, 'encryption-key')

async function make(path: string): Promise<string> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, randomBytes(32).toString('base64'), { mode: 0o600 })
  // A link either makes the file whole or finds another process's.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  return (await read(path))!
}

async function read(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text?.trim() || undefined
}

/** Keys for one purpose each: none of them tells anything of the others, or of the secret. */
export const keysFrom = (secret: string) => (purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, 'cadastre', purpose, 32))
