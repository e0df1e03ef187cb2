/** API keys, as the API speaks of them. The key itself is said once, when it is made. */
import * as z from 'zod'
import { NamespaceName } from './addresses.ts'
import { PageQuery } from './paging.ts'
import { Scope, scopes } from './scopes.ts'
import { Line } from './texts.ts'
import { Email } from './users.ts'

export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'First characters of the key, to tell keys apart.' }),
    kind: z.enum(['api', 'cli']).meta({ description: 'cli: a person signed in with it on their machine.' }),
    organization: z.string().nullable().meta({ description: 'null: a key of the platform.' }),
    owner: z.string().nullable().meta({
      description: 'E-mail address of whose key it is: it never does more than they may. null: nobody’s.',
    }),
    scopes: z.array(Scope),
    namespaces: z.array(z.string()).meta({ description: 'Empty: every namespace of the organization.' }),
    createdBy: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    replacedBy: z.uuid().nullable().meta({ description: 'The key that took its place when it was rotated.' }),
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
    owner: Email.optional().meta({
      description: 'Whose key it is to be; you, unless a platform administrator says otherwise.',
    }),
    expiresAt: z.iso.datetime().nullable().default(null).meta({ description: 'ISO 8601 in UTC; null: never.' }),
  })
  .meta({ id: 'NewApiKey' })

export const ApiKeyQuery = PageQuery.extend({
  mine: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .meta({ description: 'Only your own.' }),
})

const daySeconds = 86_400

export const KeyRotation = z
  .strictObject({
    graceSeconds: z
      .int()
      .min(0)
      .max(30 * daySeconds)
      .default(daySeconds)
      .meta({ description: 'How long the old key stays good; 0 ends it at once.' }),
    expiresAt: z.iso.datetime().nullable().optional().meta({
      description: 'ISO 8601 in UTC; null: never. Unless given, it lives as long as the old one was to live.',
    }),
  })
  .meta({ id: 'KeyRotation' })

export const CreatedApiKey = z
  .object({ apiKey: ApiKey, token: z.string().meta({ description: 'The key. It is not shown again.' }) })
  .meta({ id: 'CreatedApiKey' })

export const WhoAmI = z
  .object({
    kind: z.enum(['anonymous', 'api-key', 'user', 'system']),
    id: z.string(),
    name: z.string(),
    keyKind: z.enum(['api', 'cli']).nullable().meta({ description: 'Of an API key; cli: a person signed in with it.' }),
    owner: z.string().nullable().meta({ description: 'E-mail address of whose API key it is; null: nobody’s.' }),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'When key or session end by themselves; null: never.' }),
    grants: z.array(
      z.object({
        organization: z.string().meta({ description: 'Its name; platform: all of them.' }),
        scopes: z.array(Scope),
        namespaces: z.array(z.string()).optional(),
      }),
    ),
  })
  .meta({ id: 'WhoAmI' })
