/** All SQL of API keys. */
import type { Scope } from '@cadastre/contract/scopes'
import { sql } from 'kysely'
import type { Membership } from '../access/grants.ts'
import { type Db, namedStatement, type Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type KeyRights = {
  id: string
  name: string
  organizationId: string | null
  scopes: Scope[]
  namespaces: string[]
  expiresAt: Date | null
  revokedAt: Date | null
  /** null: the key stands for itself, as those do that a registry makes for its first use */
  userId: string | null
  isOwnerDisabled: boolean
  ownerRoles: Membership[]
}

const findKeyByHash = namedStatement<KeyRights>(
  'findKeyByHash',
  `select k.id, k.name, k.organization_id as "organizationId", k.scopes, k.namespaces, k.expires_at as "expiresAt",
          k.revoked_at as "revokedAt", k.user_id as "userId", u.disabled_at is not null as "isOwnerDisabled",
          case when k.user_id is null then '[]' else (
            select coalesce(json_agg(json_build_object('organization', r.organization, 'role', r.role)), '[]')
            from user_roles r where r.user_id = k.user_id) end as "ownerRoles"
   from api_keys k left join users u on u.id = k.user_id
   where k.key_hash = $1`,
)

export async function findKey(db: Db, hash: Buffer): Promise<KeyRights | undefined> {
  return (await findKeyByHash(db, [hash]))[0]
}

/** Neither revoked nor expired. */
export async function isKeyGood(db: Db | Tx, id: string, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom('api_keys')
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
    .select('id')
    .executeTakeFirst()
  return found !== undefined
}

/** Whether somebody can still administer the platform with a key. */
export async function hasAdminKey(db: Db): Promise<boolean> {
  const found = await sql`select from api_keys
    where organization_id is null and 'admin' = any(scopes) and namespaces = '{}' and revoked_at is null
      and (expires_at is null or expires_at > now())
    limit 1`.execute(db)
  return found.rows.length > 0
}

const shown = [
  'api_keys.id',
  'api_keys.name',
  'api_keys.key_prefix as prefix',
  'organizations.name as organization',
  'api_keys.scopes',
  'api_keys.namespaces',
  'api_keys.created_by as createdBy',
  'api_keys.created_at as createdAt',
  'api_keys.expires_at as expiresAt',
  'api_keys.last_used_at as lastUsedAt',
  'api_keys.revoked_at as revokedAt',
] as const

/**
 * @param organizationIds null: of every organization and of the platform
 * @param before id of the last key of the page before
 */
export function listKeys(db: Db, organizationIds: string[] | null, before: string | undefined, limit: number) {
  let query = db
    .selectFrom('api_keys')
    .leftJoin('organizations', 'organizations.id', 'api_keys.organization_id')
    .select(shown)
    .orderBy('api_keys.created_at', 'desc')
    .orderBy('api_keys.id', 'desc')
    .limit(limit)
  if (organizationIds)
    query = query.where('api_keys.organization_id', '=', sql<string>`any(${organizationIds}::uuid[])`)
  if (before)
    query = query.where(
      sql<boolean>`(api_keys.created_at, api_keys.id) < (select created_at, id from api_keys where id = ${before})`,
    )
  return query.execute()
}

export async function findShownKey(db: Db | Tx, id: string) {
  return db
    .selectFrom('api_keys')
    .leftJoin('organizations', 'organizations.id', 'api_keys.organization_id')
    .where('api_keys.id', '=', id)
    .select([...shown, 'api_keys.organization_id as organizationId'])
    .executeTakeFirst()
}

export async function insertKey(
  tx: Tx,
  key: {
    organizationId: string | null
    name: string
    hash: Buffer
    prefix: string
    scopes: Scope[]
    namespaces: string[]
    expiresAt: Date | null
    createdBy: string
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('api_keys')
    .values({
      organization_id: key.organizationId,
      name: key.name,
      key_hash: key.hash,
      key_prefix: key.prefix,
      scopes: key.scopes,
      namespaces: key.namespaces,
      expires_at: key.expiresAt,
      created_by: key.createdBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function revokeKeyRow(tx: Tx, id: string): Promise<boolean> {
  const done = await tx
    .updateTable('api_keys')
    .set({ revoked_at: new Date() })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** @param uses key id → time of its last use */
export async function touchKeys(db: Db, uses: Map<string, Date>): Promise<void> {
  await sql`update api_keys set last_used_at = greatest(last_used_at, used.at)
    from unnest(${[...uses.keys()]}::uuid[], ${[...uses.values()]}::timestamptz[]) as used(id, at)
    where api_keys.id = used.id`.execute(db)
}
