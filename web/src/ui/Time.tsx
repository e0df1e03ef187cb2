/** A moment, said twice: how long ago, and when exactly. */
import { ago } from './in-words.ts'
import styles from './Time.module.css'

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
