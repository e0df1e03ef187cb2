/** The order of parts: how their names fit, then as their modules are ranked, then by name; all of it is in the cursor. Pure. */
import { z } from 'zod'
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
    const columns = columnsOf.relevance.map((name) => segment[name])
    const { ids, words } = segment

    /** Negative when it comes before; most are out of the question at the first numbers. */
    function compare(entry: number, word: number, step: number, { numbers, name }: Standing): number {
      if (step !== numbers[0]) return step - numbers[0]!
      for (let at = 0; at < columns.length; at += 1) {
        const worse = -columns[at]![entry]! - numbers[at + 1]!
        if (worse !== 0) return worse
      }
      return ids[entry]! - numbers[columns.length + 1]! || compareTexts(words.text(word), name)
    }

    return (entry, word, step) => {
      if (parts.length === count && compare(entry, word, step, parts[count - 1]!.standing) >= 0) return
      if (after && compare(entry, word, step, after) <= 0) return
      const place = parts.findIndex(({ standing }) => compare(entry, word, step, standing) < 0)
      const numbers = [step, ...columns.map((column) => -column[entry]!), ids[entry]!]
      const part = { segment, entry, word, step, standing: { numbers, name: words.text(word) } }
      parts.splice(place === -1 ? parts.length : place, 0, part)
      if (parts.length > count) parts.pop()
    }
  }

  return { from, parts }
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
