/** Days, weeks and months in UTC, and the range of them that is asked for. Pure. */
import { type DownloadsQuery, maxNumbers, maxPeriods } from '@cadastre/contract/downloads'
import { Refusal } from '../foundation/refusal.ts'

export type Period = DownloadsQuery['by']

/** Days as text, e.g. `2026-09-03`, which sorts as they follow each other. */
export type Range = { by: Period; from: string; to: string; periods: string[] }

const dayMs = 24 * 60 * 60 * 1_000
/** No registry is as old; years of fewer digits are none that every part of this can write. */
const firstDay = '2000-01-01'
const defaultPeriods: Record<Period, number> = { day: 30, week: 26, month: 12 }
const words: Record<Period, string> = { day: 'days', week: 'weeks', month: 'months' }

/**
 * Whole periods from that of `from` to that of `to`; the last one may not be over.
 * @param now in milliseconds; nothing after it is told
 * @throws Refusal for a range that is turned round, lies ahead, is long past or is too long
 */
export function rangeOf({ by, from, to, split, limit }: DownloadsQuery, now: number): Range {
  const today = dayOf(new Date(now))
  const early = [from, to].find((day) => day !== undefined && day < firstDay)
  if (early) throw rangeInvalid(`${early} comes before ${firstDay}, and nothing was counted then`)
  const last = to === undefined || to > today ? today : to
  const first = from === undefined ? periodBefore(last, by, defaultPeriods[by] - 1) : startOf(from, by)
  if (from !== undefined && from > today) throw rangeInvalid(`${from} lies ahead of today, ${today} in UTC`)
  if (from !== undefined && from > last) throw rangeInvalid(`${from} comes after ${last}`)
  const count = periodsBetween(first, last, by)
  if (count > maxPeriods) throw tooLong(`${count.toLocaleString('en')} ${words[by]}`, `${maxPeriods} periods`)
  const numbers = split === 'none' ? 0 : count * limit
  if (numbers > maxNumbers) {
    throw tooLong(`${limit} series of ${count} ${words[by]}`, `${maxNumbers.toLocaleString('en')} numbers`)
  }
  const periods = Array.from({ length: count }, (_, index) => periodAfter(first, by, index))
  const end = dayOf(new Date(Date.parse(periodAfter(first, by, count)) - dayMs))
  const isOver = end < today
  return { by, from: first, to: isOver ? end : today, periods }
}

/** The first day of the period that a day lies in. */
export function startOf(day: string, by: Period): string {
  if (by === 'day') return day
  if (by === 'month') return `${day.slice(0, 7)}-01`
  const date = new Date(day)
  // Sunday is 0, and the last of its week.
  return dayOf(new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs))
}

const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** @param start the first day of a period */
function periodAfter(start: string, by: Period, steps: number): string {
  const date = new Date(start)
  if (by === 'month') date.setUTCMonth(date.getUTCMonth() + steps)
  else date.setUTCDate(date.getUTCDate() + steps * (by === 'week' ? 7 : 1))
  return dayOf(date)
}

const periodBefore = (day: string, by: Period, steps: number) => periodAfter(startOf(day, by), by, -steps)

function periodsBetween(first: string, last: string, by: Period): number {
  const [from, to] = [new Date(first), new Date(startOf(last, by))]
  if (by === 'month')
    return (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth() + 1
  return Math.round((to.getTime() - from.getTime()) / dayMs / (by === 'week' ? 7 : 1)) + 1
}

const rangeInvalid = (what: string) =>
  new Refusal(
    'invalid',
    'time-range-invalid',
    `There is no such time: ${what}.`,
    `Give a from that is not after to, nor after today, and neither of them before ${firstDay}.`,
  )

const tooLong = (what: string, most: string) =>
  new Refusal(
    'invalid',
    'time-range-too-long',
    `${what} are more than the ${most} that one answer has.`,
    'Ask for a shorter time, for longer periods (by=week, by=month) or for fewer series (limit).',
  )
