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
  kind: 'api' | 'cli'
  /** null: the key stands for itself, as those do that a registry makes for its first use */
  userId: string | null
  /** their e-mail address */
  owner: string | null
  isOwnerDisabled: boolean
  ownerRoles: Membership[]
}

const keyRights = `select k.id, k.name, k.organization_id as "organizationId", k.scopes, k.namespaces, k.expires_at as "expiresAt",
         k.revoked_at as "revokedAt", k.kind, k.user_id as "userId", u.email as owner, u.disabled_at is not null as "isOwnerDisabled",
         case when k.user_id is null then '[]' else (
           select coalesce(json_agg(json_build_object('organization', r.organization, 'role', r.role)), '[]')
           from user_roles r where r.user_id = k.user_id) end as "ownerRoles"
  from api_keys k left join users u on u.id = k.user_id`

const findKeyByHash = namedStatement<KeyRights>('findKeyByHash', `${keyRights} where k.key_hash = $1`)
const findKeyById = namedStatement<KeyRights>('findKeyById', `${keyRights} where k.id = $1`)

export async function findKey(db: Db, hash: Buffer): Promise<KeyRights | undefined> {
  return (await findKeyByHash(db, [hash]))[0]
}

/** What the key may do now, whatever was known of it before. */
export async function findKeyAgain(db: Db | Tx, id: string): Promise<KeyRights | undefined> {
  return (await findKeyById(db, [id]))[0]
}

/** Whether somebody can still administer the platform with a key: one that is nobody's, or of who may. */
export async function hasAdminKey(db: Db): Promise<boolean> {
  const found = await sql`select from api_keys
    where organization_id is null and 'admin' = any(scopes) and namespaces = '{}' and revoked_at is null
      and (expires_at is null or expires_at > now())
      and (user_id is null or exists (
        select from platform_members m join users u on u.id = m.user_id
        where m.user_id = api_keys.user_id and m.role = 'admin' and u.disabled_at is null))
    limit 1`.execute(db)
  return found.rows.length > 0
}

const shown = [
  'api_keys.id',
  'api_keys.name',
  'api_keys.key_prefix as prefix',
  'api_keys.kind',
  'organizations.name as organization',
  'owners.email as owner',
  'api_keys.scopes',
  'api_keys.namespaces',
  'api_keys.created_by as createdBy',
  'api_keys.created_at as createdAt',
  'api_keys.expires_at as expiresAt',
  'api_keys.last_used_at as lastUsedAt',
  'api_keys.revoked_at as revokedAt',
  'api_keys.replaced_by as replacedBy',
] as const

const keysToShow = (db: Db | Tx) =>
  db
    .selectFrom('api_keys')
    .leftJoin('organizations', 'organizations.id', 'api_keys.organization_id')
    .leftJoin('users as owners', 'owners.id', 'api_keys.user_id')
    .select(shown)

/** Which keys somebody may see. */
export type VisibleKeys = {
  /** those of these organizations; null: of every one, and of the platform */
  managed: string[] | null
  /** and those that this person owns */
  own: string | undefined
  /** of these, the keys of this owner alone; null: those that are nobody's */
  only?: string | null
}

/** @param before id of the last key of the page before */
export function listKeys(db: Db, { managed, own, only }: VisibleKeys, before: string | undefined, limit: number) {
  let query = keysToShow(db).orderBy('api_keys.created_at', 'desc').orderBy('api_keys.id', 'desc').limit(limit)
  if (managed)
    query = query.where((row) =>
      row.or([
        row('api_keys.organization_id', '=', sql<string>`any(${managed}::uuid[])`),
        ...(own === undefined ? [] : [row('api_keys.user_id', '=', own)]),
      ]),
    )
  if (only !== undefined) query = query.where('api_keys.user_id', only === null ? 'is' : '=', only)
  if (before)
    query = query.where(
      sql<boolean>`(api_keys.created_at, api_keys.id) < (select created_at, id from api_keys where id = ${before})`,
    )
  return query.execute()
}

export async function findShownKey(db: Db | Tx, id: string) {
  return keysToShow(db)
    .where('api_keys.id', '=', id)
    .select(['api_keys.organization_id as organizationId', 'api_keys.user_id as userId'])
    .executeTakeFirst()
}

/** Who is to own a key. */
export const findOwner = (tx: Tx, who: { id: string } | { email: string }) =>
  tx
    .selectFrom('users')
    .where((row) => ('id' in who ? row('id', '=', who.id) : row('email', '=', who.email)))
    .select(['id', 'email', 'disabled_at as disabledAt'])
    .executeTakeFirst()

export async function insertKey(
  tx: Tx,
  key: {
    organizationId: string | null
    userId: string | null
    kind: 'api' | 'cli'
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
      user_id: key.userId,
      kind: key.kind,
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

/**
 * The key ends at `until`, or before if it did already.
 * @returns false when it had ended, or another has taken its place
 */
export async function replaceKeyRow(tx: Tx, id: string, replacedBy: string, until: Date, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('api_keys')
    .set({ replaced_by: replacedBy, expires_at: sql<Date>`least(expires_at, ${until}::timestamptz)` })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('replaced_by', 'is', null)
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', now)]))
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** @param uses key id → time of its last use */
export async function touchKeys(db: Db, uses: Map<string, Date>): Promise<void> {
  await sql`update api_keys set last_used_at = greatest(last_used_at, used.at)
    from unnest(${[...uses.keys()]}::uuid[], ${[...uses.values()]}::timestamptz[]) as used(id, at)
    where api_keys.id = used.id`.execute(db)
}
