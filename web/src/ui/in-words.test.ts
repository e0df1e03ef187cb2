import { expect, test } from 'vitest'
import { ago, asCount } from './in-words.ts'

const now = Date.parse('2026-11-27T12:00:00Z')

test.each([
  0, 7, 59, 60, 61, 3_599, 3_600, 7_200, 86_399, 86_400, 172_800, 604_800, 1_300_000, 2_629_800, 6e6, 31_557_600, 1e8,
  6.4e10,
])('%d seconds before and after are said as the platform says them', (seconds) => {
  for (const way of [-1, 1]) expect(ago(new Date(now + way * seconds * 1000), now)).toBe(asPlatformSays(way * seconds))
})

function asPlatformSays(seconds: number): string {
  const sizes = { year: 31_557_600, month: 2_629_800, week: 604_800, day: 86_400, hour: 3_600, minute: 60 } as const
  const units = Object.entries(sizes) as [keyof typeof sizes, number][]
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  if (!unit) return 'just now'
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / unit[1]), unit[0])
}

test.each([0, 7, 999, 1_000, 12_345, 999_999, 1_000_000, 20_000_000_000])('%d is grouped by thousands', (count) => {
  expect(asCount(count)).toBe(count.toLocaleString('en'))
})
