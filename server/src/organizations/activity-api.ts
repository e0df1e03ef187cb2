/** What happened lately, to whoever may read it. Who did what, and what was refused, the audit trail tells to auditors. */
import { ActivityEvent, ActivityQuery } from '@cadastre/contract/activity'
import { page } from '@cadastre/contract/paging'
import * as z from 'zod'
import { readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { type EventRow, listEvents } from './activity-queries.ts'

export function activityApi(api: Api, app: App) {
  api.get(
    '/activity',
    {
      schema: {
        summary: 'What was published, deprecated, deleted and restored in namespaces that the caller may read.',
        description: 'Newest first. It goes back as far as the audit trail is kept.',
        tags: ['catalogue'],
        querystring: ActivityQuery,
        response: { 200: page(ActivityEvent) },
      },
    },
    async ({ query, caller }) => {
      const { cursor, limit, ...filter } = query
      const [occurredAtUs, id] = readCursor(cursor, z.string().regex(/^\d{1,18}$/))
      const after = occurredAtUs && id ? { occurredAtUs, id } : undefined
      const readable = {
        module: readableNamespaces(caller, 'modules:read'),
        provider: readableNamespaces(caller, 'providers:read'),
      }
      const found = await listEvents(app.db, readable, filter, after, limit + 1)
      return pageOf(found, limit, asEvent, (row) => [row.occurredAtUs, row.id])
    },
  )
}

function asEvent({ occurredAt, kind, namespace, subject, callerName }: EventRow): z.infer<typeof ActivityEvent> {
  const [type, action] = kind.split('.') as [
    z.infer<typeof ActivityEvent>['type'],
    z.infer<typeof ActivityEvent>['action'],
  ]
  const [address = subject, version = null] = subject.split(' ')
  return { at: occurredAt, action, type, namespace, address, version, by: action === 'published' ? callerName : null }
}
