/** The module registry protocol: what `terraform init` and `tofu init` ask of us (protocols.md §4). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { permit } from '../access/permit.ts'
import type { Downloads } from '../analytics/downloads.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { sendPrepared } from '../foundation/http/prepared.ts'
import { type DownloadAnswer, moduleAnswers } from './answers.ts'
import type { VersionsDocument } from './documents.ts'
import { moduleNotFound, versionGone, versionNotFound } from './module.ts'

type ModulePath = { Params: { namespace: string; name: string; system: string } }
type VersionPath = { Params: { namespace: string; name: string; system: string; version: string } }

export function moduleProtocol(http: Http, app: App, downloads: Downloads) {
  const answers = moduleAnswers(app)

  http.get<ModulePath>('/v1/modules/:namespace/:name/:system/versions', (request, reply) => {
    const kept = answers.versionsInMemory(request.params)
    if (kept) return sendVersions(request, reply, kept)
    return answers.versions(request.params).then((found) => sendVersions(request, reply, found))
  })

  http.get<VersionPath>('/v1/modules/:namespace/:name/:system/:version/download', (request, reply) => {
    const kept = answers.downloadInMemory(request.params)
    if (kept) return sendDownload(request, reply, kept)
    return answers.download(request.params).then((found) => sendDownload(request, reply, found))
  })

  function sendVersions(
    request: FastifyRequest<ModulePath>,
    reply: FastifyReply,
    { namespace, document }: VersionsDocument,
  ) {
    permit(request.caller, 'modules:read', namespace)
    if (!document) throw moduleNotFound(request.params)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  }

  /** 204 and the header satisfy every client; the link needs no token, since none is sent with it. */
  function sendDownload(request: FastifyRequest<VersionPath>, reply: FastifyReply, answer: DownloadAnswer) {
    permit(request.caller, 'modules:read', answer.namespace)
    const { version } = answer
    if (!version) throw versionNotFound(request.params, request.params.version)
    if (version.state === 'deleted' || version.state === 'revoked') throw versionGone(request.params, version.text)
    if (request.method === 'GET') downloads.count(version.id, request.caller, request.headers['user-agent'])
    const headers = ['x-terraform-get', answer.link, 'cache-control', 'no-store', 'x-request-id', request.id]
    const staleMs = app.changes.staleForMs()
    if (staleMs > 0) headers.push('x-cadastre-stale', String(Math.ceil(staleMs / 1000)))
    reply.hijack()
    reply.raw.writeHead(204, headers)
    reply.raw.end()
    return reply
  }
}
