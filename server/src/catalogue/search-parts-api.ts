/** The search down to the single input, resource, submodule and page of the documentation. */
import { GroupsQuery, PartsQuery, SearchGroups, SearchParts } from '@cadastre/contract/search'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { type DocsFinder, findGroups, listParts } from './search/parts.ts'
import type { SearchIndex } from './search/search-index.ts'

export function searchPartsApi(api: Api, app: App, index: SearchIndex, docs: DocsFinder) {
  const places = { app, index, docs }

  api.get(
    '/search/groups',
    {
      schema: {
        summary: 'What a search finds inside of modules and in the documentation: the first few of each kind.',
        tags: ['catalogue'],
        querystring: GroupsQuery,
        response: { 200: SearchGroups },
      },
    },
    async ({ query: { q, limit }, caller }) => ({ groups: await findGroups(places, caller, q, limit) }),
  )

  api.get(
    '/search/parts',
    {
      schema: {
        summary: 'All that a search finds of one kind: inputs, outputs, resources, data sources, submodules, or pages.',
        tags: ['catalogue'],
        querystring: PartsQuery,
        response: { 200: SearchParts },
      },
    },
    async ({ query, caller }) => listParts(places, caller, query),
  )
}
