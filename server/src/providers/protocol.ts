/**
 * The provider registry protocol: what `terraform init` and `tofu init` ask of us
 * (https://developer.hashicorp.com/terraform/internals/provider-registry-protocol).
 */
import type { ServerResponse } from 'node:http'
import { may, permit } from '../access/permit.ts'
import type { Downloads } from '../analytics/downloads.ts'
import { between, type FastLane, type HotRequest } from '../auth/fast-lane.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { sendPrepared, writePrepared } from '../foundation/http/prepared.ts'
import { isInstallable, type ProviderDownload, providerAnswers } from './answers.ts'
import { platformNotFound, providerNotFound, versionGone, versionNotFound } from './provider.ts'

type ProviderPath = { Params: { namespace: string; type: string } }
// Only where the route has it: an address without a route is none of the lane's either.
const downloadUrl = /^\/v1\/providers\/([^/]+\/[^/]+\/[^/]+)\/download\/([^/]+\/[^/]+)$/

type DownloadPath = { Params: { namespace: string; type: string; version: string; os: string; arch: string } }

export function providerProtocol(http: Http, lane: FastLane, app: App, downloads: Downloads) {
  const answers = providerAnswers(app)

  const versions = '/v1/providers/:namespace/:type/versions'
  http.get<ProviderPath>(versions, async (request, reply) => {
    const { namespace, document } = await answers.versions(request.params)
    permit(request.caller, 'providers:read', namespace)
    if (!document) throw providerNotFound(request.params)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  })
  lane.offer({
    ...between('/v1/providers/', '/versions'),
    route: versions,
    find: answers.versionsInMemory,
    load(key) {
      const [namespace, type, ...more] = key.split('/')
      return namespace && type && more.length === 0 ? answers.versions({ namespace, type }) : undefined
    },
    answer(request, response, { namespace, document }) {
      if (!document || !namespace || !may(request.caller, 'providers:read', namespace)) return false
      writePrepared(request, response, document, app.changes.staleForMs())
      return true
    },
  })

  const download = '/v1/providers/:namespace/:type/:version/download/:os/:arch'
  http.get<DownloadPath>(download, async (request, reply) => {
    const { namespace, version, platform } = await answers.download(request.params)
    permit(request.caller, 'providers:read', namespace)
    if (!version) throw versionNotFound(request.params, request.params.version)
    if (!isInstallable(version)) throw versionGone(request.params, version.text)
    if (!platform) throw platformNotFound(request.params, version.text, request.params)
    reply.hijack()
    sendDownload({ ...asHot(request), id: request.id }, reply.raw, platform)
    return reply
  })
  lane.offer({
    before: '/v1/providers/',
    keyOf(url) {
      const [, version, platform] = downloadUrl.exec(url) ?? []
      return version && `${version}/${platform}`
    },
    route: download,
    find: answers.downloadInMemory,
    load(key) {
      const [namespace, type, version, os, arch, ...more] = key.split('/')
      if (!namespace || !type || !version || !os || !arch || more.length > 0) return undefined
      return answers.download({ namespace, type, version, os, arch })
    },
    answer(request, response, { namespace, version, platform }) {
      if (!version || !isInstallable(version) || !platform) return false
      if (!namespace || !may(request.caller, 'providers:read', namespace)) return false
      sendDownload(request, response, platform)
      return true
    },
  })

  function sendDownload(
    request: HotRequest,
    response: ServerResponse,
    platform: NonNullable<ProviderDownload['platform']>,
  ) {
    if (request.method === 'GET') downloads.countProvider(platform.id, request.caller, request.headers['user-agent'])
    writePrepared(request, response, platform.document, app.changes.staleForMs())
  }
}

const asHot = (request: { method: string; headers: HotRequest['headers']; caller: HotRequest['caller'] }) => ({
  method: request.method === 'HEAD' ? ('HEAD' as const) : ('GET' as const),
  headers: request.headers,
  caller: request.caller,
})
