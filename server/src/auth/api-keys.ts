/** Making, replacing and revoking API keys. */
import type { Scope } from '@cadastre/contract/scopes'
import type { Asker } from '../access/asker.ts'
import { type Caller, isInPerson } from '../access/caller.ts'
import { canGrant, mayInOrganization, permitInOrganization } from '../access/permit.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { organizationNotFound } from '../organizations/namespace.ts'
import { findOrganizationId } from '../organizations/queries.ts'
import { lockPlatform } from '../organizations/user-queries.ts'
import {
  alreadyExpired,
  apiKeyNotFound,
  keyEnded,
  livesTooLong,
  moreThanOwn,
  ownerDisabled,
  ownerUnknown,
} from './api-key-refusals.ts'
import { apiKeyTopic } from './callers.ts'
import { findOwner, findShownKey, insertKey, replaceKeyRow, revokeKeyRow } from './queries.ts'
import { hashToken, newToken, shownPrefix } from './token.ts'

type Wanted = {
  name: string
  scopes: Scope[]
  organization: string | null
  namespaces: string[]
  expiresAt: Date | null
  /** e-mail address of whose key it is to be, when it is not that of whoever makes it */
  owner?: string
  kind?: 'api' | 'cli'
}

type ShownKey = NonNullable<Awaited<ReturnType<typeof findShownKey>>>

/**
 * The key belongs to the person who makes it, or whose key makes it: its rights end with theirs. Only a key that is
 * nobody's makes keys that are nobody's.
 * @param token made here unless the operator brings one (`auth.bootstrap_token`)
 */
export async function createApiKey(
  app: App,
  asker: Asker,
  wanted: Wanted,
  token = newToken(app.config.auth.api_keys.prefix),
) {
  const { caller } = asker
  const organizationId =
    wanted.organization === null ? undefined : await findOrganizationId(app.db, wanted.organization)
  if (!isInPerson(caller)) permitInOrganization(caller, 'api_keys:manage', organizationId)
  if (wanted.owner !== undefined) permitInOrganization(caller, 'admin')
  // Before it is said whether there is such an organization: people may ask for a key in any.
  if (!canGrant(caller, wanted.scopes, organizationId)) throw moreThanOwn()
  if (wanted.organization !== null && !organizationId) throw organizationNotFound(wanted.organization)
  refuseLifetime(app, caller, wanted.expiresAt)

  const apiKey = await transaction(app.db, async (tx) => {
    const userId = await ownerOf(tx, caller, wanted.owner)
    return addKey(tx, app, asker, { ...wanted, organizationId: organizationId ?? null, userId }, token)
  })
  return { apiKey, token }
}

/** The key and its fact. Whoever calls has asked whether it may be. @param details of the fact, beside what each has */
export async function addKey(
  tx: Tx,
  app: App,
  asker: Asker,
  key: Omit<Wanted, 'owner'> & { organizationId: string | null; userId: string | null },
  token: string,
  details: Record<string, unknown> = {},
): Promise<ShownKey> {
  const id = await insertKey(tx, {
    organizationId: key.organizationId,
    userId: key.userId,
    kind: key.kind ?? 'api',
    name: key.name,
    hash: hashToken(token),
    prefix: shownPrefix(token, app.config.auth.api_keys.prefix),
    scopes: [...new Set(key.scopes)],
    namespaces: key.namespaces.map((name) => name.toLowerCase()),
    expiresAt: key.expiresAt,
    createdBy: asker.caller.name,
  })
  const made = (await findShownKey(tx, id))!
  await record(tx, {
    kind: 'api_key.created',
    by: asker,
    subject: keyText(made),
    organization: key.organization ?? '',
    details: {
      scopes: key.scopes,
      namespaces: key.namespaces,
      expiresAt: key.expiresAt?.toISOString() ?? null,
      owner: made.owner,
      ...details,
    },
  })
  return made
}

/**
 * A new key in place of this one, which stays good until the grace ends.
 * @param expiresAt undefined: it lives as long as the old one was to live
 */
