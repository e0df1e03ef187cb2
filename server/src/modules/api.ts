/** Modules through our own API: what there is; delete a version, and restore it. */
import { Module, ModuleListQuery, ModuleParams, ModuleVersion, ModuleVersionParams } from '@cadastre/contract/modules'
import { PageQuery, page } from '@cadastre/contract/paging'
import { shownSource } from '@cadastre/contract/version-source'
import { asker } from '../access/asker.ts'
import { may, permit, readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor, readRankedCursor } from '../foundation/http/cursor.ts'
import { findNamespace } from '../organizations/queries.ts'
import { deleteVersion, restoreVersion } from './delete.ts'
import { type ModuleAddress, moduleNotFound, moduleText, requestedModule } from './module.ts'
import { findModule, findModuleId, listModules, listVersions, type ModuleVersionRow } from './queries.ts'

const tags = ['modules']

export function moduleApi(api: Api, app: App) {
  api.get(
    '/modules',
    {
      schema: {
        summary: 'The modules that you may read.',
        tags,
        querystring: ModuleListQuery,
        response: { 200: page(Module) },
      },
    },
    async ({ query, caller }) => {
      const { cursor, limit, sort } = query
      const found = await listModules(app.db, readableNamespaces(caller, 'modules:read'), {
        ...query,
        after: sort === 'address' ? readCursor(cursor) : readRankedCursor(cursor, 3),
        namespace: query.namespace?.toLowerCase(),
        limit: limit + 1,
      })
      return pageOf(found, limit, asModule, ({ rank, namespace, name, system }) => [
        ...(sort === 'address' ? [] : [rank]),
        ...[namespace, name, system],
      ])
    },
  )

  api.get(
    '/modules/:namespace/:name/:system',
    { schema: { summary: 'One module.', tags, params: ModuleParams, response: { 200: Module } } },
    async ({ params, caller }) => {
      const address = requestedModule(params)
      permit(caller, 'modules:read', await findNamespace(app.db, address.namespace))
      const module = await findModule(app.db, address)
      if (!module) throw moduleNotFound(address)
      return asModule(module)
    },
  )

  api.get(
    '/modules/:namespace/:name/:system/versions',
    {
      schema: {
        summary: 'The versions of a module, newest first. Deleted ones are shown to administrators.',
        tags,
        params: ModuleParams,
        querystring: PageQuery,
        response: { 200: page(ModuleVersion) },
      },
    },
    async ({ params, query, caller }) => {
      const address = requestedModule(params)
      const namespace = await findNamespace(app.db, address.namespace)
      permit(caller, 'modules:read', namespace)
      const moduleId = await findModuleId(app.db, address)
      if (!moduleId) throw moduleNotFound(address)
      const [below] = readCursor(query.cursor)
      const deletedToo = may(caller, 'admin', namespace)
      const found = await listVersions(app.db, moduleId, { below, limit: query.limit + 1, deletedToo })
      return pageOf(
        found,
        query.limit,
        (row) => asVersion(address, row),
        (row) => [row.precedence],
      )
    },
  )

  api.delete(
    '/modules/:namespace/:name/:system/:version',
    {
      schema: {
        summary: 'Delete a version: no longer listed, no longer downloadable, restorable for 30 days. Needs admin.',
        tags,
        params: ModuleVersionParams,
        response: { 200: ModuleVersion },
      },
    },
    async (request) => {
      const address = requestedModule(request.params)
      return asVersion(address, await deleteVersion(app, asker(request), address, request.params.version))
    },
  )

  api.post(
    '/modules/:namespace/:name/:system/:version/restore',
    {
      schema: {
        summary: 'Take back the deletion of a version. Needs admin.',
        tags,
        params: ModuleVersionParams,
        response: { 200: ModuleVersion },
      },
    },
    async (request) => {
      const address = requestedModule(request.params)
      return asVersion(address, await restoreVersion(app, asker(request), address, request.params.version))
    },
  )
}

export const asVersion = (address: ModuleAddress, row: ModuleVersionRow): ModuleVersion => ({
  address: moduleText(address),
  version: row.version,
  state: row.state,
  description: row.description,
  source: shownSource(row),
  sha256: row.sha256,
  sizeBytes: row.sizeBytes,
  downloads: row.downloads,
  publishedBy: row.publishedBy,
  publishedAt: row.publishedAt.toISOString(),
  measuredStep: row.measuredStep,
  measuredFrom: row.measuredFrom,
})

type ModuleRow = Awaited<ReturnType<typeof listModules>>[number]

const asModule = (row: Omit<ModuleRow, 'rank'>): Module => ({
  ...row,
  latestPublishedAt: row.latestPublishedAt?.toISOString() ?? null,
  sourceUrl: row.sourceUrl || null,
  address: moduleText(row),
  createdAt: row.createdAt.toISOString(),
})
