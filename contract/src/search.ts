/** The one search over modules and providers, as the API speaks of it. */
import * as z from 'zod'
import { maxPageSize } from './paging.ts'
import { facetKeys, foundKinds } from './search-kinds.ts'

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

const FoundKind = z.enum(foundKinds)

export const SearchPart = z
  .object({
    kind: FoundKind,
    name: z
      .string()
      .meta({ example: 'cidr', description: 'As written; the address of a resource; the title of a page.' }),
    page: z.string().meta({
      example: '/modules/acme/vpc/aws/inputs#input-cidr',
      description: 'Where it stands, below the registry.',
    }),
    module: z
      .string()
      .nullable()
      .meta({ example: 'acme/vpc/aws', description: 'That it is in; null: it is a page of the documentation.' }),
    version: z.string().nullable().meta({ description: 'Newest version of the module.' }),
    folder: z.string().meta({ example: 'modules/subnets', description: 'Of the module; empty: its root.' }),
    about: z.string().meta({ description: 'Type and description, or the text around what was found.' }),
    match: z.enum(['name', 'prefix', 'words']).meta({ description: 'How the words of the query fit its name.' }),
  })
  .meta({ id: 'SearchPart' })
export type SearchPart = z.infer<typeof SearchPart>

const total = z.object({ count: z.number().int(), isEstimate: z.boolean() })

export const SearchGroup = z
  .object({ kind: FoundKind, total, items: z.array(SearchPart).meta({ description: 'The first of them.' }) })
  .meta({ id: 'SearchGroup' })
export type SearchGroup = z.infer<typeof SearchGroup>

export const SearchGroups = z.object({
  groups: z.array(SearchGroup).meta({ description: 'Those in which something was found.' }),
})

export const SearchParts = z
  .object({
    items: z.array(SearchPart),
    next: z.string().nullable(),
    total,
    hints: z.array(z.string()).meta({ description: 'What one should know of how the query was understood.' }),
  })
  .meta({ id: 'SearchParts' })

export const SearchFacet = z
  .object({
    key: z.enum(facetKeys).meta({ description: 'As in a query.' }),
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
    total,
    didYouMean: z.string().optional().meta({ description: 'The query with the words that were probably meant.' }),
    hints: z.array(z.string()).meta({ description: 'What one should know of how the query was understood.' }),
    facets: z.array(SearchFacet).optional().meta({ description: 'Of all hits, when they are asked for.' }),
    offers: z
      .array(
        z.object({
          kind: z
            .enum(['other-systems', 'elsewhere'])
            .meta({ description: 'The same for another target system, or in other registries.' }),
          q: z.string().meta({ description: 'The query that finds them.' }),
          items: z.array(SearchHit),
        }),
      )
      .optional()
      .meta({ description: 'What comes near, where nothing was found.' }),
  })
  .meta({ id: 'SearchAnswer' })

const q = z.string().max(300).default('').meta({
  description: 'Words, "phrases", -exclusions, addresses and keys such as ns: or resource:, as docs/search.md says.',
  example: 'vpc ns:acme',
})

export const ModuleSearchQuery = z.object({
  q,
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
    .meta({ description: 'How many of all hits are of each kind, origin, system, namespace, state and licence.' }),
})

export const GroupsQuery = z.object({
  q,
  limit: z.coerce.number().int().min(1).max(10).default(3).meta({ description: 'Of each kind, 1 to 10.' }),
})

export const PartsQuery = z.object({
  q,
  kind: FoundKind.optional().meta({ description: 'The same as kind: in the query, where one of both has to be.' }),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(10),
  cursor: z.string().max(1000).optional().meta({ description: 'The `next` of the page before.' }),
})
