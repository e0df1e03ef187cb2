/** API keys, as the API speaks of them. The key itself is said once, when it is made. */
import { z } from 'zod'
import { NamespaceName } from './addresses.ts'
import { Scope, scopes } from './scopes.ts'
import { Line } from './texts.ts'

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'First characters of the key, to tell keys apart.' }),
    organization: z.string().nullable().meta({ description: 'null: a key of the platform.' }),
    scopes: z.array(Scope),
    namespaces: z.array(z.string()).meta({ description: 'Empty: every namespace of the organization.' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' })
export type ApiKey = z.infer<typeof ApiKey>

/** The rights of a key are read with each request that it comes with. */
const maxNamespaces = 100

export const NewApiKey = z
  .strictObject({
    name: Line,
    scopes: z.array(Scope).min(1).max(scopes.length),
    organization: Line.nullable().optional().meta({
      description:
        'The default organization unless given; null makes a key of the platform, which only a key of the platform may do.',
    }),
    namespaces: z.array(NamespaceName).max(maxNamespaces).default([]),
    expiresAt: z.iso.datetime().nullable().default(null).meta({ description: 'ISO 8601 in UTC; null: never.' }),
  })
  .meta({ id: 'NewApiKey' })

export const CreatedApiKey = z
  .object({ apiKey: ApiKey, token: z.string().meta({ description: 'The key. It is not shown again.' }) })
  .meta({ id: 'CreatedApiKey' })

export const WhoAmI = z
  .object({
    kind: z.enum(['anonymous', 'api-key', 'user', 'system']),
    id: z.string(),
    name: z.string(),
    grants: z.array(
      z.object({ organization: z.string(), scopes: z.array(Scope), namespaces: z.array(z.string()).optional() }),
    ),
  })
  .meta({ id: 'WhoAmI' })
