/** What opens below the header. A native disclosure: it works before anything floats. */
import { type ReactNode, useEffect, useRef } from 'react'
import { useAt } from '../at.ts'
import styles from './HeaderMenu.module.css'

type Props = { label?: string; shown: ReactNode; look?: string; children: ReactNode }

/** @param label of what opens it, where what is shown says too little */
export function HeaderMenu({ label, shown, look = styles.square, children }: Props) {
  const menu = useRef<HTMLDetailsElement>(null)
  const { pathname } = useAt()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => {
    if (menu.current) menu.current.open = false
  }, [pathname])
  return (
    <details
      ref={menu}
      className={styles.menu}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return
        event.currentTarget.open = false
        event.currentTarget.querySelector('summary')?.focus()
      }}
    >
      <summary aria-label={label} className={look}>
        {shown}
      </summary>
      <div className={styles.list}>{children}</div>
    </details>
  )
}
