/**
 * Sessions of people who signed in with a browser: an opaque cookie, a row in PostgreSQL, and what is known of it in
 * memory until somebody tells that it changed.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { grantsOfRoles } from '../access/grants.ts'
import { record } from '../audit/record.ts'
import type { App } from '../foundation/app.ts'
import { boundedMap } from '../foundation/bounded-map.ts'
import { announce } from '../foundation/database/changes.ts'
import { type Tx, transaction } from '../foundation/database/database.ts'
import { databaseLost } from '../foundation/http/problem.ts'
import { Refusal } from '../foundation/refusal.ts'
import { findSession, insertSession, revokeSessionRow, type SessionRow, touchSessions } from './session-queries.ts'

export const sessionTopic = (id: string) => `session:${id}`

export type SignedIn = { id: string; email: string }

type KnownSession = { row: SessionRow; caller: Caller; usedAt: number; writtenAt: number }

export type GoodSession = { row: SessionRow; caller: Caller; endsAt: number }

export type Sessions = {
  /** Whether the session of a cookie is in memory and good, so that nothing has to be looked up. */
  knows(token: string): boolean
  /** The session of a cookie, or why there is none. @throws unavailable when nobody can tell */
  identify(token: string): Promise<GoodSession | 'over' | 'unknown'>
  /** Writes when sessions were last used. */
  flush(): Promise<void>
}

const maxKnown = 20_000

export function rememberSessions(app: App): Sessions {
  const known = boundedMap<KnownSession>(maxKnown)
  let used = new Set<string>()
  let changesSeen = 0
  const { idle_timeout } = app.config.auth.sessions
  // Not with every request, and often enough that no process takes it for unused.
  const writeUseAfter = Math.min(60_000, idle_timeout / 10)

  app.changes.onChange((topic) => {
    const [kind, id] = topic.split(':')
    if (kind !== 'session' && kind !== 'user') return
    changesSeen += 1
    for (const [token, { row }] of known.entries()) {
      if ((kind === 'session' ? row.id : row.userId) === id) known.delete(token)
    }
  })
  app.changes.onReset(() => {
    changesSeen += 1
    known.clear()
  })

  const isGood = ({ row, usedAt }: KnownSession) =>
    !row.revokedAt &&
    !row.isDisabled &&
    !row.isOutdated &&
    row.expiresAt.getTime() > app.clock() &&
    usedAt + idle_timeout > app.clock()

  async function read(hash: Buffer, name: string): Promise<KnownSession | 'over' | 'unknown'> {
    const seen = changesSeen
    const row = await findSession(app.db, hash)
    if (!row) return 'unknown'
    const usedAt = row.lastUsedAt.getTime()
    const session = { row, caller: callerOf(row), usedAt, writtenAt: usedAt }
    if (!isGood(session)) return 'over'
    // A revocation that came while we were reading may be newer than what we read: use it once, keep nothing.
    if (seen === changesSeen) known.set(name, session)
    return session
  }

  return {
    knows(token) {
      const remembered = known.get(nameOf(hashOf(token)))
      return remembered !== undefined && isGood(remembered)
    },
    async identify(token) {
      if (!isSessionToken(token)) return 'unknown'
      const hash = hashOf(token)
      const name = nameOf(hash)
      if (app.changes.staleForMs() > app.config.auth.stale_rights) throw databaseLost()
      const remembered = known.get(name)
      // Another process may have seen it in use meanwhile: the row knows.
      const session = remembered && isGood(remembered) ? remembered : await read(hash, name)
      if (typeof session === 'string') {
        known.delete(name)
        return session
      }
      session.usedAt = app.clock()
      if (session.usedAt - session.writtenAt >= writeUseAfter) {
        session.writtenAt = session.usedAt
        used.add(session.row.id)
      }
      return { ...session, endsAt: Math.min(session.row.expiresAt.getTime(), session.usedAt + idle_timeout) }
    },
    async flush() {
      if (used.size === 0) return
      const batch = [...used]
      used = new Set()
      await touchSessions(app.db, batch, new Date(app.clock()))
    },
  }
}

const nameOf = (hash: Buffer) => hash.toString('base64')
const isSessionToken = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)

export const callerOf = (row: SessionRow): Caller => ({
  kind: 'user',
  id: row.userId,
  name: row.email,
  grants: grantsOfRoles(row.roles),
  userId: row.userId,
  sessionId: row.id,
})

/** @returns the token for the cookie, which is said once */
export async function createSession(
  tx: Tx,
  app: App,
  user: SignedIn,
  from: { issuer: string; client: string; address: string; requestId?: string },
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(app.clock() + app.config.auth.sessions.lifetime)
  const id = await insertSession(tx, {
    tokenHash: hashOf(token),
    userId: user.id,
    issuer: from.issuer,
    client: from.client.slice(0, 200),
    address: from.address,
    createdAt: new Date(app.clock()),
    expiresAt,
  })
  await tx
    .updateTable('users')
    .set({ last_seen_at: new Date(app.clock()) })
    .where('id', '=', user.id)
    .execute()
  await record(tx, {
    kind: 'session.created',
    by: { kind: 'user', id: user.id, name: user.email, grants: [], userId: user.id },
    subject: `${user.email} (${id})`,
    details: { issuer: from.issuer, client: from.client.slice(0, 200) },
    address: from.address,
    requestId: from.requestId,
  })
  return { token, expiresAt }
}

/** Signed out: refused from the moment this returns here, and in other processes as soon as PostgreSQL has told them. */
export async function revokeSession(
  app: App,
  asker: Asker,
  id: string,
  mayTouch: (userId: string) => boolean,
): Promise<void> {
  await transaction(app.db, async (tx) => {
    const revoked = await revokeSessionRow(tx, id)
    if (!revoked || !mayTouch(revoked.userId)) throw sessionNotFound(id)
    await record(tx, { kind: 'session.revoked', by: asker, subject: id })
    await announce(tx, sessionTopic(id))
  })
  app.changes.apply([sessionTopic(id)])
}

/** The one that a browser had before it signed in anew. It is nobody's to say no to. */
export async function revokeOwnSession(tx: Tx, id: string): Promise<void> {
  if (await revokeSessionRow(tx, id)) await announce(tx, sessionTopic(id))
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()

/**
 * What a page of ours must send back with every change: other sites can make a browser send the cookie, and cannot know
 * this. Made from the session, so nothing is stored.
 */
export function csrfTokens(derivedKey: App['derivedKey']) {
  const key = derivedKey('tokens against forged requests')
  const of = (holder: string) => createHmac('sha256', key).update(holder).digest('base64url')
  return {
    /** @param holder the id of the session; of a form before there is one, what its cookie says */
    of,
    fits(holder: string, given: string): boolean {
      const [wanted, sent] = [Buffer.from(of(holder)), Buffer.from(given)]
      return wanted.length === sent.length && timingSafeEqual(wanted, sent)
    },
  }
}

const sessionNotFound = (id: string) =>
  new Refusal('not-found', 'session-not-found', `There is no session ${id} that is still good.`)

export const sessionOver = () =>
  new Refusal('unauthenticated', 'session-over', 'There is no session, or it has ended.', 'Sign in again.')

export const csrfMissing = () =>
  new Refusal(
    'forbidden',
    'csrf-token-wrong',
    'The request came without the token of its session, so it may have been made by another site.',
    'Send x-csrf-token as GET /api/v1/auth/session gives it, or use an API key.',
  )
