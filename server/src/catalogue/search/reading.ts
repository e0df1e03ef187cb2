/** Segments from rows, and rows from PostgreSQL as they come: nothing of them is kept, and requests go on meanwhile. */
import type { App } from '../../foundation/app.ts'
import { pace } from './pace.ts'
import { allRows, rowOf } from './row-queries.ts'
import type { SearchRow, Segment } from './segment.ts'
import { segmentBuilder } from './segment-builder.ts'

/** Everything there is. */
export async function readEverything(app: Pick<App, 'db' | 'ownConnection'>): Promise<Segment> {
  const builder = segmentBuilder({ isLarge: true })
  const step = pace()
  const own = await app.ownConnection('search')
  try {
    for (const kind of ['module', 'provider'] as const)
      for await (const rows of allRows(app.db, own, kind))
        for (const values of rows) {
          const row = rowOf(values)
          if (row.state !== 'hidden') builder.add(row)
          const rest = step()
          if (rest) await rest
        }
  } finally {
    await own.close()
  }
  return builder.finish(step)
}

export async function segmentOf(rows: SearchRow[]): Promise<Segment> {
  const builder = segmentBuilder()
  const step = pace()
  const inOrder = rows.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.id - b.id)
  for (const row of inOrder) {
    if (row.state !== 'hidden') builder.add(row)
    const rest = step()
    if (rest) await rest
  }
  return builder.finish(step)
}
