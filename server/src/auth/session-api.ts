/** Sessions through the API: one's own, and those of others for whoever looks after people. */
import { page } from '@cadastre/contract/paging'
import { CurrentSession, Session, SessionQuery } from '@cadastre/contract/sessions'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { type Caller, isInPerson } from '../access/caller.ts'
import { canGrant, permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { takeCookie } from './session-cookie.ts'
import { listSessions } from './session-queries.ts'
import { csrfTokens, revokeSession, sessionOver } from './sessions.ts'

export function sessionApi(api: Api, app: App) {
  const csrf = csrfTokens(app.derivedKey)

  api.get(
    '/auth/session',
    {
      schema: {
        summary: 'The session that this request came with, and the token that its changes need.',
        tags: ['access'],
        response: { 200: CurrentSession },
      },
    },
    async (request) => {
      const { row, endsAt } = sessionIn(request)
      return {
        id: row.id,
        user: { id: row.userId, email: row.email, displayName: row.displayName },
        csrfToken: csrf.of(row.id),
        createdAt: row.createdAt.toISOString(),
        expiresAt: new Date(endsAt).toISOString(),
        endsAt: row.expiresAt.toISOString(),
      }
    },
  )

  api.delete(
    '/auth/session',
    { schema: { summary: 'Sign out.', tags: ['access'], response: { 204: z.null() } } },
    async (request, reply) => {
      await revokeSession(app, asker(request), sessionIn(request).row.id, () => true)
      return takeCookie(app, reply).code(204).send(null)
    },
  )

  api.get(
    '/sessions',
    {
      schema: {
        summary: 'Sessions that are good, newest first: your own, or those of somebody you look after.',
        tags: ['access'],
        querystring: SessionQuery,
        response: { 200: page(Session) },
      },
    },
    async ({ caller, query, session }) => {
      const userId = query.user ?? ownId(caller)
      if (!isOwn(caller, userId)) permitInOrganization(caller, 'users:write')
      const now = app.clock()
      const unusedSince = new Date(now - app.config.auth.sessions.idle_timeout)
      const items = await listSessions(app.db, userId, new Date(now), unusedSince)
      return { items: items.map((each) => ({ ...asSession(each), current: each.id === session?.row.id })), next: null }
    },
  )

  api.delete(
    '/sessions/:id',
    {
      schema: {
        summary: 'End a session: your own, or with users:write on the platform anybody’s.',
        tags: ['access'],
        params: z.object({ id: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { caller, params } = request
      if (!isInPerson(caller)) permitInOrganization(caller, 'users:write')
      await revokeSession(app, asker(request), params.id, (userId) => isOwn(caller, userId) || looksAfterPeople(caller))
      return reply.code(204).send(null)
    },
  )
}

function sessionIn({ session }: FastifyRequest) {
  if (!session) throw sessionOver()
  return session
}

const isOwn = (caller: Caller, userId: string) => isInPerson(caller) && caller.userId === userId

/** @throws unauthenticated for keys that are nobody's hand */
function ownId(caller: Caller): string {
  if (!isInPerson(caller)) throw sessionOver()
  return caller.userId!
}

const looksAfterPeople = (caller: Caller) => canGrant(caller, ['users:write'], undefined)

type Row = Omit<Session, 'current' | 'createdAt' | 'lastUsedAt' | 'expiresAt'> &
  Record<'createdAt' | 'lastUsedAt' | 'expiresAt', Date>

const asSession = (row: Row): Omit<Session, 'current'> => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})
