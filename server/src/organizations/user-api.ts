/** People through the API. */
import { page } from '@cadastre/contract/paging'
import { NewUser, User, UserChange, UserQuery } from '@cadastre/contract/users'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { mayInOrganization, organizationsWith, permitSomewhere } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { organizationIn } from './place.ts'
import { userNotFound } from './user.ts'
import { findUser, listUsers, type UserRow } from './user-queries.ts'
import { changeUser, createUser, deleteUser } from './users.ts'

const UserParams = z.object({ id: z.uuid() })

export function userApi(api: Api, app: App) {
  api.get(
    '/users',
    {
      schema: {
        summary: 'People, by e-mail: with users:read on the platform all of them, in an organization its members.',
        tags: ['users'],
        querystring: UserQuery,
        response: { 200: page(User) },
      },
    },
    async ({ query, caller }) => {
      permitSomewhere(caller, 'users:read')
      const [after = ''] = readCursor(query.cursor)
      const found = await listUsers(app.db, organizationsWith(caller, 'users:read'), {
        email: query.email,
        after,
        limit: query.limit + 1,
      })
      return pageOf(
        found,
        query.limit,
        (row) => asUser(row, caller),
        (row) => [row.email],
      )
    },
  )

  api.post(
    '/users',
    {
      schema: {
        summary: 'Add somebody. Needs users:write on the platform; with a password, admin.',
        tags: ['users'],
        body: NewUser,
        response: { 201: User },
      },
    },
    async (request, reply) => {
      const { email, displayName, password = null } = request.body
      request.attempt = { kind: 'user.created', subject: email }
      const created = await createUser(app, asker(request), { email, displayName, password })
      return reply.code(201).send(asUser(created, request.caller))
    },
  )

  api.get(
    '/users/:id',
    {
      schema: {
        summary: 'One person: yourself, or somebody whom users:read lets you see.',
        tags: ['users'],
        params: UserParams,
        response: { 200: User },
      },
    },
    async ({ params, caller }) => {
      if (caller.userId !== params.id) permitSomewhere(caller, 'users:read')
      const found = await findUser(app.db, params.id)
      if (!found || !canSee(caller, found)) throw userNotFound(params.id)
      return asUser(found, caller)
    },
  )

  api.patch(
    '/users/:id',
    {
      schema: {
        summary:
          'Change what somebody is called, shut them out or let them in, or set their password. Needs users:write on the platform, and every scope that they hold; for a new password, admin; your own name is yours.',
        tags: ['users'],
        params: UserParams,
        body: UserChange,
        response: { 200: User },
      },
    },
    async (request) => {
      request.attempt = { kind: 'user.changed', subject: request.params.id }
      return asUser(await changeUser(app, asker(request), request.params.id, request.body), request.caller)
    },
  )

  api.delete(
    '/users/:id',
    {
      schema: {
        summary:
          'Remove somebody and revoke their API keys; what they did stays recorded. Needs users:write on the platform, and every scope that they hold.',
        tags: ['users'],
        params: UserParams,
        response: { 200: User },
      },
    },
    async (request) => {
      request.attempt = { kind: 'user.deleted', subject: request.params.id }
      return asUser(await deleteUser(app, asker(request), request.params.id), request.caller)
    },
  )
}

const isSelf = (caller: Caller, { id }: UserRow) => caller.userId === id

const canSee = (caller: Caller, user: UserRow) =>
  isSelf(caller, user) ||
  mayInOrganization(caller, 'users:read') ||
  user.roles.some(({ place }) => mayInOrganization(caller, 'users:read', organizationIn(place)))

/** Of other places than those whose people the caller may see, nothing is said. */
const asUser = (row: UserRow, caller: Caller): User => ({
  id: row.id,
  email: row.email,
  displayName: row.displayName,
  disabled: row.disabledAt !== null,
  hasPassword: row.hasPassword,
  roles: row.roles
    .filter(({ place }) => isSelf(caller, row) || mayInOrganization(caller, 'users:read', organizationIn(place)))
    .map(({ organization, role }) => ({ organization, role })),
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
})
