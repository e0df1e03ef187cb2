/**
 * From a bearer token to a caller: once per connection and token, then from memory (docs/performance.md, P6).
 * When PostgreSQL cannot be reached, rights that are known stay usable for `auth.stale_rights`, and no longer.
 */
import { timingSafeEqual } from 'node:crypto'
import type { Caller, Grant } from '../access/caller.ts'
import { commonGrants, grantsOfRoles } from '../access/grants.ts'
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import { databaseLost } from '../foundation/http/problem.ts'
import { type BadTokenCause, badToken, causeAgainst } from './bad-token.ts'
import { findKey, type KeyRights } from './queries.ts'
import { hashToken, isTokenShaped } from './token.ts'

/**
 * Rights as last read; `valid` turns false the moment somebody tells that they changed. Connections hold on to it, so
 * one that is forgotten here, for whatever reason, turns false too: later news would not find it any more.
 */
export type KnownKey = { keyId: string; userId: string | null; caller: Caller; expiresAt: number; valid: boolean }

export type Callers = {
  /** The caller if the token is in memory and good, without waiting. */
  known(token: string): KnownKey | undefined
  /** @throws unauthenticated, which says whether the token is unknown, expired or revoked */
  identify(token: string): Promise<KnownKey>
  /** Whether rights that were read earlier may still be used. */
  usable(key: KnownKey): boolean
}

export const apiKeyTopic = (id: string) => `api-key:${id}`

const maxKnownKeys = 50_000
const maxBadTokens = 10_000
// Long enough to blunt a flood of one bad token; a key that is made later cannot have been tried before.
const badForMs = 5_000

export function rememberCallers(app: App): Callers {
  const hashById = new Map<string, string>()
  const keysOfUser = new Map<string, Set<string>>()
  const known = boundedMap<KnownKey>(maxKnownKeys, {
    dispose(key) {
      key.valid = false
      hashById.delete(key.keyId)
      if (key.userId) forgetOwner(key.userId, key.keyId)
    },
  })
  const bad = boundedMap<BadTokenCause>(maxBadTokens, { ttl: badForMs })
  let changesSeen = 0
  const { bootstrap_token } = app.config.auth
  // The operator chose its text, so it need not have the shape of the keys that are made here.
  const isBootstrapToken = (token: string) =>
    bootstrap_token !== undefined && timingSafeEqual(hashToken(token), hashToken(bootstrap_token))

  function forgetOwner(userId: string, keyId: string) {
    const keys = keysOfUser.get(userId)
    keys?.delete(keyId)
    if (keys?.size === 0) keysOfUser.delete(userId)
  }

  function forget(keyId: string) {
    const hash = hashById.get(keyId)
    if (hash) known.delete(hash)
  }

  app.changes.onChange((topic) => {
    if (topic.startsWith('api-key:')) forget(topic.slice('api-key:'.length))
    // Its keys are gone with it; that is rare enough to read all others again.
    else if (topic.startsWith('organization:')) known.clear()
    // What an owner may do has changed, and with it what each of their keys may.
    else if (topic.startsWith('user:')) for (const id of [...(keysOfUser.get(topic.slice(5)) ?? [])]) forget(id)
    else return
    changesSeen += 1
  })
  app.changes.onReset(() => {
    changesSeen += 1
    known.clear()
    bad.clear()
  })

  const usable = (key: KnownKey) =>
    key.valid && key.expiresAt > app.clock() && app.changes.staleForMs() <= app.config.auth.stale_rights

  async function identify(token: string): Promise<KnownKey> {
    if (!app.config.auth.api_keys.enabled) throw badToken('switched off')
    if (!isTokenShaped(token) && !isBootstrapToken(token)) throw badToken('unknown')
    const hash = hashToken(token)
    const id = hash.toString('base64')
    const remembered = known.get(id)
    if (remembered?.valid) {
      if (usable(remembered)) return remembered
      if (remembered.expiresAt <= app.clock()) throw badToken('expired')
      throw databaseLost()
    }
    const triedBefore = bad.get(id)
    if (triedBefore) throw badToken(triedBefore)
    const seen = changesSeen
    const found = await findKey(app.db, hash)
    const cause = causeAgainst(found, app.clock())
    // Not kept of the others: an owner who may come in again brings their keys along.
    if (cause === 'unknown' || cause === 'revoked') bad.set(id, cause)
    if (!found || cause) throw badToken(cause ?? 'unknown')
    const key = asKnown(found)
    // A revocation that came while we were reading may be newer than what we read: use it once, keep nothing.
    if (seen === changesSeen) {
      known.set(id, key)
      hashById.set(found.id, id)
      if (found.userId) keysOfUser.set(found.userId, (keysOfUser.get(found.userId) ?? new Set()).add(found.id))
    } else key.valid = false
    return key
  }

  return {
    known(token) {
      const key = known.get(hashToken(token).toString('base64'))
      return key && usable(key) ? key : undefined
    },
    identify,
    usable,
  }
}

function asKnown(key: KeyRights): KnownKey {
  return {
    keyId: key.id,
    userId: key.userId,
    expiresAt: key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    valid: true,
    caller: callerOfKey(key),
  }
}

export function callerOfKey(key: KeyRights): Caller {
  const own: Grant = {
    organization: key.organizationId ?? 'platform',
    scopes: key.scopes,
    ...(key.namespaces.length > 0 ? { namespaces: key.namespaces } : {}),
  }
  return {
    kind: 'api-key',
    id: key.id,
    name: key.name,
    keyKind: key.kind,
    grants: key.userId === null ? [own] : commonGrants([own], grantsOfRoles(key.ownerRoles)),
    ...(key.userId !== null && { userId: key.userId }),
    ...(key.owner !== null && { owner: key.owner }),
    ...(key.expiresAt !== null && { expiresAt: key.expiresAt.getTime() }),
  }
}
