/** Namespaces through the API. */
import { NamespaceName } from '@cadastre/contract/addresses'
import { Namespace, NamespaceChange, NamespaceQuery, NewNamespace } from '@cadastre/contract/namespaces'
import { page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import type { Caller } from '../access/caller.ts'
import { heldNamespaces, may, permit, readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { changeVisibility, createNamespace } from './namespaces.ts'
import { findNamespace, getNamespace, listNamespaces, type NamespaceRow } from './queries.ts'

/** What a caller may not see of it does not count for them. */
export function asNamespace(row: NamespaceRow, caller: Caller): Namespace {
  const { organizationId, ...shown } = row
  return {
    ...shown,
    modules: may(caller, 'modules:read', row) ? row.modules : row.modules && 0,
    providers: may(caller, 'providers:read', row) ? row.providers : row.providers && 0,
    createdAt: row.createdAt.toISOString(),
  }
}

export function namespaceApi(api: Api, app: App) {
  api.get(
    '/namespaces',
    {
      schema: {
        summary: 'The namespaces that you may read, by name.',
        tags: ['namespaces'],
        querystring: NamespaceQuery,
        response: { 200: page(Namespace) },
      },
    },
    async ({ query: { cursor, limit, holding, ...filter }, caller }) => {
      const [after = ''] = readCursor(cursor)
      const found = await listNamespaces(app.db, readableNamespaces(caller, 'modules:read'), {
        ...filter,
        after,
        limit: limit + 1,
        held: holding && heldNamespaces(caller, holding),
      })
      return pageOf(
        found,
        limit,
        (row) => asNamespace(row, caller),
        (row) => [row.name],
      )
    },
  )

  api.get(
    '/namespaces/:namespace',
    {
      schema: {
        summary: 'One namespace.',
        tags: ['namespaces'],
        params: z.object({ namespace: NamespaceName }),
        response: { 200: Namespace },
      },
    },
    async ({ params, caller }) => {
      const name = params.namespace.toLowerCase()
      permit(caller, 'modules:read', await findNamespace(app.db, name))
      return asNamespace(await getNamespace(app.db, name), caller)
    },
  )

  api.post(
    '/namespaces',
    {
      schema: {
        summary: 'Claim a namespace for an organization. Needs organizations:write.',
        tags: ['namespaces'],
        body: NewNamespace,
        response: { 201: Namespace },
      },
    },
    async (request, reply) =>
      reply.code(201).send(asNamespace(await createNamespace(app, asker(request), request.body), request.caller)),
  )

  api.patch(
    '/namespaces/:namespace',
    {
      schema: {
        summary: 'Change who may read a namespace. Needs organizations:write.',
        tags: ['namespaces'],
        params: z.object({ namespace: NamespaceName }),
        body: NamespaceChange,
        response: { 200: Namespace },
      },
    },
    async (request) => {
      const namespace = request.params.namespace.toLowerCase()
      request.attempt = { kind: 'namespace.changed', subject: namespace, namespace }
      const changed = await changeVisibility(app, asker(request), namespace, request.body.visibility)
      return asNamespace(changed, request.caller)
    },
  )
}
