/** Providers as the public registry's API v2 has them (https://jsonapi.org): by number, with what belongs to them. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { permit, readableNamespaces } from '../../access/permit.ts'
import { summarizeDownloads } from '../../analytics/queries.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { isInstallable } from '../../providers/answers.ts'
import {
  type ProviderAddress,
  providerNotFound,
  requestedProvider,
  requestedVersion,
  versionGone,
  versionNotFound,
} from '../../providers/provider.ts'
import { askedText, filterText, pageNumber, pageSize, readAsked } from './asked.ts'
import { keepWhatIsPublic, permittedNamespace } from './kept.ts'
import {
  countProviders,
  type DescribedProvider,
  findByVersion,
  findDescribed,
  findDescribedById,
  listPlatforms,
  listProviders,
  listVersions,
} from './provider-queries.ts'
import { platformResource, providerResource, related, versionResource } from './provider-shapes.ts'

type ById = { Params: { id: string } }

const usualPageSize = 20
/** Beyond it nobody is told how many pages there are, only that there are more. */
const countedAtMost = 1000
const Listed = z.object({
  'page[size]': pageSize.default(usualPageSize),
  'page[number]': pageNumber.default(1),
  'filter[tier]': filterText,
  'filter[namespace]': filterText,
})
/** What of it is not known is left out: tools ask for more than any registry but the public one has. */
const Including = z.object({
  include: askedText.default('').transform((text) => new Set(text.split(',').map((part) => part.trim()))),
})

export function providerJsonApi(http: Http, app: App) {
  const root = basePathOf(app.config)

  http.get('/v2/providers', async ({ query, caller }) => {
    const asked = readAsked(Listed, query)
    const { 'page[size]': size, 'page[number]': number } = asked
    const readable = readableNamespaces(caller, 'providers:read')
    const filter = { namespace: asked['filter[namespace]']?.toLowerCase(), ...tierFilter(asked['filter[tier]']) }
    const page = { limit: size, offset: (number - 1) * size }
    const [found, count] = filter.none
      ? [[], 0]
      : await Promise.all([
          listProviders(app.db, readable, filter, page),
          countProviders(app.db, readable, filter, countedAtMost + 1),
        ])
    return {
      data: found.slice(0, size).map((provider) => providerResource(provider, root)),
      ...pages(asked, { count, hasMore: found.length > size }, `${root}/v2/providers`),
    }
  })

  http.get<{ Params: ProviderAddress }>('/v2/providers/:namespace/:type', async (request, reply) => {
    const address = requestedProvider(request.params)
    await permittedNamespace(app, request, reply, 'providers:read', address.namespace)
    const provider = await findDescribed(app.db, address)
    if (!provider) throw providerNotFound(address)
    return providerDocument(request, provider)
  })

  http.get<ById>('/v2/providers/:id', async (request, reply) => {
    const provider = readable(request, reply, await providerById(request))
    return providerDocument(request, provider)
  })

  http.get<{ Params: { id: string; version: string } }>(
    '/v2/providers/:id/provider-versions/:version',
    async (request, reply) => {
      const newest = readable(request, reply, await providerById(request))
      const { version } = request.params
      if (version === 'latest') return versionDocument(request, newest)
      const { text, core } = requestedVersion(version, newest)
      const provider = await findDescribedById(app.db, newest.id, core)
      if (!provider) throw versionNotFound(newest, text)
      return versionDocument(request, provider)
    },
  )

  http.get<ById>('/v2/provider-versions/:id', async (request, reply) => {
    const id = numberIn(request)
    const provider = readable(request, reply, id === undefined ? undefined : await findByVersion(app.db, id))
    return versionDocument(request, provider)
  })

  http.get<ById>('/v2/providers/:id/downloads/summary', async (request, reply) => {
    const provider = readable(request, reply, await providerById(request))
    const recent = await summarizeDownloads(app.db, { kind: 'provider', id: provider.id }, new Date(app.clock()))
    const attributes = { ...recent, total: provider.downloads }
    return { data: { type: 'provider-downloads-summary', id: provider.id, attributes } }
  })

  async function providerById(request: FastifyRequest<ById>): Promise<DescribedProvider | undefined> {
    const id = numberIn(request)
    return id === undefined ? undefined : findDescribedById(app.db, id)
  }

  async function providerDocument({ query }: FastifyRequest, provider: DescribedProvider) {
    const { include } = readAsked(Including, query)
    const data = providerResource(provider, root)
    if (!include.has('provider-versions')) return { data }
    const versions = await listVersions(app.db, provider.id)
    const included = versions.map((version) => versionResource(version, provider.description, root))
    return { data: { ...data, relationships: { 'provider-versions': related(included) } }, included }
  }

  async function versionDocument({ query }: FastifyRequest, provider: DescribedProvider) {
    if (!isInstallable(provider)) throw versionGone(provider, provider.version)
    const { include } = readAsked(Including, query)
    const { versionId: id, versionDownloads: downloads } = provider
    const data = versionResource({ ...provider, id, downloads }, provider.description, root)
    const platforms = include.has('provider-platforms') ? await listPlatforms(app.db, id) : undefined
    const included = platforms?.map(platformResource) ?? []
    const relationships = {
      ...(include.has('provider-docs') ? { 'provider-docs': related([]) } : {}),
      ...(platforms ? { 'provider-platforms': related(included) } : {}),
    }
    if (Object.keys(relationships).length === 0) return { data }
    return { data: { ...data, relationships }, included }
  }
}

/** Whoever may not read it hears what they hear of a number that nothing has. */
function readable(
  { caller }: FastifyRequest,
  reply: FastifyReply,
  provider: DescribedProvider | undefined,
): DescribedProvider {
  permit(caller, 'providers:read', provider && { ...provider, name: provider.namespace })
  keepWhatIsPublic(reply, provider!)
  return provider!
}

/** PostgreSQL counts no further. */
const numberIn = ({ params }: FastifyRequest<ById>) => (/^[1-9]\d{0,17}$/.test(params.id) ? params.id : undefined)

/** Two tiers are what `verified` says of a provider; in the third there is nobody. */
function tierFilter(tiers: string | undefined): { verified?: boolean; none?: boolean } {
  if (tiers === undefined) return {}
  const asked = tiers.split(',').map((tier) => tier.trim().toLowerCase())
  const [partner, community] = [asked.includes('partner'), asked.includes('community')]
  if (partner && community) return {}
  return partner || community ? { verified: partner } : { none: true }
}

function pages(asked: z.output<typeof Listed>, { count, hasMore }: { count: number; hasMore: boolean }, path: string) {
  const { 'page[size]': size, 'page[number]': number, ...filters } = asked
  const last = count <= countedAtMost ? Math.max(1, Math.ceil(count / size)) : null
  const next = hasMore ? number + 1 : null
  const previous = number > 1 ? Math.min(number - 1, last ?? number) : null
  const given = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const urlOf = (at: number | null) =>
    at === null
      ? null
      : `${path}?${new URLSearchParams([...given, ['page[number]', String(at)], ['page[size]', String(size)]])}`
  return {
    links: { first: urlOf(1), last: urlOf(last), next: urlOf(next), prev: urlOf(previous) },
    meta: {
      pagination: {
        'page-size': size,
        'current-page': number,
        'next-page': next,
        'prev-page': previous,
        'total-pages': last,
        'total-count': last === null ? null : count,
      },
    },
  }
}
