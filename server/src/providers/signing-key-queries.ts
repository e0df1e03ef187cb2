/** All SQL of signing keys. */
import { sql } from 'kysely'
import { lockCounters } from '../analytics/downloads.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import type { ReadKey } from './openpgp.ts'
import './tables.ts'

export type SigningKeyRow = {
  id: string
  fingerprint: string
  keyId: string
  algorithm: string
  userId: string
  armored: string
  expiresAt: Date | null
  addedBy: string
  addedAt: Date
  /** versions that can be installed, or restored, and were signed with it */
  versions: number
}

const columns = [
  'id',
  'fingerprint',
  'key_id as keyId',
  'algorithm',
  'user_id as userId',
  'armored',
  'expires_at as expiresAt',
  'added_by as addedBy',
  'created_at as addedAt',
  sql<number>`(select count(*)::int from provider_versions where signing_key_id = signing_keys.id)`.as('versions'),
] as const

export const listSigningKeys = (db: Db | Tx, namespaceId: string): Promise<SigningKeyRow[]> =>
  db
    .selectFrom('signing_keys')
    .where('namespace_id', '=', namespaceId)
    .select(columns)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

/** Those whose fingerprint is this, or ends in it as a key id does; held until the transaction ends. */
export async function lockSigningKeys(tx: Tx, namespaceId: string, fingerprint: string): Promise<SigningKeyRow[]> {
  const held = await tx
    .selectFrom('signing_keys')
    .where('namespace_id', '=', namespaceId)
    .where((row) => row.or([row('fingerprint', '=', fingerprint), row('key_id', '=', fingerprint)]))
    .select('id')
    .forUpdate()
    .execute()
  // Only now: a publish that held the key until a moment ago has made one version more.
  return (await listSigningKeys(tx, namespaceId)).filter(({ id }) => held.some((key) => key.id === id))
}

/** Keeps the key there until the transaction ends. @returns whether it still is */
export async function holdSigningKey(tx: Tx, id: string): Promise<boolean> {
  const held = await tx.selectFrom('signing_keys').where('id', '=', id).select('id').forShare().executeTakeFirst()
  return held !== undefined
}

/** A key that comes again brings what changed on it, such as a later expiry. @returns whether it is new */
export async function insertSigningKey(tx: Tx, namespaceId: string, key: ReadKey, addedBy: string): Promise<boolean> {
  const row = await tx
    .insertInto('signing_keys')
    .values({
      namespace_id: namespaceId,
      fingerprint: key.fingerprint,
      key_id: key.keyId,
      signers: key.signers,
      algorithm: key.algorithm,
      user_id: key.userId,
      armored: key.armored,
      expires_at: key.expiresAt,
      added_by: addedBy,
    })
    .onConflict((conflict) =>
      conflict.columns(['namespace_id', 'fingerprint']).doUpdateSet({
        signers: key.signers,
        user_id: key.userId,
        armored: key.armored,
        expires_at: key.expiresAt,
      }),
    )
    .returning(sql<boolean>`xmax = 0`.as('isNew'))
    .executeTakeFirstOrThrow()
  return row.isNew
}

export async function deleteSigningKey(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('signing_keys').where('id', '=', id).execute()
}

/** Versions that say of this key what it was when they came, with their signatures. */
export async function versionsWithOlder(tx: Tx, namespaceId: string, key: ReadKey) {
  const versions = await tx
    .selectFrom('provider_versions')
    .innerJoin('signing_keys', 'signing_keys.id', 'provider_versions.signing_key_id')
    .where('signing_keys.namespace_id', '=', namespaceId)
    .where('signing_keys.fingerprint', '=', key.fingerprint)
    .where('provider_versions.gpg_public_key', '<>', key.armored)
    .select(['provider_versions.id', 'provider_versions.shasums_signature as signature'])
    .execute()
  return versions.flatMap(({ id, signature }) => (signature ? [{ id, signature }] : []))
}

/** Has versions say of their key what it is now, with a later expiry for instance. */
export async function refreshKeyOfVersions(tx: Tx, versionIds: string[], { armored }: ReadKey): Promise<void> {
  await lockCounters(tx)
  await sql`update provider_versions set gpg_public_key = ${armored},
      package_document = jsonb_set(package_document::jsonb, '{signing_keys,gpg_public_keys,0,ascii_armor}', to_jsonb(${armored}::text))::text
    where id = any(${versionIds}::bigint[])`.execute(tx)
}
