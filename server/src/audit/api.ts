/** Looking through the audit trail, and taking it out as a file. */
import { Readable } from 'node:stream'
import { AuditExportQuery, AuditQuery, Fact } from '@cadastre/contract/audit'
import { page } from '@cadastre/contract/paging'
import * as z from 'zod'
import type { Caller } from '../access/caller.ts'
import { organizationsWith, permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { exportFacts } from './export.ts'
import { asFact } from './fact.ts'
import { listFacts } from './queries.ts'

const tags = ['audit']
const scoped =
  'Needs audit:read: for the platform it shows all facts, in an organization those of it and its namespaces.'
const contentTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8; header=present' }

export function auditApi(api: Api, app: App) {
  api.get(
    '/audit-logs',
    {
      schema: {
        summary: `Facts of the audit trail, newest first. ${scoped}`,
        tags,
        querystring: AuditQuery,
        response: { 200: page(Fact) },
      },
    },
    async ({ query, caller }) => {
      const { cursor, limit, ...filter } = query
      const [occurredAtUs, id] = readCursor(cursor, z.string().regex(/^\d{1,18}$/))
      const after = occurredAtUs && id ? { occurredAtUs, id } : undefined
      const found = await listFacts(app.db, visibleTo(caller), filter, after, limit + 1)
      return pageOf(found, limit, asFact, (row) => [row.occurredAtUs, row.id])
    },
  )

  api.get(
    '/audit-logs/export',
    {
      schema: {
        summary: `The audit trail as a file, newest first: lines of JSON, or CSV. ${scoped}`,
        tags,
        querystring: AuditExportQuery,
        produces: Object.values(contentTypes),
      },
    },
    async ({ query, caller }, reply) => {
      const { format, ...filter } = query
      const batches = exportFacts(app.db, visibleTo(caller), filter, format)
      // What can be refused is refused before the first byte.
      const first = await batches.next()
      const day = new Date(app.clock()).toISOString().slice(0, 10)
      return reply
        .header('content-type', contentTypes[format])
        .header('content-disposition', `attachment; filename="audit-${day}.${format}"`)
        .send(Readable.from(andThen(first.value ?? '', batches)))
    },
  )
}

/** @returns ids of organizations; null: everything @throws unauthenticated, forbidden */
function visibleTo(caller: Caller): string[] | null {
  const organizations = organizationsWith(caller, 'audit:read')
  if (organizations?.length === 0) permitInOrganization(caller, 'audit:read')
  return organizations
}

async function* andThen(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
