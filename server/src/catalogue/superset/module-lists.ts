/** Lists of modules as the public registry's API has them: all, those of a namespace or a name, and what is searched for. */
import { ModuleName, NamespaceName } from '@cadastre/contract/addresses'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { namespaceNotFound, readableNamespaces } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { search } from '../search/search.ts'
import type { SearchIndex } from '../search/search-index.ts'
import { askedText, filterText, listMeta, Paging, readAsked, yesOrNo } from './asked.ts'
import { permittedNamespace } from './kept.ts'
import { describeModules, listModules } from './module-queries.ts'
import { listedModule } from './module-shapes.ts'

const Listed = Paging.extend({
  provider: filterText,
  verified: yesOrNo.default(false),
})
const Searched = Listed.extend({
  q: askedText.refine((q) => q.trim() !== '', 'is empty: it says what to search for'),
  namespace: filterText,
})

/** What is further down was not meant; whoever looks for it says more. */
const searchedAtMost = 1000

export function moduleLists(http: Http, app: App, index: SearchIndex) {
  const basePath = basePathOf(app.config)

  for (const path of ['/v1/modules', '/v1/modules/']) http.get(path, (request) => list(request, {}))

  http.get('/v1/modules/search', async ({ query, caller }) => {
    const { limit, offset, ...filters } = readAsked(Searched, query)
    if (offset > searchedAtMost) throw tooFarDown()
    const { q, namespace, provider, verified } = filters
    const { hits, next } = await search(app, index, caller, {
      // What other registries have is installed from them.
      q: `origin:published ${verified ? 'verified:yes ' : ''}${q}`,
      kind: 'module',
      namespace,
      provider,
      sort: 'relevance',
      limit: offset + limit,
    })
    const ids = hits.slice(offset).map(({ row }) => row.id)
    const described = await describeModules(app.db, ids)
    const modules = ids.flatMap((id) => described.filter((module) => Number(module.id) === id))
    const hasMore = next !== null && offset + limit <= searchedAtMost
    return {
      meta: listMeta({ limit, offset }, `${basePath}/v1/modules/search`, filters, hasMore),
      modules: modules.map(listedModule),
    }
  })

  http.get<{ Params: { namespace: string } }>('/v1/modules/:namespace', async (request, reply) => {
    const namespace = await readableNamespace(request, reply)
    return list(request, { namespace })
  })

  http.get<{ Params: { namespace: string; name: string } }>('/v1/modules/:namespace/:name', async (request, reply) => {
    const namespace = await readableNamespace(request, reply)
    const name = ModuleName.safeParse(request.params.name).data?.toLowerCase()
    const answer = name === undefined ? undefined : await list(request, { namespace, name })
    if (!answer || (answer.modules.length === 0 && answer.meta.current_offset === 0)) throw nameNotFound(request.params)
    return answer
  })

  async function list({ query, caller }: FastifyRequest, of: { namespace?: string; name?: string }) {
    const { limit, offset, ...filters } = readAsked(Listed, query)
    const path = [basePath, 'v1/modules', ...Object.values(of)].join('/')
    const wanted = { ...of, system: filters.provider?.toLowerCase(), verified: filters.verified }
    const found = await listModules(app.db, readableNamespaces(caller, 'modules:read'), wanted, { limit, offset })
    return {
      meta: listMeta({ limit, offset }, path, filters, found.length > limit),
      modules: found.slice(0, limit).map(listedModule),
    }
  }

  async function readableNamespace(request: FastifyRequest<{ Params: { namespace: string } }>, reply: FastifyReply) {
    const name = NamespaceName.safeParse(request.params.namespace).data?.toLowerCase()
    if (name === undefined) throw namespaceNotFound()
    await permittedNamespace(app, request, reply, 'modules:read', name)
    return name
  }
}

const tooFarDown = () =>
  new Refusal(
    'malformed',
    'request-malformed',
    `The parameter offset is above ${searchedAtMost}.`,
    'Search for more words, or in one namespace.',
  )

const nameNotFound = ({ namespace, name }: { namespace: string; name: string }) =>
  new Refusal('not-found', 'module-not-found', `There is no module ${namespace}/${name}.`.slice(0, 250))
