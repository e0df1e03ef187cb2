/** Making and revoking API keys. */
import type { Scope } from '@cadastre/contract/scopes'
import type { Caller } from '../access/caller.ts'
import { canGrant, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { transaction } from '../foundation/database/database.ts'
import { Refusal } from '../foundation/refusal.ts'
import { organizationNotFound } from '../organizations/namespace.ts'
import { findOrganizationId } from '../organizations/queries.ts'
import { apiKeyTopic } from './callers.ts'
import { findShownKey, insertKey, revokeKeyRow } from './queries.ts'
import { hashToken, newToken, shownPrefix } from './token.ts'

type Request = { caller: Caller; requestId?: string }
type Wanted = {
  name: string
  scopes: Scope[]
  organization: string | null
  namespaces: string[]
  expiresAt: Date | null
}

/** @param token made here unless the operator brings one (`auth.bootstrap_token`) */
export async function createApiKey(
  app: App,
  { caller, requestId }: Request,
  wanted: Wanted,
  token = newToken(app.config.auth.api_keys.prefix),
) {
  const organizationId =
    wanted.organization === null ? undefined : await findOrganizationId(app.db, wanted.organization)
  permitInOrganization(caller, 'api_keys:manage', organizationId)
  if (wanted.organization !== null && !organizationId) throw organizationNotFound(wanted.organization)
  if (!canGrant(caller, wanted.scopes, organizationId)) throw moreThanOwn()
  if (wanted.expiresAt && wanted.expiresAt.getTime() <= app.clock()) throw alreadyExpired()

  const apiKey = await transaction(app.db, async (tx) => {
    const id = await insertKey(tx, {
      organizationId: organizationId ?? null,
      name: wanted.name,
      hash: hashToken(token),
      prefix: shownPrefix(token, app.config.auth.api_keys.prefix),
      scopes: [...new Set(wanted.scopes)],
      namespaces: wanted.namespaces.map((name) => name.toLowerCase()),
      expiresAt: wanted.expiresAt,
      createdBy: caller.name,
    })
    await record(tx, {
      kind: 'api_key.created',
      by: caller,
      subject: `${wanted.name} (${id})`,
      organization: wanted.organization ?? '',
      details: { scopes: wanted.scopes, namespaces: wanted.namespaces },
      requestId,
    })
    return (await findShownKey(tx, id))!
  })
  return { apiKey, token }
}

/** Refused from the moment this returns in this process, and in every other as soon as PostgreSQL has told it. */
export async function revokeApiKey(app: App, { caller, requestId }: Request, id: string) {
  const key = await findShownKey(app.db, id)
  permitInOrganization(caller, 'api_keys:manage', key?.organizationId ?? undefined)
  if (!key) throw new Refusal('not-found', 'api-key-not-found', `There is no API key ${id}.`)
  const revoked = await transaction(app.db, async (tx) => {
    if (await revokeKeyRow(tx, id)) {
      await record(tx, {
        kind: 'api_key.revoked',
        by: caller,
        subject: `${key.name} (${id})`,
        organization: key.organization ?? '',
        requestId,
      })
      await announce(tx, apiKeyTopic(id))
    }
    return (await findShownKey(tx, id))!
  })
  app.changes.apply([apiKeyTopic(id)])
  return revoked
}

const moreThanOwn = () =>
  new Refusal('forbidden', 'scopes-exceeded', 'A key cannot hold scopes that the key which makes it does not hold.')

const alreadyExpired = () =>
  new Refusal('invalid', 'expiry-past', 'The expiry lies in the past.', 'Give a time to come, or none.')
