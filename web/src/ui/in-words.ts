/**
 * Counts and ages in English. `Intl` says the same words, but the first time that a page asks it, it takes longer than
 * all else that our code does before the first paint.
 */

/** `1,234,567` */
export const asCount = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')

const units: [name: string, seconds: number, before?: string, after?: string][] = [
  ['year', 31_557_600, 'last year', 'next year'],
  ['month', 2_629_800, 'last month', 'next month'],
  ['week', 604_800, 'last week', 'next week'],
  ['day', 86_400, 'yesterday', 'tomorrow'],
  ['hour', 3_600],
  ['minute', 60],
]

/** `3 weeks ago`, `in 2 days`, `yesterday`, `just now` */
export function ago(moment: Date, now = Date.now()): string {
  const seconds = (moment.getTime() - now) / 1000
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  if (!unit) return 'just now'
  const [name, size, before, after] = unit
  const amount = Math.trunc(Math.abs(seconds) / size)
  const word = amount === 1 ? (seconds < 0 ? before : after) : undefined
  const length = `${asCount(amount)} ${name}${amount === 1 ? '' : 's'}`
  return word ?? (seconds < 0 ? `${length} ago` : `in ${length}`)
}
