/**
 * The registry protocols on behalf of other registries, straight from the catalogue: a `host` block in the CLI configuration
 * makes this registry the one that is asked for their modules and providers. The archives come from where they lie; what a
 * source does not tell of that, its registry is asked for by the client.
 */
import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { may, permit } from '../access/permit.ts'
import type { FastLane, HotRequest } from '../auth/fast-lane.ts'
import type { App } from '../foundation/app.ts'
import type { Http } from '../foundation/http/http.ts'
import { sendPrepared, writePrepared } from '../foundation/http/prepared.ts'
import { moduleNotFound, versionNotFound as noModuleVersion } from '../modules/module.ts'
import {
  versionNotFound as noProviderVersion,
  platformNotFound,
  providerNotFound,
  requestedVersion as providerVersion,
} from '../providers/provider.ts'
import {
  type ModulePath,
  type ProviderPath,
  type UpstreamAddress,
  upstreamModule,
  upstreamModuleVersion,
  upstreamProvider,
} from './upstream-address.ts'
import { upstreamAnswers } from './upstream-answers.ts'

type PackagePath = ProviderPath & { version: string; os: string; arch: string }

const modules = '/v1/upstream/:hostname/modules/:namespace/:name/:system'
const providers = '/v1/upstream/:hostname/providers/:namespace/:type'

export function upstreamProtocol(http: Http, lane: FastLane, app: App) {
  const answers = upstreamAnswers(app)

  http.get<{ Params: ModulePath }>(`${modules}/versions`, async (request, reply) => {
    const address = upstreamModule(request.params)
    const { namespace, document } = await answers.versions(address)
    permit(request.caller, 'modules:read', namespace)
    if (!document) throw moduleNotFound(address)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  })
  offerVersions(`${modules}/versions`, 'modules:read', keyed('[^/]+/modules/[^/]+/[^/]+/[^/]+', '/versions'))

  http.get<{ Params: ProviderPath }>(`${providers}/versions`, async (request, reply) => {
    const address = upstreamProvider(request.params)
    const { namespace, document } = await answers.versions(address)
    permit(request.caller, 'providers:read', namespace)
    if (!document) throw providerNotFound(address)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  })
  offerVersions(`${providers}/versions`, 'providers:read', keyed('[^/]+/providers/[^/]+/[^/]+', '/versions'))

  function offerVersions(route: string, scope: 'modules:read' | 'providers:read', addresses: Keyed) {
    lane.offer({
      ...addresses,
      route,
      find: answers.versionsInMemory,
      load: async (key) => answers.versions(addressIn(key)),
      answer(request, response, { namespace, document }) {
        if (!document || !namespace || !may(request.caller, scope, namespace)) return false
        writePrepared(request, response, document, app.changes.staleForMs())
        return true
      },
    })
  }

  http.get<{ Params: ModulePath & { version: string } }>(`${modules}/:version/download`, async (request, reply) => {
    const address = upstreamModule(request.params)
    const asked = request.params.version
    const core = upstreamModuleVersion(asked, address)
    const { namespace, version, location, elsewhere } = await answers.module(address, core)
    permit(request.caller, 'modules:read', namespace)
    if (version === undefined) throw noModuleVersion(address, asked)
    if (elsewhere !== '') return leadElsewhere(reply, elsewhere)
    reply.hijack()
    sendLocation(request, reply.raw, location)
    return reply
  })
  lane.offer({
    ...keyed('[^/]+/modules/[^/]+/[^/]+/[^/]+/[^/]+', '/download'),
    route: `${modules}/:version/download`,
    find: answers.moduleInMemory,
    async load(key) {
      const [hostname, , namespace, name, system, version] = partsOf(key)
      const address = upstreamModule({ hostname, namespace, name, system })
      return answers.module(address, upstreamModuleVersion(version, address))
    },
    answer(request, response, { namespace, location }) {
      if (location === '' || !namespace || !may(request.caller, 'modules:read', namespace)) return false
      sendLocation(request, response, location)
      return true
    },
  })

  http.get<{ Params: PackagePath }>(`${providers}/:version/download/:os/:arch`, async (request, reply) => {
    const { version: asked } = request.params
    const wanted = packageAt(request.params)
    const { namespace, version, document, elsewhere } = await answers.package(wanted)
    permit(request.caller, 'providers:read', namespace)
    if (version === undefined) throw noProviderVersion(wanted, asked)
    if (elsewhere !== '') return leadElsewhere(reply, elsewhere)
    if (!document) throw platformNotFound(wanted, version, wanted)
    return sendPrepared(request, reply, document, app.changes.staleForMs())
  })
  lane.offer({
    before,
    keyOf(url) {
      const [, version, platform] = packageUrl.exec(url) ?? []
      return version && `${version}/${platform}`
    },
    route: `${providers}/:version/download/:os/:arch`,
    find: answers.packageInMemory,
    async load(key) {
      const [hostname, , namespace, type, version, os, arch] = partsOf(key)
      return answers.package(packageAt({ hostname, namespace, type, version, os, arch }))
    },
    answer(request, response, { namespace, document }) {
      if (!document || !namespace || !may(request.caller, 'providers:read', namespace)) return false
      writePrepared(request, response, document, app.changes.staleForMs())
      return true
    },
  })

  /** Not counted: what a registry counts is what it hands out. */
  function sendLocation({ id }: Pick<HotRequest, 'id'>, response: ServerResponse, location: string) {
    const headers = ['x-terraform-get', location, 'cache-control', 'no-store', 'x-request-id', id]
    const staleMs = app.changes.staleForMs()
    if (staleMs > 0) headers.push('x-cadastre-stale', String(Math.ceil(staleMs / 1000)))
    response.writeHead(204, headers)
    response.end()
  }
}

/** To the registry itself; clients take no token to another host. */
const leadElsewhere = (reply: FastifyReply, url: string) => reply.header('cache-control', 'no-store').redirect(url, 302)

const before = '/v1/upstream/'
const packageUrl = /^\/v1\/upstream\/([^/]+\/providers\/[^/]+\/[^/]+\/[^/]+)\/download\/([^/]+\/[^/]+)$/

type Keyed = { before: string; keyOf(url: string): string | undefined }

/** Only what has a route: an address without one is none of a lane's either. */
function keyed(key: string, after: string): Keyed {
  const address = new RegExp(`^${before}(${key})${after}$`)
  return { before, keyOf: (url) => address.exec(url)?.[1] }
}

// Of a key that a lane has taken out of an address, so the parts are there.
const partsOf = (key: string) => key.split('/') as [string, string, string, string, string, string, string]

function addressIn(key: string): UpstreamAddress {
  const [hostname, kind, namespace, name, system] = partsOf(key)
  return kind === 'modules'
    ? upstreamModule({ hostname, namespace, name, system })
    : upstreamProvider({ hostname, namespace, type: name })
}

function packageAt({ version, os, arch, ...path }: PackagePath) {
  const address = upstreamProvider(path)
  // A version has many spellings, and one answer: whoever makes them up shall not push others out.
  const { core } = providerVersion(version, address)
  return { ...address, core, os: os.toLowerCase(), arch: arch.toLowerCase() }
}
