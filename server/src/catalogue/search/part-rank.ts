/** The order of parts: how their names fit, then as their modules are ranked, then by name; all of it is in the cursor. Pure. */
import * as z from 'zod'
import { cursorOf, readCursor } from '../../foundation/http/cursor.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { Segment } from './segment.ts'
import { columnsOf } from './sorts.ts'

export type FoundPart = { segment: Segment; entry: number; word: number; step: number; standing: Standing }

/** What is smaller comes first. */
type Standing = { numbers: number[]; name: string }

export type BestParts = ReturnType<typeof bestParts>

/** The best `count` parts behind `after`, of all that are offered in any order. */
export function bestParts(count: number, after: Standing | undefined) {
  const parts: FoundPart[] = []

  /** @returns to be called with each part in this segment */
  function from(segment: Segment): (entry: number, word: number, step: number) => void {
    const { compareModule, compare } = comparing(segment)
    const { words, orders } = segment
    const places = placesIn(segment)
    let last: FoundPart | undefined
    let placesBefore = 0

    /** Most are out of the question, at the price of two numbers. */
    function isBehindAll(entry: number, step: number): boolean {
      if (parts.length < count) return false
      if (last !== parts[count - 1]) {
        last = parts[count - 1]!
        placesBefore = last.segment === segment ? places[last.entry]! + 1 : placesUpTo(last)
      }
      return step > last!.step || (step === last!.step && places[entry]! >= placesBefore)
    }

    const placesUpTo = ({ standing }: FoundPart) =>
      firstBehind(orders.relevance, (entry) => compareModule(entry, standing))

    return (entry, word, step) => {
      if (isBehindAll(entry, step) || (after && compare(entry, word, step, after) <= 0)) return
      const place = parts.findIndex(({ standing }) => compare(entry, word, step, standing) < 0)
      if (place === -1 && parts.length === count) return
      const standing = standingAt(entry, word, step)
      parts.splice(place === -1 ? parts.length : place, 0, { segment, entry, word, step, standing })
      if (parts.length > count) parts.pop()
    }

    function standingAt(entry: number, word: number, step: number): Standing {
      const columns = columnsOf.relevance.map((name) => -segment[name][entry]!)
      return { numbers: [step, ...columns, segment.ids[entry]!], name: words.text(word) }
    }
  }

  return { from, parts }
}

function comparing(segment: Segment) {
  const columns = columnsOf.relevance.map((name) => segment[name])
  const { ids, words } = segment

  function compareModule(entry: number, { numbers }: Standing): number {
    for (let at = 0; at < columns.length; at += 1) {
      const worse = -columns[at]![entry]! - numbers[at + 1]!
      if (worse !== 0) return worse
    }
    return ids[entry]! - numbers[columns.length + 1]!
  }

  /** Negative when it comes before. */
  const compare = (entry: number, word: number, step: number, standing: Standing): number =>
    step - standing.numbers[0]! || compareModule(entry, standing) || compareTexts(words.text(word), standing.name)

  return { compareModule, compare }
}

/** The first place of an order that comes behind, and not at the same. */
function firstBehind(order: Uint32Array, compare: (entry: number) => number): number {
  let [low, high] = [0, order.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(order[middle]!) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Of each entry its place by relevance. A segment's order never changes, so this is found out once for each. */
const placesBySegment = new WeakMap<Segment, Uint32Array>()

function placesIn(segment: Segment): Uint32Array {
  const before = placesBySegment.get(segment)
  if (before) return before
  const places = new Uint32Array(segment.size)
  for (const [place, entry] of segment.orders.relevance.entries()) places[entry] = place
  placesBySegment.set(segment, places)
  return places
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const numbersInStanding = columnsOf.relevance.length + 2

export const partCursorAfter = ({ standing: { numbers, name } }: FoundPart): string =>
  cursorOf([...numbers.map(String), name])

/** @throws malformed for what was not given out here */
export function partStandingOf(cursor: string | undefined): Standing | undefined {
  const keys = readCursor(cursor, z.string().max(300))
  if (keys.length === 0) return undefined
  const [numbers, name] = [keys.slice(0, -1).map(Number), keys.at(-1)!]
  if (numbers.length === numbersInStanding && numbers.every(Number.isFinite)) return { numbers, name }
  throw new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor belongs to another list.',
    'Start again without a cursor.',
  )
}
