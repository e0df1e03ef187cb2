/** The orders that can be asked for, and by which numbers each is decided in turn: the greater comes first. Pure. */
import type { Pace } from './pace.ts'
import { sorted } from './sorted.ts'

export const sorts = ['relevance', 'popularity', 'downloads', 'updated'] as const
export type Sort = (typeof sorts)[number]

type Column = 'grade' | 'popularity' | 'downloads' | 'updatedAt'

export const columnsOf: Record<Sort, Column[]> = {
  relevance: ['grade', 'popularity', 'downloads', 'updatedAt'],
  popularity: ['popularity', 'grade', 'downloads', 'updatedAt'],
  downloads: ['downloads', 'grade', 'popularity', 'updatedAt'],
  updated: ['updatedAt', 'grade', 'popularity', 'downloads'],
}

/** @returns the entries in each order; what is equal in all columns stays as it is */
export async function inEachOrder(
  entries: Record<Column, ArrayLike<number>>,
  size: number,
  pace: Pace,
): Promise<Record<Sort, Uint32Array>> {
  const orders = {} as Record<Sort, Uint32Array>
  for (const sort of sorts) {
    const columns = columnsOf[sort].map((name) => entries[name])
    orders[sort] = await sorted(
      size,
      (a, b) => {
        for (const column of columns) if (column[a] !== column[b]) return column[b]! - column[a]!
        return a - b
      },
      pace,
    )
  }
  return orders
}
