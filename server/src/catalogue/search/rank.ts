/** The order of hits, and where a page ends: all that decides stands in the cursor, so any page can be reached. Pure. */
import * as z from 'zod'
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
  const best: { segment: Segment; keys: number[] }[] = []

  /** @returns to be called with each hit in this segment */
  function from(segment: Segment): (entry: number, step: number) => void {
    // One number says how well an entry stands in its segment: thousands are offered, and next to all of them are turned away.
    const keys: number[] = []
    best.push({ segment, keys })
    const { size } = segment
    const places = placesIn(segment, sort)
    const behind = after ? stepsPerPlace * (after[0]! * size + placeAfter(segment, sort, after, after[0]!)) : 0
    return (entry, at) => {
      const key = stepsPerPlace * (firstOf(sort, at) * size + places[entry]!) + at
      if (key < behind || (keys.length === count && !(key < keys[count - 1]!))) return
      let place = keys.length < count ? keys.length : count - 1
      for (; place > 0 && keys[place - 1]! > key; place -= 1) keys[place] = keys[place - 1]!
      keys[place] = key
    }
  }

  /** Best first. */
  const hits = (): Hit[] =>
    best
      .flatMap(({ segment, keys }) => keys.map((key) => hitOf(segment, sort, key)))
      .sort((a, b) => compareStandings(a.standing, b.standing))
      .slice(0, count)

  return { sort, count, after, from, hits }
}

/** More than there are steps. */
const stepsPerPlace = 16

function hitOf(segment: Segment, sort: Sort, key: number): Hit {
  const at = key % stepsPerPlace
  const entry = segment.orders[sort][Math.floor(key / stepsPerPlace) % segment.size]!
  const columns = columnsOf[sort].map((name) => -segment[name][entry]!)
  const { flags, ids } = segment
  const standing = [firstOf(sort, at), ...columns, flags[entry]! & flag.provider, ids[entry]!]
  return { segment, entry, step: at, standing }
}

/** Of each entry its place in an order: made when words are first looked for in that order, and the order never changes. */
const placesOfOrder = new WeakMap<Uint32Array, Uint32Array>()

function placesIn({ orders, size }: Segment, sort: Sort): Uint32Array {
  const known = placesOfOrder.get(orders[sort])
  if (known) return known
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place += 1) places[orders[sort][place]!] = place
  placesOfOrder.set(orders[sort], places)
  return places
}

/** Where in its order of all entries a segment goes on behind `after`. @param first what decides before that order */
export function placeAfter(
  segment: Segment,
  sort: Sort,
  after: Standing | undefined,
  first = firstOf(sort, step.words),
): number {
  if (!after) return 0
  const compareWith = comparing(segment, sort)
  const order = segment.orders[sort]
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareWith(after, order[middle]!, first) <= 0) low = middle + 1
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
const standingNumber = z.string().regex(/^-?\d{1,20}(\.\d+)?$/)

export const cursorAfter = (sort: Sort, { standing }: Hit): string =>
  cursorOf([String(sorts.indexOf(sort)), ...standing.map(String)])

/** @throws malformed for what was not given out for this order */
export function standingOf(cursor: string | undefined, sort: Sort): Standing | undefined {
  const [of, ...standing] = readCursor(cursor, standingNumber).map(Number)
  if (of === undefined) return undefined
  if (sorts[of] === sort && standing.length === standingLength) return standing
  throw new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor belongs to another order of the hits.',
    'Start again without a cursor.',
  )
}
