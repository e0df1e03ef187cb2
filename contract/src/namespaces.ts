/** Namespaces, as the API speaks of them. */
import * as z from 'zod'
import { NamespaceName } from './addresses.ts'
import { PageQuery } from './paging.ts'
import { Line } from './texts.ts'

export const visibilities = ['private', 'internal', 'public'] as const
export const Visibility = z.enum(visibilities).meta({
  id: 'Visibility',
  description: 'private: members of the organization; internal: any signed-in caller; public: anyone.',
})

const counted = (what: string) =>
  z
    .number()
    .int()
    .nullable()
    .meta({
      description: `How many of its ${what} you may see; null in a list that was asked for without \`counts\`.`,
    })

export const Namespace = z
  .object({
    name: z.string(),
    organization: z.string().meta({ description: 'The organization that owns it.' }),
    visibility: Visibility,
    modules: counted('modules'),
    providers: counted('providers'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Namespace' })
export type Namespace = z.infer<typeof Namespace>

/** Scopes that are held in a namespace to do something there, not only to read it. */
export const workScopes = ['modules:write', 'providers:write', 'organizations:write'] as const

export const NamespaceFilter = z.object({
  q: z.string().min(1).max(64).optional().meta({ description: 'A part of its name.' }),
  visibility: Visibility.optional(),
  organization: Line.optional().meta({ description: 'The organization that owns it.' }),
  holding: z
    .enum(workScopes)
    .optional()
    .meta({ description: 'Where you hold this scope, whether you may read modules there or not.' }),
})
export type NamespaceFilter = z.infer<typeof NamespaceFilter>

export const NamespaceQuery = PageQuery.extend({
  ...NamespaceFilter.shape,
  counts: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .meta({ description: 'Whether to count what is in each.' }),
})

/** `/namespaces/new` is a page, so that a namespace of this name would have none. */
const newNamespaceWord = 'new'

export const NewNamespace = z
  .strictObject({
    name: NamespaceName.refine((name) => name.toLowerCase() !== newNamespaceWord, {
      error: 'is the address of the page where namespaces are claimed',
    }),
    organization: Line.optional().meta({ description: 'Who owns it; the default organization unless given.' }),
    visibility: Visibility.default('internal'),
  })
  .meta({ id: 'NewNamespace' })

export const NamespaceChange = z.strictObject({ visibility: Visibility }).meta({ id: 'NamespaceChange' })
