/** Where something is asked for: one organization, or the platform. What may not be read does not exist. */
import type { Scope } from '@cadastre/contract/scopes'
import type { Caller } from '../access/caller.ts'
import { mayInOrganization, permitInOrganization } from '../access/permit.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import { organizationNotFound } from './namespace.ts'
import { findOrganizationId } from './queries.ts'

/** An organization's id, or `platform`. */
export type Place = string

export const organizationIn = (place: Place): string | undefined => (place === 'platform' ? undefined : place)

/**
 * @param organization its name, or null for the platform
 * @throws unauthenticated (anonymous), not-found (absent, or nothing of theirs), forbidden (readable, but not for this)
 */
export async function permittedPlace(
  db: Db | Tx,
  caller: Caller,
  scope: Scope,
  organization: string | null,
): Promise<Place> {
  const id = organization === null ? undefined : await findOrganizationId(db, organization)
  if (organization !== null && caller.kind !== 'anonymous' && !knows(caller, scope, id))
    throw organizationNotFound(organization)
  permitInOrganization(caller, scope, id)
  if (organization !== null && !id) throw organizationNotFound(organization)
  return id ?? 'platform'
}

const knows = (caller: Caller, scope: Scope, organizationId: string | undefined) =>
  mayInOrganization(caller, scope, organizationId) || mayInOrganization(caller, 'organizations:read', organizationId)
