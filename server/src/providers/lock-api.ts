/** Entries for lock files through our own API: a block to copy, or its parts for programs. */
import { ProviderHostname, ProviderLock, ProviderVersionParams } from '@cadastre/contract/providers'
import * as z from 'zod'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { lockOfVersion, lockText } from './lock.ts'
import { requestedProvider } from './provider.ts'

export function providerLockApi(api: Api, app: App) {
  const ownHost = new URL(app.config.server.base_url).host

  api.get(
    '/providers/:namespace/:type/:version/lock',
    {
      schema: {
        summary: 'What a lock file records of a version, for all of its platforms.',
        description: 'The block as terraform writes it; with Accept: application/json its parts.',
        tags: ['providers'],
        params: ProviderVersionParams,
        querystring: z.object({
          hostname: ProviderHostname.optional().meta({
            description: 'Under which configurations know this registry; the host of its address unless given.',
          }),
        }),
        response: {
          200: {
            description: 'The lock entry.',
            content: { 'application/json': { schema: ProviderLock }, 'text/plain': { schema: z.string() } },
          },
        },
      },
    },
    async ({ params, query, caller, headers }, reply) => {
      const address = requestedProvider(params)
      const lock = await lockOfVersion(app, caller, address, params.version, query.hostname ?? ownHost)
      reply.header('vary', 'accept')
      if (headers.accept?.includes('application/json')) return reply.type('application/json').send(lock)
      return reply.type('text/plain; charset=utf-8').send(lockText(lock))
    },
  )
}
