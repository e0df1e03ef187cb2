/** API keys, and who is asking, through the API. */
import { ApiKey, ApiKeyQuery, CreatedApiKey, KeyRotation, NewApiKey, WhoAmI } from '@cadastre/contract/api-keys'
import { page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { type Caller, isInPerson } from '../access/caller.ts'
import { organizationsWith, permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { organizationNames } from '../organizations/organization-queries.ts'
import { createApiKey, revokeApiKey, rotateApiKey } from './api-keys.ts'
import { listKeys, type VisibleKeys } from './queries.ts'

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
    async ({ caller, session }) => {
      const names = await organizationNames(
        app.db,
        caller.grants.map(({ organization }) => organization),
      )
      return {
        kind: caller.kind,
        id: caller.id,
        name: caller.name,
        keyKind: caller.keyKind ?? null,
        owner: caller.owner ?? null,
        expiresAt: isoOf(session?.row.expiresAt.getTime() ?? caller.expiresAt),
        grants: caller.grants.map((grant) => ({
          ...grant,
          organization: names.get(grant.organization) ?? grant.organization,
          scopes: [...grant.scopes],
          namespaces: grant.namespaces && [...grant.namespaces],
        })),
      }
    },
  )

  api.get(
    '/api-keys',
    {
      schema: {
        summary: 'API keys, newest first: your own, and those of the organizations where you hold api_keys:manage.',
        tags: ['access'],
        querystring: ApiKeyQuery,
        response: { 200: page(ApiKey) },
      },
    },
    async ({ query, caller }) => {
      const [before] = readCursor(query.cursor, z.uuid())
      const found = await listKeys(app.db, visibleKeys(caller, query.mine), before, query.limit + 1)
      return pageOf(found, query.limit, asApiKey, (row) => [row.id])
    },
  )

  api.post(
    '/api-keys',
    {
      schema: {
        summary:
          'Make an API key, which is yours. Needs every scope that it is to hold, and api_keys:manage unless you are signed in yourself.',
        tags: ['access'],
        body: NewApiKey,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => {
      const { body } = request
      const { organization = app.config.multi_tenancy.default_organization } = body
      const wanted = { ...body, organization, expiresAt: asDate(body.expiresAt) }
      request.attempt = { kind: 'api_key.created', subject: body.name, organization: organization ?? undefined }
      const { apiKey, token } = await createApiKey(app, asker(request), wanted)
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ apiKey: asApiKey(apiKey), token })
    },
  )

  api.post(
    '/api-keys/:id/rotate',
    {
      schema: {
        summary: 'A new key of the same name and rights in place of this one, which stays good for a while.',
        tags: ['access'],
        params: z.object({ id: z.uuid() }),
        body: KeyRotation,
        response: { 201: CreatedApiKey },
      },
    },
    async (request, reply) => {
      const { graceSeconds, expiresAt } = request.body
      const wanted = { graceSeconds, expiresAt: expiresAt === undefined ? undefined : asDate(expiresAt) }
      request.attempt = { kind: 'api_key.rotated', subject: request.params.id }
      const { apiKey, token } = await rotateApiKey(app, asker(request), request.params.id, wanted)
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
        summary: 'Revoke an API key: one of yours, or with api_keys:manage.',
        tags: ['access'],
        params: z.object({ id: z.uuid() }),
        response: { 200: ApiKey },
      },
    },
    async (request) => asApiKey(await revokeApiKey(app, asker(request), request.params.id)),
  )
}

/** @throws forbidden where there can be none to see: a program's key sees those that it manages */
function visibleKeys(caller: Caller, mine: boolean): VisibleKeys {
  const managed = organizationsWith(caller, 'api_keys:manage')
  if (!isInPerson(caller) && managed?.length === 0) permitInOrganization(caller, 'api_keys:manage')
  return { managed, own: isInPerson(caller) ? caller.userId : undefined, ...(mine && { only: caller.userId ?? null }) }
}

const isoOf = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString())

const asDate = (text: string | null) => (text === null ? null : new Date(text))

type KeyRow = Omit<ApiKey, 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> &
  Record<'expiresAt' | 'lastUsedAt' | 'revokedAt', Date | null> & { createdAt: Date }

const asApiKey = (row: KeyRow): ApiKey => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
})
