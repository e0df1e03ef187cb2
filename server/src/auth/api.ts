/** API keys, and who is asking, through the API. */
import { ApiKey, CreatedApiKey, NewApiKey, WhoAmI } from '@cadastre/contract/api-keys'
import { PageQuery, page } from '@cadastre/contract/paging'
import { z } from 'zod'
import { permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { cursorOf, readCursor } from '../foundation/http/cursor.ts'
import { createApiKey, revokeApiKey } from './api-keys.ts'
import { listKeys } from './queries.ts'

export function apiKeyApi(api: Api, app: App) {
  api.get(
    '/whoami',
    {
      schema: {
        summary: 'Who this request comes from, and what they may do.',
        tags: ['access'],
        response: { 200: WhoAmI },
      },
    },
    async ({ caller }) => ({
      kind: caller.kind,
      id: caller.id,
      name: caller.name,
      grants: caller.grants.map((grant) => ({
        ...grant,
        scopes: [...grant.scopes],
        namespaces: grant.namespaces && [...grant.namespaces],
      })),
    }),
  )

  api.get(
    '/api-keys',
    {
      schema: {
        summary: 'API keys, newest first. Needs api_keys:manage; shows those of the organizations where you hold it.',
        tags: ['access'],
        querystring: PageQuery,
        response: { 200: page(ApiKey) },
      },
    },
    async ({ query, caller }) => {
      const held = caller.grants.filter(
        (grant) => !grant.namespaces && (grant.scopes.includes('admin') || grant.scopes.includes('api_keys:manage')),
      )
      if (held.length === 0) permitInOrganization(caller, 'api_keys:manage')
      const organizations = held.some((grant) => grant.organization === 'platform')
        ? null
        : held.map((grant) => grant.organization)
      const [before] = readCursor(query.cursor, z.uuid())
      const found = await listKeys(app.db, organizations, before, query.limit + 1)
      const shown = found.slice(0, query.limit)
      const last = shown.at(-1)
      return {
        items: shown.map(asApiKey),
        next: found.length > query.limit && last ? cursorOf([last.id]) : null,
      }
    },
  )

  api.post(
    '/api-keys',
    {
      schema: {
        summary: 'Make an API key. Needs api_keys:manage, and every scope that the key is to hold.',
        tags: ['access'],
        body: NewApiKey,
        response: { 201: CreatedApiKey },
      },
    },
    async ({ body, caller, id }, reply) => {
      const { organization = app.config.multi_tenancy.default_organization } = body
      const wanted = { ...body, organization, expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt) }
      const { apiKey, token } = await createApiKey(app, { caller, requestId: id }, wanted)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ apiKey: asApiKey(apiKey), token })
    },
  )

  api.delete(
    '/api-keys/:id',
    {
      schema: {
        summary: 'Revoke an API key. Needs api_keys:manage.',
        tags: ['access'],
        params: z.object({ id: z.uuid() }),
        response: { 200: ApiKey },
      },
    },
    async ({ params, caller, id }) => asApiKey(await revokeApiKey(app, { caller, requestId: id }, params.id)),
  )
}

type KeyRow = Omit<ApiKey, 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> &
  Record<'expiresAt' | 'lastUsedAt' | 'revokedAt', Date | null> & { createdAt: Date }

const asApiKey = (row: KeyRow): ApiKey => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
})
