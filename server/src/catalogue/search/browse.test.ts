/** Without a word to look for, a page is taken from an order that was made before: what it has is what looking at everything finds. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Caller } from '../../access/caller.ts'
import { browse } from './browse.ts'
import { tally } from './facets.ts'
import { parseQuery } from './query.ts'
import { bestHits, type Hit } from './rank.ts'
import { readableIn } from './readable.ts'
import { segmentOf } from './reading.ts'
import { flag, type SearchRow, type Segment, takeAway } from './segment.ts'
import { type Sort, sorts } from './sorts.ts'

const reader: Caller = {
  kind: 'api-key',
  id: 'x',
  name: 'x',
  grants: [{ organization: 'ours', scopes: ['modules:read', 'providers:read'], namespaces: ['a'] }],
}

test('pages and totals are those of everything that may be seen, in every order', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(anyRow(), { maxLength: 60 }),
      fc.array(anyRow(), { maxLength: 10 }),
      fc.constantFrom(...sorts),
      fc.constantFrom('', 'kind:module', '-kind:module', 'ns:b', 'state:revoked', '-x'),
      async (rows, newer, sort, q) => {
        const segments = [await segmentOf(numbered(rows, 0)), await segmentOf(numbered(newer, rows.length))]
        for (const { kind, id } of numbered(rows, 0).filter((_, at) => at % 4 === 3)) takeAway(segments[0]!, kind, id)
        const query = parseQuery(q)

        const pages: number[][] = []
        let after: Hit | undefined
        do {
          const best = bestHits(sort, 7, after?.standing)
          const count = browse(segments, query, reader, best)
          expect(count).toBe(lookedThrough(segments, q, sort).length)
          pages.push(best.hits().map(idOf))
          after = best.hits().at(-1)
        } while (after)

        expect(pages.flat()).toEqual(lookedThrough(segments, q, sort))

        const counts = tally()
        browse(segments, query, reader, bestHits(sort, 0, undefined), counts)
        for (const { key, values } of counts.facets().filter(({ key }) => ['kind', 'ns', 'verified'].includes(key)))
          expect([key, values.reduce((sum, { count }) => sum + count, 0)]).toEqual([key, pages.flat().length])
      },
    ),
    { numRuns: 150 },
  ))

/** One entry after the other. */
function lookedThrough(segments: Segment[], q: string, sort: Sort): number[] {
  const best = bestHits(sort, 1_000, undefined)
  for (const segment of segments) {
    const isReadable = readableIn(segment, reader)
    const offer = best.from(segment)
    for (let entry = 0; entry < segment.size; entry += 1)
      if (segment.gone[entry] === 0 && isReadable(entry) && isAsked(segment, entry, q)) offer(entry, 6)
  }
  return best.hits().map(idOf)
}

function isAsked({ flags, words, spaces, space }: Segment, entry: number, q: string): boolean {
  const has = (wanted: number) => (flags[entry]! & wanted) !== 0
  if (q === 'state:revoked') return has(flag.revoked)
  if (has(flag.revoked)) return false
  if (q.endsWith('kind:module')) return has(flag.provider) === q.startsWith('-')
  return q !== 'ns:b' || words.text(spaces.nameOf[space[entry]!]!) === 'b'
}

const idOf = ({ segment, entry }: Hit): number => segment.ids[entry]!

const numbered = (rows: Omit<SearchRow, 'id'>[], from: number): SearchRow[] =>
  rows.map((row, at) => ({ ...row, id: from + at + 1 }))

const anyRow = () =>
  fc.record({
    kind: fc.constantFrom('module' as const, 'provider' as const),
    hostname: fc.constantFrom('self', 'registry.example.com'),
    namespace: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('vpc', 'queue'),
    system: fc.constant('aws'),
    description: fc.constant(''),
    origin: fc.constantFrom('published' as const, 'catalogued' as const),
    popularity: fc.option(fc.nat(2)),
    downloads: fc.nat(3),
    updatedAt: fc.option(fc.nat(2)),
    verified: fc.boolean(),
    archived: fc.boolean(),
    isFork: fc.constant(false),
    state: fc.constantFrom('active' as const, 'deprecated' as const, 'revoked' as const, 'hidden' as const),
    terms: fc.constant(null),
    organizationId: fc.constantFrom('ours', 'theirs'),
    visibility: fc.constantFrom('private' as const, 'internal' as const, 'public' as const),
  })
