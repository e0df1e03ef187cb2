/** One module as the public registry's API has it: what goes in and comes out, which versions there are, how often it was downloaded. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { summarizeDownloads } from '../../analytics/queries.ts'
import type { App } from '../../foundation/app.ts'
import { basePathOf, type Http } from '../../foundation/http/http.ts'
import { isInstallable } from '../../modules/answers.ts'
import {
  type ModuleAddress,
  moduleNotFound,
  moduleText,
  requestedModule,
  requestedVersion,
  versionGone,
  versionNotFound,
} from '../../modules/module.ts'
import { permittedNamespace } from './kept.ts'
import { type DescribedModule, findDescribed, findSiblings, listFolders } from './module-queries.ts'
import { detailedModule } from './module-shapes.ts'

type ModulePath = { Params: ModuleAddress }
type VersionPath = { Params: ModuleAddress & { version: string } }

const path = '/v1/modules/:namespace/:name/:system'

export function moduleDetails(http: Http, app: App) {
  const basePath = basePathOf(app.config)

  http.get<ModulePath>(path, async (request, reply) => {
    const address = await readableModule(request, reply)
    return detail(await newestOf(address))
  })

  http.get<VersionPath>(`${path}/:version`, async (request, reply) => {
    const address = await readableModule(request, reply)
    const { text, core } = requestedVersion(request.params.version, address)
    const module = await findDescribed(app.db, address, core)
    if (!module) throw versionNotFound(address, text)
    if (!isInstallable(module)) throw versionGone(address, module.version)
    return detail(module)
  })

  http.get<ModulePath>(`${path}/download`, async (request, reply) => {
    const address = await readableModule(request, reply)
    const { version } = await newestOf(address)
    const place = `${basePath}/v1/modules/${moduleText(address)}/${encodeURIComponent(version)}/download`
    return reply.header('cache-control', 'no-store').redirect(place, 302)
  })

  http.get<ModulePath>('/v2/modules/:namespace/:name/:system/downloads/summary', async (request, reply) => {
    const address = await readableModule(request, reply)
    const module = await newestOf(address)
    const recent = await summarizeDownloads(app.db, { kind: 'module', id: module.id }, new Date(app.clock()))
    const attributes = { ...recent, total: module.downloads }
    return { data: { type: 'module-downloads-summary', id: moduleText(address), attributes } }
  })

  async function readableModule(request: FastifyRequest<ModulePath>, reply: FastifyReply) {
    const address = requestedModule(request.params)
    await permittedNamespace(app, request, reply, 'modules:read', address.namespace)
    return address
  }

  async function newestOf(address: ModuleAddress): Promise<DescribedModule> {
    const module = await findDescribed(app.db, address)
    if (!module) throw moduleNotFound(address)
    return module
  }

  async function detail(module: DescribedModule) {
    const [siblings, folders] = await Promise.all([findSiblings(app.db, module), listFolders(app.db, module.versionId)])
    return detailedModule(module, siblings, folders)
  }
}
