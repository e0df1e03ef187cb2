/** How often a module was downloaded over time. */
import { Downloads, DownloadsQuery } from '@cadastre/contract/downloads'
import { ModuleParams } from '@cadastre/contract/modules'
import { permit } from '../access/permit.ts'
import { downloadsOverTime } from '../analytics/over-time.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { findNamespace } from '../organizations/queries.ts'
import { moduleNotFound, moduleText, requestedModule } from './module.ts'
import { findModule } from './queries.ts'

export function moduleDownloadsApi(api: Api, app: App) {
  api.get(
    '/modules/:namespace/:name/:system/downloads',
    {
      schema: {
        summary: 'How often a module was downloaded, by day, week or month.',
        description:
          'What is counted are answered look-ups of clients, in UTC, a second late; those of versions that were deleted stay. Only what is published here is counted.',
        tags: ['modules'],
        params: ModuleParams,
        querystring: DownloadsQuery,
        response: { 200: Downloads },
      },
    },
    async ({ params, query, caller }) => {
      const address = requestedModule(params)
      permit(caller, 'modules:read', await findNamespace(app.db, address.namespace))
      const module = await findModule(app.db, address)
      if (!module) throw moduleNotFound(address)
      return downloadsOverTime(app, moduleText(address), { kind: 'module', id: module.id }, query)
    },
  )
}
