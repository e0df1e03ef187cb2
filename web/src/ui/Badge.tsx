/** A state in one word; its colour never stands alone. */
import type { ReactNode } from 'react'
import styles from './Badge.module.css'

export type Tone = 'plain' | 'good' | 'attention' | 'bad' | 'info'

export const Badge = ({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>
)
