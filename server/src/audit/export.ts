/** The audit trail as a file, written in batches: what is sent is not kept, however much there is. */
import type { AuditFilter, Fact } from '@cadastre/contract/audit'
import type { Db } from '../foundation/database/database.ts'
import { asFact } from './fact.ts'
import { type FactPlace, listFacts } from './queries.ts'

export type ExportFormat = 'ndjson' | 'csv'

const batchSize = 1_000

/** @param organizationIds whose facts; null: all */
export async function* exportFacts(
  db: Db,
  organizationIds: string[] | null,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  const { head, line } = formats[format]
  let place: FactPlace | undefined
  let before = head
  do {
    const rows = await listFacts(db, organizationIds, filter, place, batchSize)
    yield before + rows.map((row) => line(asFact(row))).join('')
    before = ''
    place = rows.length === batchSize ? rows.at(-1) : undefined
  } while (place)
}

const columns: [head: string, cell: (fact: Fact) => string | null][] = [
  ['id', (fact) => fact.id],
  ['occurred_at', (fact) => fact.occurredAt],
  ['kind', (fact) => fact.kind],
  ['outcome', (fact) => fact.outcome],
  ['caller_kind', ({ caller }) => caller.kind],
  ['caller_id', ({ caller }) => caller.id],
  ['caller_name', ({ caller }) => caller.name],
  ['caller_owner', ({ caller }) => caller.owner],
  ['organization', (fact) => fact.organization],
  ['namespace', (fact) => fact.namespace],
  ['subject', (fact) => fact.subject],
  ['address', (fact) => fact.address],
  ['request_id', (fact) => fact.requestId],
  ['details', (fact) => JSON.stringify(fact.details)],
]

const formats: Record<ExportFormat, { head: string; line: (fact: Fact) => string }> = {
  ndjson: { head: '', line: (fact) => `${JSON.stringify(fact)}\n` },
  csv: {
    head: csvLine(columns.map(([head]) => head)),
    line: (fact) => csvLine(columns.map(([, cell]) => cell(fact) ?? '')),
  },
}

/** RFC 4180. */
function csvLine(cells: string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A spreadsheet takes what begins so for a formula, and would work out what somebody else wrote. */
function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
