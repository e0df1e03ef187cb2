/** How often a provider was downloaded over time. */
import { Downloads, DownloadsQuery } from '@cadastre/contract/downloads'
import { ProviderParams } from '@cadastre/contract/providers'
import { permit } from '../access/permit.ts'
import { downloadsOverTime } from '../analytics/over-time.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { findNamespace } from '../organizations/queries.ts'
import { providerNotFound, providerText, requestedProvider } from './provider.ts'
import { findProvider } from './queries.ts'

export function providerDownloadsApi(api: Api, app: App) {
  api.get(
    '/providers/:namespace/:type/downloads',
    {
      schema: {
        summary: 'How often a provider was downloaded, by day, week or month.',
        description:
          'What is counted are answered look-ups of one platform, in UTC, a second late; those of versions that were deleted stay. Only what is published here is counted, and not what came through the network mirror.',
        tags: ['providers'],
        params: ProviderParams,
        querystring: DownloadsQuery,
        response: { 200: Downloads },
      },
    },
    async ({ params, query, caller }) => {
      const address = requestedProvider(params)
      permit(caller, 'providers:read', await findNamespace(app.db, address.namespace))
      const provider = await findProvider(app.db, address)
      if (!provider) throw providerNotFound(address)
      return downloadsOverTime(app, providerText(address), { kind: 'provider', id: provider.id }, query)
    },
  )
}
