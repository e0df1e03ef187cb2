/** Segments from rows, and rows from PostgreSQL: a few hundred at a time, so that requests go on meanwhile. */
import type { Db } from '../../foundation/database/database.ts'
import { pace } from './pace.ts'
import { readRowsAfter } from './row-queries.ts'
import { type SearchRow, type Segment, segmentBuilder } from './segment.ts'

const rowsAtOnce = 250

/** Everything there is. */
export async function readEverything(db: Db): Promise<Segment> {
  const builder = segmentBuilder()
  const step = pace()
  for (const kind of ['module', 'provider'] as const) {
    let rows: SearchRow[] = []
    do {
      rows = await readRowsAfter(db, kind, rows.at(-1)?.id ?? 0, rowsAtOnce)
      for (const row of rows) {
        if (row.state !== 'hidden') builder.add(row)
        await step()
      }
    } while (rows.length === rowsAtOnce)
  }
  return builder.finish(step)
}

export async function segmentOf(rows: SearchRow[]): Promise<Segment> {
  const builder = segmentBuilder()
  const step = pace()
  const inOrder = rows.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.id - b.id)
  for (const row of inOrder) {
    if (row.state !== 'hidden') builder.add(row)
    await step()
  }
  return builder.finish(step)
}
