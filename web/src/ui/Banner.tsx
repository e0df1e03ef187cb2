/** Something about the whole page: only when something is wrong, or has to be known first. */
import type { ReactNode } from 'react'
import type { Tone } from './Badge.tsx'
import styles from './Banner.module.css'
import { Icon } from './Icon.tsx'

type Props = { tone?: Exclude<Tone, 'plain'>; title: ReactNode; children?: ReactNode; action?: ReactNode }

export const Banner = ({ tone = 'info', title, children, action }: Props) => (
  <div className={`${styles.banner} ${styles[tone]}`}>
    <Icon name={tone === 'info' ? 'info' : tone === 'good' ? 'check' : 'warning'} />
    <div className={styles.words}>
      <p className={styles.title}>{title}</p>
      {children}
    </div>
    {action}
  </div>
)
