/** Providers as the public registry's HTTP API v1 has them: lists and details. */
import { NamespaceName } from '@cadastre/contract/addresses'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { namespaceNotFound, readableNamespaces } from '../../access/permit.ts'
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
import { listMeta, Paging, readAsked, yesOrNo } from './asked.ts'
import { permittedNamespace } from './kept.ts'
import { type DescribedProvider, findDescribed, listProviders, listVersions } from './provider-queries.ts'
import { detailedProvider, listedProvider } from './provider-shapes.ts'

type ProviderPath = { Params: ProviderAddress }
type VersionPath = { Params: ProviderAddress & { version: string } }

const Listed = Paging.extend({ verified: yesOrNo.default(false) })

export function providerDetails(http: Http, app: App) {
  const basePath = basePathOf(app.config)

  for (const path of ['/v1/providers', '/v1/providers/']) http.get(path, (request) => list(request, undefined))

  http.get<{ Params: { namespace: string } }>('/v1/providers/:namespace', async (request, reply) => {
    const name = NamespaceName.safeParse(request.params.namespace).data?.toLowerCase()
    if (name === undefined) throw namespaceNotFound()
    await permittedNamespace(app, request, reply, 'providers:read', name)
    return list(request, name)
  })

  http.get<ProviderPath>('/v1/providers/:namespace/:type', async (request, reply) =>
    detail(await newestOf(request, reply)),
  )

  http.get<VersionPath>('/v1/providers/:namespace/:type/:version', async (request, reply) => {
    const { version } = request.params
    if (version === 'latest') return detail(await newestOf(request, reply))
    const address = await readableProvider(request, reply)
    const { text, core } = requestedVersion(version, address)
    const provider = await findDescribed(app.db, address, core)
    if (!provider) throw versionNotFound(address, text)
    if (!isInstallable(provider)) throw versionGone(address, provider.version)
    return detail(provider)
  })

  async function list({ query, caller }: FastifyRequest, namespace: string | undefined) {
    const { limit, offset, verified } = readAsked(Listed, query)
    const filter = { namespace, verified: verified || undefined }
    const readable = readableNamespaces(caller, 'providers:read')
    const found = await listProviders(app.db, readable, filter, { limit, offset })
    const path = `${basePath}/v1/providers${namespace === undefined ? '' : `/${namespace}`}`
    return {
      meta: listMeta({ limit, offset }, path, { verified }, found.length > limit),
      providers: found.slice(0, limit).map(listedProvider),
    }
  }

  async function newestOf(request: FastifyRequest<ProviderPath>, reply: FastifyReply): Promise<DescribedProvider> {
    const address = await readableProvider(request, reply)
    const provider = await findDescribed(app.db, address)
    if (!provider) throw providerNotFound(address)
    return provider
  }

  async function readableProvider(request: FastifyRequest<ProviderPath>, reply: FastifyReply) {
    const address = requestedProvider(request.params)
    await permittedNamespace(app, request, reply, 'providers:read', address.namespace)
    return address
  }

  const detail = async (provider: DescribedProvider) =>
    detailedProvider(provider, await listVersions(app.db, provider.id))
}
