/** Who holds which roles, in an organization and on the platform, through the API; and what roles there are. */
import { Member, MemberParams, MemberRoles, OrganizationParams } from '@cadastre/contract/organizations'
import { PageQuery, page } from '@cadastre/contract/paging'
import { meaningOfRole, type Role, RoleMeaning, roles, scopesOfRole } from '@cadastre/contract/roles'
import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { listMembers } from './member-queries.ts'
import { changeRoles } from './members.ts'
import { permittedPlace } from './place.ts'

const tags = ['organizations']
const PlatformMemberParams = MemberParams.pick({ user: true })

export function roleApi(api: Api) {
  api.get(
    '/roles',
    {
      schema: {
        summary: 'The roles that there are, and what each may do.',
        tags: ['users'],
        response: { 200: z.object({ items: z.array(RoleMeaning) }) },
      },
    },
    async () => ({
      items: roles.map((role) => ({ role, scopes: [...scopesOfRole[role]], description: meaningOfRole[role] })),
    }),
  )
}

export function organizationMemberApi(api: Api, app: App) {
  api.get(
    '/organizations/:organization/members',
    {
      schema: {
        summary: 'Who holds roles in an organization, by e-mail. Needs users:read there.',
        tags,
        params: OrganizationParams,
        querystring: PageQuery,
        response: { 200: page(Member) },
      },
    },
    async ({ params, query, caller }) => membersOf(app, caller, params.organization, query),
  )

  api.put(
    '/organizations/:organization/members/:user',
    {
      schema: {
        summary:
          'Say which roles somebody holds in an organization. Needs users:write there, and every scope that is given or taken.',
        tags,
        params: MemberParams,
        body: MemberRoles,
        response: { 200: Member },
      },
    },
    async (request) => change(app, request, request.params, request.body.roles),
  )

  api.delete(
    '/organizations/:organization/members/:user',
    {
      schema: {
        summary:
          'Take away all roles in an organization that were given by hand. Needs users:write there, and every scope that is taken.',
        tags,
        params: MemberParams,
        response: { 200: Member },
      },
    },
    async (request) => change(app, request, request.params, []),
  )
}

export function platformMemberApi(api: Api, app: App) {
  api.get(
    '/platform/members',
    {
      schema: {
        summary: 'Who holds roles on the whole platform, by e-mail. Needs users:read on the platform.',
        tags,
        querystring: PageQuery,
        response: { 200: page(Member) },
      },
    },
    async ({ query, caller }) => membersOf(app, caller, null, query),
  )

  api.put(
    '/platform/members/:user',
    {
      schema: {
        summary:
          'Say which roles somebody holds on the platform. Needs users:write there, and every scope that is given or taken.',
        tags,
        params: PlatformMemberParams,
        body: MemberRoles,
        response: { 200: Member },
      },
    },
    async (request) => change(app, request, { ...request.params, organization: null }, request.body.roles),
  )

  api.delete(
    '/platform/members/:user',
    {
      schema: {
        summary:
          'Take away all roles on the platform that were given by hand. Needs users:write there, and every scope that is taken.',
        tags,
        params: PlatformMemberParams,
        response: { 200: Member },
      },
    },
    async (request) => change(app, request, { ...request.params, organization: null }, []),
  )
}

/** @param organization null: the platform */
async function membersOf(app: App, caller: Caller, organization: string | null, query: z.infer<typeof PageQuery>) {
  const place = await permittedPlace(app.db, caller, 'users:read', organization)
  const [after = ''] = readCursor(query.cursor)
  const found = await listMembers(app.db, place, after, query.limit + 1)
  return pageOf(
    found,
    query.limit,
    (member) => member,
    (member) => [member.email],
  )
}

type Whose = { organization: string | null; user: string }

function change(app: App, request: FastifyRequest, { organization, user }: Whose, roles: Role[]) {
  request.attempt = { kind: 'member.changed', subject: user, ...(organization !== null && { organization }) }
  return changeRoles(app, asker(request), organization, user, roles)
}
