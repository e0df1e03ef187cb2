/** A moment, said twice: how long ago, and when exactly. */
import styles from './Time.module.css'

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `3 weeks ago`, `in 2 days`, `just now` */
export function ago(moment: Date, now = Date.now()): string {
  const seconds = (moment.getTime() - now) / 1000
  const unit = units.find(([, size]) => Math.abs(seconds) >= size)
  return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : 'just now'
}

/** `2026-09-03 10:00 UTC` */
export const exactly = (moment: Date) => `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`

export function Time({ at, both = false }: { at: string; both?: boolean }) {
  const moment = new Date(at)
  return (
    <time dateTime={at} title={exactly(moment)}>
      {ago(moment)}
      {both && (
        <span>
          {' · '}
          <span className={styles.day}>{exactly(moment).slice(0, 10)}</span>
          {exactly(moment).slice(10)}
        </span>
      )}
    </time>
  )
}
