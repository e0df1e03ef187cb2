/** The order of hits, and where a page ends: all that decides stands in the cursor, so any page can be reached. Pure. */

import { z } from 'zod'
import { cursorOf, readCursor } from '../../foundation/http/cursor.ts'
import { Refusal } from '../../foundation/refusal.ts'
import { step } from './match.ts'
import { flag, type Segment } from './segment.ts'
import { columnsOf, type Sort, sorts } from './sorts.ts'

/** What decides, in turn; greater comes first but for the last two, which make the order the same every time. */
export type Standing = number[]

export type Hit = { segment: Segment; entry: number; step: number; standing: Standing }

export type BestHits = ReturnType<typeof bestHits>

/** The best `count` hits behind `after`, of all that are offered in any order. */
export function bestHits(sort: Sort, count: number, after: Standing | undefined) {
  const hits: Hit[] = []

  /** @returns to be called with each hit in this segment */
  function from(segment: Segment): (entry: number, step: number) => void {
    const compareWith = comparing(segment, sort)
    const columns = columnsOf[sort].map((name) => segment[name])
    const { flags, ids } = segment
    return (entry, at) => {
      const first = firstOf(sort, at)
      if (hits.length === count && compareWith(hits[count - 1]!.standing, entry, first) > 0) return
      if (after && compareWith(after, entry, first) <= 0) return
      const standing = [first, ...columns.map((column) => -column[entry]!), flags[entry]! & flag.provider, ids[entry]!]
      const place = hits.findIndex((hit) => compareStandings(standing, hit.standing) < 0)
      hits.splice(place === -1 ? hits.length : place, 0, { segment, entry, step: at, standing })
      if (hits.length > count) hits.pop()
    }
  }

  return { sort, count, after, from, hits }
}

/** Where in its order of all entries a segment goes on behind `after`. */
export function placeAfter(segment: Segment, sort: Sort, after: Standing | undefined): number {
  if (!after) return 0
  const compareWith = comparing(segment, sort)
  const order = segment.orders[sort]
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareWith(after, order[middle]!, firstOf(sort, step.words)) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

const firstOf = (sort: Sort, at: number): number => (sort === 'relevance' ? at : Number(at >= step.typoOfName))

/** Like `compareStandings`, without making a list of what is mostly out of the question. */
function comparing(segment: Segment, sort: Sort): (standing: Standing, entry: number, first: number) => number {
  const columns = columnsOf[sort].map((name) => segment[name])
  const { flags, ids } = segment
  return (standing, entry, first) => {
    if (first !== standing[0]) return first - standing[0]!
    for (let at = 0; at < columns.length; at += 1) {
      const better = standing[at + 1]! + columns[at]![entry]!
      if (better !== 0) return -better
    }
    return (
      (flags[entry]! & flag.provider) - standing[standingLength - 2]! || ids[entry]! - standing[standingLength - 1]!
    )
  }
}

/** Each number is ascending: what is better is smaller. */
function compareStandings(a: Standing, b: Standing): number {
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return a[at]! - b[at]!
  return 0
}

const standingLength = 7

export const cursorAfter = (sort: Sort, { standing }: Hit): string =>
  cursorOf([String(sorts.indexOf(sort)), ...standing.map(String)])

/** @throws malformed for what was not given out for this order */
export function standingOf(cursor: string | undefined, sort: Sort): Standing | undefined {
  const [of, ...standing] = readCursor(cursor, z.string().regex(/^-?\d{1,20}(\.\d+)?$/)).map(Number)
  if (of === undefined) return undefined
  if (sorts[of] === sort && standing.length === standingLength) return standing
  throw new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor belongs to another order of the hits.',
    'Start again without a cursor.',
  )
}
