/** What may stand behind the question mark: anything is read or refused, and what is written leads where it says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../foundation/refusal.ts'
import { askedText, filterText, listMeta, Paging, readAsked, yesOrNo } from './asked.ts'

const Asked = Paging.extend({ q: askedText, provider: filterText, verified: yesOrNo.default(false) })

const written = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer().map(String),
  fc.constantFrom('', '0', '15', 'true', 'F'),
)
const query = fc.dictionary(
  fc.oneof(fc.constantFrom('limit', 'offset', 'q', 'provider', 'verified', '__proto__'), fc.string()),
  fc.oneof(written, fc.array(written)),
)

test('whatever is asked is read within its limits, or refused as malformed', () => {
  fc.assert(
    fc.property(query, (asked) => {
      try {
        const { limit, offset, q } = readAsked(Asked, asked)
        expect([limit >= 1 && limit <= 100, offset >= 0 && offset < 1e9, q.length <= 300]).toEqual([true, true, true])
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
        expect((error as Refusal).reason).toBe('malformed')
      }
    }),
    { numRuns: 2000 },
  )
})

test('the addresses of other pages ask for them, with the same filters', () => {
  const page = fc.record({
    limit: fc.integer({ min: 1, max: 100 }),
    offset: fc.nat(999_999),
    q: fc.string({ minLength: 1 }),
  })
  fc.assert(
    fc.property(page, fc.boolean(), ({ q, ...at }, hasMore) => {
      const meta = listMeta(at, '/v1/modules/search', { q, provider: undefined, verified: hasMore }, hasMore)

      const readBack = (url: string) => readAsked(Asked, Object.fromEntries(new URL(url, 'http://x').searchParams))
      const same = { limit: at.limit, q, provider: undefined, verified: hasMore }
      expect([meta.next_url !== undefined, meta.prev_url !== undefined]).toEqual([hasMore, at.offset > 0])
      if (meta.next_url) expect(readBack(meta.next_url)).toEqual({ ...same, offset: meta.next_offset })
      if (meta.prev_url) expect(readBack(meta.prev_url)).toEqual({ ...same, offset: meta.prev_offset })
    }),
  )
})
