/** Looking after the stores through the API: for administrators of the platform. */
import { Readable } from 'node:stream'
import { StorageChecks, StorageMove } from '@cadastre/contract/storage'
import * as z from 'zod'
import { permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { Refusal } from '../foundation/refusal.ts'
import { checkStores } from './storage-check.ts'
import { moveObjects } from './storage-move.ts'

const tags = ['storage']

export function storageApi(api: Api, app: App) {
  api.post(
    '/storage/check',
    {
      schema: {
        summary: 'Try every store that the settings name: write, read, list, link, delete. Needs admin.',
        tags,
        response: { 200: StorageChecks },
      },
    },
    async ({ caller }) => {
      permitInOrganization(caller, 'admin')
      return { items: await checkStores(app) }
    },
  )

  api.post(
    '/storage/move',
    {
      schema: {
        summary: 'Move every archive into one store, while everything is served. Needs admin.',
        description:
          'Answers with a line of JSON per archive as it goes (`application/x-ndjson`): begin, copying, moved, failed, end. Ends when the connection does; asked again, it goes on with what is left.',
        tags,
        body: StorageMove,
        produces: ['application/x-ndjson'],
        response: { 200: z.unknown() },
      },
    },
    async ({ caller, body, log }, reply) => {
      permitInOrganization(caller, 'admin')
      if (!app.storages.configured.includes(body.to)) throw notConfigured(body.to)
      // Refused here and not in the middle of an answer.
      await app.storages.at(body.to)
      const lines = Readable.from(asLines(moveObjects(app, body.to)))
      lines.on('error', (error) => log.error({ error: error.message }, 'moving archives ended early'))
      return reply.header('content-type', 'application/x-ndjson').send(lines)
    },
  )
}

async function* asLines(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`
}

const notConfigured = (backend: string) =>
  new Refusal(
    'invalid',
    'storage-not-configured',
    `The settings of this registry say nothing of a storage in ${backend}.`,
    `Fill in storage.${backend}, start the registry again, and move then.`,
  )
