/** Organizations through the API, and the handing over of namespaces. */
import { NamespaceName } from '@cadastre/contract/addresses'
import { Namespace } from '@cadastre/contract/namespaces'
import {
  NamespaceTransfer,
  NewOrganization,
  Organization,
  OrganizationChange,
  OrganizationParams,
} from '@cadastre/contract/organizations'
import { PageQuery, page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { organizationsWith, permitSomewhere } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { asNamespace } from './api.ts'
import { organizationNotFound } from './namespace.ts'
import { findOrganization, listOrganizations, type OrganizationRow } from './organization-queries.ts'
import { changeOrganization, createOrganization, deleteOrganization, transferNamespace } from './organizations.ts'
import { permittedPlace } from './place.ts'

const asOrganization = (row: OrganizationRow): Organization => ({ ...row, createdAt: row.createdAt.toISOString() })

export function organizationApi(api: Api, app: App) {
  api.get(
    '/organizations',
    {
      schema: {
        summary: 'The organizations where you hold organizations:read, by name.',
        tags: ['organizations'],
        querystring: PageQuery,
        response: { 200: page(Organization) },
      },
    },
    async ({ query, caller }) => {
      permitSomewhere(caller, 'organizations:read')
      const [after = ''] = readCursor(query.cursor)
      const readable = organizationsWith(caller, 'organizations:read')
      const found = await listOrganizations(app.db, readable, after, query.limit + 1)
      return pageOf(found, query.limit, asOrganization, (row) => [row.name])
    },
  )

  api.post(
    '/organizations',
    {
      schema: {
        summary: 'Make an organization. Needs organizations:write on the platform, and a registry for several of them.',
        tags: ['organizations'],
        body: NewOrganization,
        response: { 201: Organization },
      },
    },
    async (request, reply) =>
      reply.code(201).send(asOrganization(await createOrganization(app, asker(request), request.body))),
  )

  api.get(
    '/organizations/:organization',
    {
      schema: {
        summary: 'One organization. Needs organizations:read there.',
        tags: ['organizations'],
        params: OrganizationParams,
        response: { 200: Organization },
      },
    },
    async ({ params, caller }) => {
      await permittedPlace(app.db, caller, 'organizations:read', params.organization)
      const found = await findOrganization(app.db, params.organization)
      if (!found) throw organizationNotFound(params.organization)
      return asOrganization(found)
    },
  )

  api.put(
    '/organizations/:organization',
    {
      schema: {
        summary: 'Change what an organization is called. Needs organizations:write there; its name stays.',
        tags: ['organizations'],
        params: OrganizationParams,
        body: OrganizationChange,
        response: { 200: Organization },
      },
    },
    async (request) => {
      const { params, body } = request
      return asOrganization(await changeOrganization(app, asker(request), params.organization, body.displayName))
    },
  )

  api.delete(
    '/organizations/:organization',
    {
      schema: {
        summary:
          'Remove an organization that owns no namespace, with the roles in it and its API keys. Needs organizations:write on the platform.',
        tags: ['organizations'],
        params: OrganizationParams,
        response: { 200: Organization },
      },
    },
    async (request) => asOrganization(await deleteOrganization(app, asker(request), request.params.organization)),
  )

  api.post(
    '/namespaces/:namespace/transfer',
    {
      schema: {
        summary: 'Hand a namespace to another organization. Needs organizations:write in both.',
        tags: ['namespaces'],
        params: z.object({ namespace: NamespaceName }),
        body: NamespaceTransfer,
        response: { 200: Namespace },
      },
    },
    async (request) => {
      const { params, body } = request
      const namespace = params.namespace.toLowerCase()
      request.attempt = { kind: 'namespace.transferred', subject: namespace, namespace }
      const moved = await transferNamespace(app, asker(request), namespace, body.organization)
      return asNamespace(moved, request.caller)
    },
  )
}
