/** When a new API key is to end, `90d` from now or a time, and how long an old one stays good. Pure. */
import { InvalidArgumentError } from 'commander'

const hoursOf: Record<string, number> = { h: 1, d: 24, w: 7 * 24 }

/** Of a span alone, such as `24h`. */
export function spanSeconds(text: string): number {
  const span = /^(\d{1,6})([hdw])$/.exec(text)
  if (!span) throw new InvalidArgumentError('Write a span such as 12h, 7d or 2w.')
  return Number(span[1]) * hoursOf[span[2]!]! * 3_600
}

/** @returns ISO 8601 in UTC */
export function expiry(text: string, now = Date.now()): string {
  const span = /^(\d{1,6})([hdw])$/.exec(text)
  const time = span ? now + Number(span[1]) * hoursOf[span[2]!]! * 3_600_000 : written(text)
  if (Number.isNaN(time) || Number.isNaN(new Date(time).getTime())) {
    throw new InvalidArgumentError('Write a span such as 12h, 90d or 8w, or a time such as 2030-01-31T12:00:00Z.')
  }
  if (time <= now) throw new InvalidArgumentError('That lies in the past.')
  return new Date(time).toISOString()
}

// What Date.parse reads beyond ISO 8601 depends on where it runs.
const written = (text: string) =>
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN
