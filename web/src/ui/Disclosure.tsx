/** Something that opens below its own button: native, so that it works before anything else has loaded. */
import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './Disclosure.module.css'
import { Icon } from './Icon.tsx'

type Props = { id?: string; summary: ReactNode; label: string; isQuiet?: boolean; end?: boolean; children: ReactNode }

export function Disclosure({ id, summary, label, end = false, children }: Props) {
  const details = useRef<HTMLDetailsElement>(null)
  const pathname = useRouterState({ select: ({ location }) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes it
  useEffect(() => {
    if (details.current) details.current.open = false
  }, [pathname])
  return (
    <details
      ref={details}
      id={id}
      className={styles.disclosure}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false
      }}
      onToggle={(event) => {
        if (event.currentTarget.open) event.currentTarget.querySelector('input')?.focus()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return
        event.preventDefault()
        event.currentTarget.open = false
        event.currentTarget.querySelector('summary')?.focus()
      }}
    >
      <summary aria-label={label}>
        {summary}
        <Icon name="down" size={12} />
      </summary>
      <div className={end ? styles.end : styles.start}>{children}</div>
    </details>
  )
}
