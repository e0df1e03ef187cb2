/**
 * The provider network mirror protocol: what clients ask that were told to fetch providers here
 * (https://developer.hashicorp.com/terraform/internals/provider-network-mirror-protocol).
 */
import { permit } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { sendPrepared } from '../foundation/http/prepared.ts'
import { providerNotFound, versionNotFound } from '../providers/provider.ts'
import { hostnameNotMirrored, ownHostnames } from './hostnames.ts'
import { publishedHere } from './published.ts'

type ProviderPath = { hostname: string; namespace: string; type: string }

const places = ['/v1/mirror', '/terraform/providers']

export function mirrorProtocol(http: Http, app: App) {
  const published = publishedHere(app)
  const own = new Set(ownHostnames(app.config))

  for (const place of places) {
    const provider = `${place}/:hostname/:namespace/:type`

    http.get<{ Params: ProviderPath }>(`${provider}/index.json`, async (request, reply) => {
      const { namespace, document } = await sourceOf(request.params).index(request.params)
      permit(request.caller, 'providers:read', namespace)
      if (!document) throw providerNotFound(request.params)
      return sendPrepared(request, reply, document, app.changes.staleForMs())
    })

    http.get<{ Params: ProviderPath & { version: string } }>(`${provider}/:version.json`, async (request, reply) => {
      const { namespace, archives } = await sourceOf(request.params).version(request.params)
      permit(request.caller, 'providers:read', namespace)
      if (!archives) throw versionNotFound(request.params, request.params.version)
      return sendPrepared(request, reply, archives.document, app.changes.staleForMs())
    })
  }

  /** Whoever keeps the providers of that host name. */
  function sourceOf({ hostname }: ProviderPath): typeof published {
    if (own.has(hostname.toLowerCase())) return published
    throw hostnameNotMirrored(hostname)
  }
}
