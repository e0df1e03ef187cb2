/** Days, weeks and months, and what is refused of ranges. */
import { DownloadsQuery } from '@cadastre/contract/downloads'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Period, rangeOf, startOf } from './periods.ts'

// A Wednesday.
const now = Date.parse('2026-03-04T23:30:00Z')
const asked = (query: Record<string, unknown>) => rangeOf(DownloadsQuery.parse(query), now)
const refused = (query: Record<string, unknown>) => {
  try {
    return asked(query)
  } catch (error) {
    return error
  }
}

test.each([
  ['2026-03-04', 'day', '2026-03-04'],
  ['2026-03-04', 'week', '2026-03-02'],
  ['2026-03-02', 'week', '2026-03-02'],
  ['2026-03-01', 'week', '2026-02-23'],
  ['2026-01-01', 'week', '2025-12-29'],
  ['2026-03-31', 'month', '2026-03-01'],
  ['2024-02-29', 'month', '2024-02-01'],
] as [string, Period, string][])('%s lies in the %s that begins on %s', (day, by, start) => {
  expect(startOf(day, by)).toBe(start)
})

test.each([
  [{}, 30, '2026-02-03', '2026-03-04'],
  [{ by: 'week' }, 26, '2025-09-08', '2026-03-04'],
  [{ by: 'month' }, 12, '2025-04-01', '2026-03-04'],
  [{ from: '2026-03-04' }, 1, '2026-03-04', '2026-03-04'],
  [{ from: '2026-03-01', to: '2026-03-02', by: 'week' }, 2, '2026-02-23', '2026-03-04'],
  [{ from: '2026-01-15', to: '2026-02-10', by: 'month' }, 2, '2026-01-01', '2026-02-28'],
  [{ from: '2025-12-31', to: '2026-01-01', by: 'month' }, 2, '2025-12-01', '2026-01-31'],
  [{ from: '2026-03-01', to: '2030-01-01' }, 4, '2026-03-01', '2026-03-04'],
  [{ to: '2024-03-01', by: 'month' }, 12, '2023-04-01', '2024-03-31'],
  [{ from: '2024-02-28', to: '2024-03-01' }, 3, '2024-02-28', '2024-03-01'],
  [{ from: '2026-03-01', to: '9999-12-31' }, 4, '2026-03-01', '2026-03-04'],
  [{ to: '2000-01-01', by: 'week' }, 26, '1999-07-05', '2000-01-02'],
] as const)('%j is %i whole periods from %s to %s', (query, count, from, to) => {
  const range = asked(query)

  expect([range.periods.length, range.from, range.to]).toEqual([count, from, to])
  expect([range.periods[0], range.periods.every((period) => startOf(period, range.by) === period)]).toEqual([
    from,
    true,
  ])
})

test.each([
  [{ from: '2026-03-05' }, 'time-range-invalid'],
  [{ from: '2026-03-03', to: '2026-03-02' }, 'time-range-invalid'],
  [{ from: '2025-01-01' }, 'time-range-too-long'],
  [{ from: '0001-01-01', by: 'month' }, 'time-range-invalid'],
  [{ from: '1999-12-31', to: '2000-01-01' }, 'time-range-invalid'],
  [{ to: '1999-12-31' }, 'time-range-invalid'],
  [{ from: '2025-03-01', split: 'version', limit: 500 }, 'time-range-too-long'],
])('%j is refused as %s', (query, code) => {
  expect(refused(query)).toMatchObject({ reason: 'invalid', code, hint: expect.stringMatching(/./) })
})

test('periods follow each other without a gap, whatever is asked for', () => {
  const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  const asDay = (date: Date) => date.toISOString().slice(0, 10)
  fc.assert(
    fc.property(day, day, fc.constantFrom<Period[]>('day', 'week', 'month'), (from, to, by) => {
      const range = refused({ from: asDay(from), to: asDay(to), by })
      if (range instanceof Error) return
      const { periods, ...ends } = range as ReturnType<typeof asked>

      for (const [index, period] of periods.entries()) {
        expect(startOf(period, by)).toBe(period)
        if (index === 0) continue
        const before = new Date(Date.parse(period) - 24 * 60 * 60 * 1_000)
        expect(startOf(asDay(before), by)).toBe(periods[index - 1])
      }
      expect(startOf(ends.to, by)).toBe(periods.at(-1))
      expect(periods[0]).toBe(startOf(asDay(from), by))
    }),
  )
})
