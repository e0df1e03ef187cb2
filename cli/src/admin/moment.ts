/** A moment that has been: `24h` ago, or a time. Pure. */
import { InvalidArgumentError } from 'commander'

const minutesOf: Record<string, number> = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 }

/** @returns ISO 8601 in UTC */
export function moment(text: string, now = Date.now()): string {
  const span = /^(\d{1,6})([mhdw])$/.exec(text)
  const time = span ? now - Number(span[1]) * minutesOf[span[2]!]! * 60_000 : written(text)
  if (Number.isNaN(time) || Number.isNaN(new Date(time).getTime())) {
    throw new InvalidArgumentError('Write a span such as 30m, 24h, 7d or 4w, or a time such as 2030-01-31T12:00:00Z.')
  }
  return new Date(Math.max(0, time)).toISOString()
}

// What Date.parse reads beyond ISO 8601 depends on where it runs.
const written = (text: string) =>
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN
