/** The best of what is offered are the first of all that is offered, put in order, whatever a page begins behind. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestHits, type Hit } from './rank.ts'
import { segmentOf } from './reading.ts'
import type { SearchRow, Segment } from './segment.ts'
import { columnsOf, type Sort, sorts } from './sorts.ts'

test('pages are cut from everything in order, by how well it fits and then by the columns of the sort', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(offered(), { maxLength: 40 }),
      fc.array(offered(), { maxLength: 8 }),
      fc.constantFrom(...sorts),
      async (older, newer, sort) => {
        const segments = [await segmentOf(rowsOf(older, 1)), await segmentOf(rowsOf(newer, 1_000))]
        const steps = new Map([...older, ...newer].map(({ step }, at) => [idAt(at, older.length), step]))
        const stepAt = (segment: Segment, entry: number) => steps.get(segment.ids[entry]!)!

        const pages: Hit[][] = []
        do {
          const best = bestHits(sort, 5, pages.at(-1)?.at(-1)?.standing)
          for (const segment of segments) {
            const offer = best.from(segment)
            for (let entry = segment.size - 1; entry >= 0; entry -= 1) offer(entry, stepAt(segment, entry))
          }
          pages.push(best.hits())
        } while (pages.at(-1)!.length > 0)

        const found = pages.flat()
        expect(found.map(({ segment, entry }) => segment.ids[entry])).toEqual(inOrder(segments, sort, stepAt))
        for (const { segment, entry, step } of found) expect(step).toBe(stepAt(segment, entry))
      },
    ),
    { numRuns: 200 },
  ))

type Offered = { kind: 'module' | 'provider'; popularity: number | null; downloads: number; step: number }

const offered = (): fc.Arbitrary<Offered> =>
  fc.record({
    kind: fc.constantFrom('module', 'provider'),
    popularity: fc.constantFrom(null, 1, 2),
    downloads: fc.constantFrom(0, 7),
    step: fc.integer({ min: 1, max: 8 }),
  })

const idAt = (at: number, older: number) => (at < older ? 1 + at : 1_000 + at - older)

const rowsOf = (all: Offered[], firstId: number): SearchRow[] =>
  all.map(({ kind, popularity, downloads }, at) => ({
    ...{ kind, popularity, downloads, id: firstId + at },
    ...{ hostname: 'self', namespace: 'a', name: `n${at}`, system: kind === 'module' ? 'aws' : '', description: '' },
    ...{ organizationId: 'ours', visibility: 'public', origin: 'published', updatedAt: at % 3, state: 'active' },
    ...{ verified: false, archived: false, isFork: false, terms: null },
  }))

/** Every entry, put in order by comparing all that decides. */
function inOrder(segments: Segment[], sort: Sort, stepAt: (segment: Segment, entry: number) => number): number[] {
  const all = segments.flatMap((segment) =>
    Array.from({ length: segment.size }, (_, entry) => {
      const step = stepAt(segment, entry)
      const first = sort === 'relevance' ? step : Number(step >= 7)
      const columns = columnsOf[sort].map((name) => -segment[name][entry]!)
      const id = segment.ids[entry]!
      return { id, standing: [first, ...columns, Number(entry >= segment.moduleCount), id] }
    }),
  )
  const compare = (a: number[], b: number[]) => a.map((value, at) => value - b[at]!).find((each) => each !== 0) ?? 0
  return all.sort((a, b) => compare(a.standing, b.standing)).map(({ id }) => id)
}
