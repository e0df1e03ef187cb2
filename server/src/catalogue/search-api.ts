/** The one search through our own API, over everything or over modules alone. */
import { ModuleSearchQuery, SearchAnswer, type SearchHit, SearchQuery } from '@cadastre/contract/search'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { type Found, search } from './search/search.ts'
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
    },
    async ({ query, caller }) => asAnswer(await search(app, index, caller, { ...query, kind: 'module' })),
  )
}

const asAnswer = ({ hits, next, count, didYouMean, hints }: Found) => ({
  items: hits.map(asHit),
  next,
  total: { count, isEstimate: false },
  ...(didYouMean === undefined ? {} : { didYouMean }),
  hints,
})

function asHit({ organizationId: _, id: __, hostname, updatedAt, ...row }: Found['hits'][number]): SearchHit {
  const address = [row.namespace, row.name, ...(row.system === null ? [] : [row.system])].join('/')
  const isOwn = hostname === 'self'
  return {
    ...row,
    hostname: isOwn ? null : hostname,
    address: isOwn ? address : `${hostname}/${address}`,
    updatedAt: updatedAt === null ? null : new Date(updatedAt).toISOString(),
  }
}