export async function rotateApiKey(
  app: App,
  asker: Asker,
  id: string,
  { graceSeconds, expiresAt: wantedExpiry }: { graceSeconds: number; expiresAt: Date | null | undefined },
) {
  const old = await permittedKey(app, asker.caller, id)
  permitTakeover(asker.caller, old)
  const now = new Date(app.clock())
  const ended = old.revokedAt !== null || old.replacedBy !== null || (old.expiresAt !== null && old.expiresAt <= now)
  if (ended) throw keyEnded(old)
  const expiresAt = wantedExpiry === undefined ? sameLifetime(old, now) : wantedExpiry
  refuseLifetime(app, asker.caller, expiresAt)

  const token = newToken(app.config.auth.api_keys.prefix)
  const apiKey = await transaction(app.db, async (tx) => {
    if (old.userId !== null) await lockPlatform(tx)
    const newId = await insertKey(tx, {
      ...old,
      hash: hashToken(token),
      prefix: shownPrefix(token, app.config.auth.api_keys.prefix),
      expiresAt,
      createdBy: asker.caller.name,
    })
    const until = new Date(now.getTime() + graceSeconds * 1000)
    if (!(await replaceKeyRow(tx, id, newId, until, now))) throw keyEnded((await findShownKey(tx, id)) ?? old)
    await record(tx, {
      kind: 'api_key.rotated',
      by: asker,
      subject: keyText(old),
      organization: old.organization ?? '',
      details: { replacedBy: newId, graceSeconds, expiresAt: expiresAt?.toISOString() ?? null },
    })
    await announce(tx, apiKeyTopic(id))
    return (await findShownKey(tx, newId))!
  })
  app.changes.apply([apiKeyTopic(id)])
  return { apiKey, token }
}

/** Refused from the moment this returns in this process, and in every other as soon as PostgreSQL has told it. */
export async function revokeApiKey(app: App, asker: Asker, id: string) {
  const key = await permittedKey(app, asker.caller, id)
  const revoked = await transaction(app.db, async (tx) => {
    await endKey(tx, asker, key)
    return (await findShownKey(tx, id))!
  })
  app.changes.apply([apiKeyTopic(id)])
  return revoked
}

/** The same within a transaction, for whoever has asked whether it may be. @param details of the fact */
export async function endKey(
  tx: Tx,
  asker: Asker,
  key: ShownKey,
  details: Record<string, unknown> = {},
): Promise<void> {
  if (!(await revokeKeyRow(tx, key.id))) return
  await record(tx, {
    kind: 'api_key.revoked',
    by: asker,
    subject: keyText(key),
    organization: key.organization ?? '',
    details,
  })
  await announce(tx, apiKeyTopic(key.id))
}

/** People look after their own keys; whoever manages keys, after those of the organization. */
async function permittedKey(app: App, caller: Caller, id: string): Promise<ShownKey> {
  const key = await findShownKey(app.db, id)
  if (key && isInPerson(caller) && key.userId === caller.userId) return key
  const organizationId = key?.organizationId ?? undefined
  // What people may not see is not there for them.
  if (isInPerson(caller) && !mayInOrganization(caller, 'api_keys:manage', organizationId)) throw apiKeyNotFound(id)
  permitInOrganization(caller, 'api_keys:manage', organizationId)
  if (!key) throw apiKeyNotFound(id)
  return key
}

/** The new token goes to whoever asks: so they hold all its rights themselves, and it is no way into another's name. */
function permitTakeover(caller: Caller, key: ShownKey): void {
  if (key.userId !== (caller.userId ?? null)) permitInOrganization(caller, 'admin')
  if (!canGrant(caller, key.scopes, key.organizationId ?? undefined)) throw moreThanOwn()
}

async function ownerOf(tx: Tx, caller: Caller, email: string | undefined): Promise<string | null> {
  if (email === undefined && caller.userId === undefined) return null
  // Somebody who is being removed meanwhile takes their keys along.
  await lockPlatform(tx)
  const owner = await findOwner(tx, email === undefined ? { id: caller.userId! } : { email })
  if (!owner) throw ownerUnknown(email ?? caller.name)
  if (owner.disabledAt) throw ownerDisabled(owner.email)
  return owner.id
}

/** The registry's own keys have no limit: they are the operator's way in. */
function refuseLifetime(app: App, caller: Caller, expiresAt: Date | null): void {
  if (expiresAt && expiresAt.getTime() <= app.clock()) throw alreadyExpired()
  const { max_age } = app.config.auth.api_keys
  if (max_age === undefined || caller.kind === 'system') return
  if (!expiresAt || expiresAt.getTime() > app.clock() + max_age + clockSkewMs) throw livesTooLong(max_age, app.clock())
}

/** So that `--expires 90d` fits into 90 days though it was worked out on another machine. */
const clockSkewMs = 5 * 60_000

const sameLifetime = ({ createdAt, expiresAt }: ShownKey, now: Date) =>
  expiresAt && new Date(now.getTime() + expiresAt.getTime() - createdAt.getTime())

const keyText = ({ name, id }: ShownKey) => `${name} (${id})`
