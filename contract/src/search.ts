/** The one search over modules and providers, as the API speaks of it. */
import { z } from 'zod'
import { maxPageSize } from './paging.ts'

export const SearchHit = z
  .object({
    kind: z.enum(['module', 'provider']),
    address: z
      .string()
      .meta({ example: 'acme/vpc/aws', description: 'With the hostname in front when it is of another registry.' }),
    hostname: z.string().nullable().meta({ description: 'Of the registry that it comes from; null: of this one.' }),
    namespace: z.string(),
    name: z.string().meta({ description: 'Of a module, or the type of a provider.' }),
    system: z.string().nullable().meta({ description: 'Target system of a module.' }),
    version: z
      .string()
      .nullable()
      .meta({ description: 'Newest version; one that is not a prerelease, when there is any.' }),
    description: z.string(),
    downloads: z.number().int(),
    popularity: z.number().nullable().meta({ description: 'As its source counts it; null: the source does not say.' }),
    origin: z.enum(['published', 'mirrored', 'catalogued']),
    visibility: z.enum(['private', 'internal', 'public']),
    verified: z.boolean(),
    archived: z.boolean(),
    deprecated: z.boolean(),
    updatedAt: z.iso.datetime().nullable().meta({ description: 'Of its newest version; null: nobody knows.' }),
    match: z
      .enum(['address', 'name', 'namespace', 'prefix', 'words', 'typo'])
      .nullable()
      .meta({ description: 'How the words of the query fit; null when there are none.' }),
  })
  .meta({ id: 'SearchHit' })
export type SearchHit = z.infer<typeof SearchHit>

export const SearchFacet = z
  .object({
    key: z.enum(['kind', 'origin', 'system', 'ns', 'state', 'verified']).meta({ description: 'As in a query.' }),
    values: z
      .array(z.object({ value: z.string(), count: z.number().int() }))
      .meta({ description: 'Those of most hits, at most 12.' }),
    others: z.number().int().meta({ description: 'How many further values there are.' }),
  })
  .meta({ id: 'SearchFacet' })

export const SearchAnswer = z
  .object({
    items: z.array(SearchHit),
    next: z.string().nullable(),
    total: z.object({ count: z.number().int(), isEstimate: z.boolean() }),
    didYouMean: z.string().optional().meta({ description: 'The query with the words that were probably meant.' }),
    hints: z.array(z.string()).meta({ description: 'What one should know of how the query was understood.' }),
    facets: z.array(SearchFacet).optional().meta({ description: 'Of all hits, when they are asked for.' }),
  })
  .meta({ id: 'SearchAnswer' })

export const ModuleSearchQuery = z.object({
  q: z.string().max(300).default('').meta({
    description: 'Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says.',
    example: 'vpc ns:acme',
  }),
  namespace: z.string().max(64).optional(),
  provider: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Target system of modules, type of providers, e.g. aws.' }),
  sort: z.enum(['relevance', 'popularity', 'downloads', 'updated']).default('relevance'),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(10),
  cursor: z.string().max(500).optional().meta({ description: 'The `next` of the page before.' }),
})

export const SearchQuery = ModuleSearchQuery.extend({
  type: z.enum(['module', 'provider']).optional(),
  facets: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .meta({ description: 'How many of all hits are of each kind, origin, system, namespace and state.' }),
})
