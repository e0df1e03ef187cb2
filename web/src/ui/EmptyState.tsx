/** Nothing is here: why, and what fills it. Three kinds that are never mixed: nothing yet, filtered out, not allowed. */
import type { ReactNode } from 'react'
import { CommandStrip } from './CommandStrip.tsx'
import styles from './EmptyState.module.css'

type Props = { title: ReactNode; children?: ReactNode; command?: string; action?: ReactNode }

export const EmptyState = ({ title, children, command, action }: Props) => (
  <div className={styles.empty}>
    <p className={styles.title}>{title}</p>
    {children && <div className={styles.words}>{children}</div>}
    {command && <CommandStrip text={command} />}
    {action}
  </div>
)
