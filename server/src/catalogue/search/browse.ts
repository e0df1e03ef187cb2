/** What is found without a word: everything, or what keys leave of it, in an order that was made before. Pure. */
import type { Caller } from '../../access/caller.ts'
import type { Tally } from './facets.ts'
import { wanted } from './filters.ts'
import { excludedBy, step } from './match.ts'
import type { Query } from './query.ts'
import { type BestHits, placeAfter } from './rank.ts'
import { readableIn, readableSpaces } from './readable.ts'
import { countAt, flag, type Segment } from './segment.ts'

/** Offers a page from the cursor on, and no more. @param tally of all that there are @returns how many that is */
export function browse(segments: Segment[], query: Query, caller: Caller, best: BestHits, tally?: Tally): number {
  let count = 0
  for (const segment of segments) {
    const isReadable = readableIn(segment, caller)
    const isWanted = wanted(segment, query, excludedBy(segment, query))
    const isFound = (entry: number) => isWanted(entry) && isReadable(entry)
    offerPage(segment, isFound, best)
    if (isCounted(query) && !tally) count += keptCount(segment, query, caller)
    else count += countOf(segment, isFound, tally?.from(segment))
  }
  return count
}

function offerPage(segment: Segment, isFound: (entry: number) => boolean, best: BestHits): void {
  const order = segment.orders[best.sort]
  const offer = best.from(segment)
  let left = best.count
  for (let at = placeAfter(segment, best.sort, best.after); at < order.length && left > 0; at += 1) {
    const entry = order[at]!
    if (!isFound(entry)) continue
    offer(entry, step.words)
    left -= 1
  }
}

/** What is kept is how many modules and providers there are; whatever else is asked has to be counted. */
const isCounted = ({ filters, excluded }: Query): boolean =>
  excluded.length === 0 && filters.every(({ key }) => key === 'kind')

function keptCount(segment: Segment, { filters }: Query, caller: Caller): number {
  const { spaces, counts } = segment
  const isReadable = readableSpaces(segment, caller)
  let count = 0
  for (const [isProvider, kind] of [
    [0, 'module'],
    [flag.provider, 'provider'],
  ] as const) {
    if (filters.some(({ value, excluded }) => (value === kind) === excluded)) continue
    for (let space = 0; space < spaces.hostOf.length; space += 1) {
      const here = counts[countAt(space, isProvider)]!
      if (here > 0 && isReadable(space, isProvider)) count += here
    }
  }
  return count
}

function countOf({ size }: Segment, isFound: (entry: number) => boolean, counted?: (entry: number) => void): number {
  let count = 0
  for (let entry = 0; entry < size; entry += 1) {
    if (!isFound(entry)) continue
    count += 1
    counted?.(entry)
  }
  return count
}
