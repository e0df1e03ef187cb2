/** Namespaces through the API. */

import { NamespaceName } from '@cadastre/contract/addresses'
import { Namespace, NamespaceChange, NewNamespace } from '@cadastre/contract/namespaces'
import { PageQuery, page } from '@cadastre/contract/paging'
import { z } from 'zod'
import { asker } from '../access/asker.ts'
import { permit, readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { cursorOf, readCursor } from '../foundation/http/cursor.ts'
import { changeVisibility, createNamespace } from './namespaces.ts'
import { findNamespace, getNamespace, listNamespaces } from './queries.ts'

const asNamespace = (row: {
  name: string
  organization: string
  visibility: 'private' | 'internal' | 'public'
  createdAt: Date
}) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
})

export function namespaceApi(api: Api, app: App) {
  api.get(
    '/namespaces',
    {
      schema: {
        summary: 'The namespaces that you may read, by name.',
        tags: ['namespaces'],
        querystring: PageQuery,
        response: { 200: page(Namespace) },
      },
    },
    async ({ query, caller }) => {
      const [after = ''] = readCursor(query.cursor)
      const found = await listNamespaces(app.db, readableNamespaces(caller, 'modules:read'), after, query.limit + 1)
      const items = found.slice(0, query.limit).map(asNamespace)
      return { items, next: found.length > query.limit ? cursorOf([items.at(-1)!.name]) : null }
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
      return asNamespace(await getNamespace(app.db, name))
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
      reply.code(201).send(asNamespace(await createNamespace(app, asker(request), request.body))),
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
      return asNamespace(await changeVisibility(app, asker(request), namespace, request.body.visibility))
    },
  )
}
