/** The one search through our own API, over everything or over modules alone. */
import { ModuleSearchQuery, SearchAnswer, type SearchHit, SearchQuery } from '@cadastre/contract/search'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { ownHostname } from './search/readable.ts'
import { type Found, type ShownHit, search } from './search/search.ts'
import type { SearchIndex } from './search/search-index.ts'

export function searchApi(api: Api, app: App, index: SearchIndex) {
  api.get(
    '/search',
    {
      schema: {
        summary: 'Search modules and providers, published here or known from other registries.',
        tags: ['catalogue'],
        querystring: SearchQuery,
        response: { 200: SearchAnswer },
      },
      serializerCompiler: asItIs,
    },
    async ({ query: { type: kind, ...query }, caller }) =>
      asAnswer(await search(app, index, caller, { ...query, kind })),
  )

  api.get(
    '/modules/search',
    {
      schema: {
        summary: 'The same search, of modules alone.',
        tags: ['modules'],
        querystring: ModuleSearchQuery,
        response: { 200: SearchAnswer },
      },
      serializerCompiler: asItIs,
    },
    async ({ query, caller }) => asAnswer(await search(app, index, caller, { ...query, kind: 'module' })),
  )
}

// What is said is made below, field by field: comparing it with the schema costs more than making it.
const asItIs = () => JSON.stringify

const asAnswer = ({ hits, next, count, didYouMean, hints, facets, offers }: Found) => ({
  items: hits.map(asHit),
  next,
  total: { count, isEstimate: false },
  ...(didYouMean === undefined ? {} : { didYouMean }),
  hints,
  ...(facets && { facets }),
  ...(offers && { offers: offers.map(({ kind, q, hits: near }) => ({ kind, q, items: near.map(asHit) })) }),
})

function asHit({ row, match, deprecated, updatedAt }: ShownHit): SearchHit {
  const { kind, hostname, namespace, name, system } = row
  const address = [namespace, name, ...(system === null ? [] : [system])].join('/')
  const isOwn = hostname === ownHostname
  return {
    kind,
    address: isOwn ? address : `${hostname}/${address}`,
    hostname: isOwn ? null : hostname,
    namespace,
    name,
    system,
    version: row.version,
    description: row.description,
    downloads: row.downloads,
    popularity: row.popularity,
    origin: row.origin,
    visibility: row.visibility,
    verified: row.verified,
    archived: row.archived,
    deprecated,
    updatedAt: updatedAt === null ? null : new Date(updatedAt).toISOString(),
    match,
  }
}
