/** All SQL of issuers that were added while the registry ran. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../foundation/database/database.ts'
import { isUniqueViolation } from '../../foundation/database/errors.ts'
import type { GroupMapping } from './issuer.ts'
import { identityProviderTaken } from './issuer-refusals.ts'
import './tables.ts'

export type IdentityProviderRow = {
  name: string
  kind: 'oidc' | 'entra'
  displayName: string
  issuerUrl: string
  clientId: string
  /** encrypted */
  sealedSecret: Buffer | null
  scopes: string[]
  groupClaim: string
  groupMappings: GroupMapping[]
  /** false: nobody signs in through it, until it is switched on again */
  enabled: boolean
  createdAt: Date
  updatedAt: Date
}

const columns = [
  'name',
  'kind',
  'display_name as displayName',
  'issuer_url as issuerUrl',
  'client_id as clientId',
  'client_secret as sealedSecret',
  'scopes',
  'group_claim as groupClaim',
  'group_mappings as groupMappings',
  'enabled',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

/** By name. */
export const listIdentityProviderRows = (db: Db | Tx): Promise<IdentityProviderRow[]> =>
  db.selectFrom('identity_providers').select(columns).orderBy('name').execute()

export const findIdentityProviderRow = (db: Db | Tx, name: string): Promise<IdentityProviderRow | undefined> =>
  db.selectFrom('identity_providers').where('name', '=', name).select(columns).executeTakeFirst()

/** As it is now, and as it stays until this transaction ends. */
export const lockIdentityProvider = (tx: Tx, name: string): Promise<IdentityProviderRow | undefined> =>
  tx.selectFrom('identity_providers').where('name', '=', name).select(columns).forUpdate().executeTakeFirst()

export type IdentityProviderValues = Omit<IdentityProviderRow, 'createdAt' | 'updatedAt'>

export async function insertIdentityProvider(
  tx: Tx,
  provider: IdentityProviderValues & { createdBy: string },
): Promise<void> {
  try {
    await tx
      .insertInto('identity_providers')
      .values({ ...asColumns(provider), created_by: provider.createdBy })
      .execute()
  } catch (error) {
    throw isUniqueViolation(error) ? identityProviderTaken(provider.name) : error
  }
}

export async function updateIdentityProvider(tx: Tx, provider: IdentityProviderValues): Promise<void> {
  await tx
    .updateTable('identity_providers')
    .set({ ...asColumns(provider), updated_at: new Date() })
    .where('name', '=', provider.name)
    .execute()
}

const asColumns = (provider: IdentityProviderValues) => ({
  name: provider.name,
  kind: provider.kind,
  display_name: provider.displayName,
  issuer_url: provider.issuerUrl,
  client_id: provider.clientId,
  client_secret: provider.sealedSecret,
  scopes: provider.scopes,
  group_claim: provider.groupClaim,
  group_mappings: JSON.stringify(provider.groupMappings),
  enabled: provider.enabled,
})

export async function deleteIdentityProviderRow(tx: Tx, name: string): Promise<void> {
  await tx.deleteFrom('identity_providers').where('name', '=', name).execute()
}

/** How many people an issuer has vouched for. */
export async function countIdentities(tx: Tx, issuerUrl: string): Promise<number> {
  const { count } = await tx
    .selectFrom('identities')
    .where(sameIssuer(issuerUrl))
    .select((row) => row.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function deleteIdentities(tx: Tx, issuerUrl: string): Promise<void> {
  await tx.deleteFrom('identities').where(sameIssuer(issuerUrl)).execute()
}

/** As `isSameIssuer` has it. */
export const sameIssuer = (url: string) => sql<boolean>`rtrim(issuer, '/') = rtrim(${url}, '/')`

/** Of everybody whose session began with this issuer. @returns their ids */
export async function revokeSessionsOf(tx: Tx, name: string, now: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('issuer', '=', name)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}
