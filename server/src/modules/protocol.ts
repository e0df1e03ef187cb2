/**
 * The module registry protocol: what `terraform init` and `tofu init` ask of us
 * (https://developer.hashicorp.com/terraform/internals/module-registry-protocol).
 */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Caller } from '../access/caller.ts'
import { may, permit } from '../access/permit.ts'
import type { Downloads } from '../analytics/downloads.ts'
import { between, type FastLane } from '../auth/fast-lane.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { sendPrepared, writePrepared } from '../foundation/http/prepared.ts'
import { isInstallable, moduleAnswers } from './answers.ts'
import { moduleNotFound, versionGone, versionNotFound } from './module.ts'

type ModulePath = { Params: { namespace: string; name: string; system: string } }
type VersionPath = { Params: { namespace: string; name: string; system: string; version: string } }

export function moduleProtocol(http: Http, lane: FastLane, app: App, downloads: Downloads) {
  const answers = moduleAnswers(app)

  const versions = '/v1/modules/:namespace/:name/:system/versions'
  http.get<ModulePath>(versions, async (request, reply) => {
    const { namespace, document } = await answers.versions(request.params)
    permit(request.caller, 'modules:read', namespace)
    if (!document) throw moduleNotFound(request.params)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  })
  lane.offer({
    ...between('/v1/modules/', '/versions'),
    route: versions,
    find: answers.versionsInMemory,
    load(key) {
      const [namespace, name, system, ...more] = key.split('/')
      return namespace && name && system && more.length === 0
        ? answers.versions({ namespace, name, system })
        : undefined
    },
    answer(request, response, { namespace, document }) {
      if (!document || !namespace || !may(request.caller, 'modules:read', namespace)) return false
      writePrepared(request, response, document, app.changes.staleForMs())
      return true
    },
  })

  const download = '/v1/modules/:namespace/:name/:system/:version/download'
  http.get<VersionPath>(download, async (request, reply) => {
    const { namespace, version, link } = await answers.download(request.params)
    permit(request.caller, 'modules:read', namespace)
    if (!version) throw versionNotFound(request.params, request.params.version)
    if (!isInstallable(version)) throw versionGone(request.params, version.text)
    reply.hijack()
    sendLink(request, reply.raw, version.id, link)
    return reply
  })
  lane.offer({
    ...between('/v1/modules/', '/download'),
    route: download,
    find: answers.downloadInMemory,
    load(key) {
      const [namespace, name, system, version, ...more] = key.split('/')
      if (!namespace || !name || !system || !version || more.length > 0) return undefined
      return answers.download({ namespace, name, system, version })
    },
    answer(request, response, { namespace, version, link }) {
      if (!version || !isInstallable(version)) return false
      if (!namespace || !may(request.caller, 'modules:read', namespace)) return false
      sendLink(request, response, version.id, link)
      return true
    },
  })

  /** 204 and the header satisfy every client; the link needs no token, since none is sent with it. */
  function sendLink(request: LinkRequest, response: ServerResponse, versionId: string, link: string) {
    if (request.method === 'GET') downloads.countModule(versionId, request.caller, request.headers['user-agent'])
    const headers = ['x-terraform-get', link, 'cache-control', 'no-store', 'x-request-id', request.id]
    const staleMs = app.changes.staleForMs()
    if (staleMs > 0) headers.push('x-cadastre-stale', String(Math.ceil(staleMs / 1000)))
    response.writeHead(204, headers)
    response.end()
  }
}

type LinkRequest = { id: string; method: string; headers: IncomingHttpHeaders; caller: Caller }
