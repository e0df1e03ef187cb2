/** The filter of a list on this page, how much of it is left, and what else acts on the list. */
import { type ReactNode, useEffect } from 'react'
import styles from './FilterRow.module.css'
import { announce } from './LiveRegion.tsx'

type Props = {
  id?: string
  label: string
  value: string
  onChange: (value: string) => void
  shown: number
  total: number
  children?: ReactNode
}

const saidAfterMs = 500

export function FilterRow({ id, label, value, onChange, shown, total, children }: Props) {
  useEffect(() => {
    if (!value) return
    const saying = setTimeout(() => announce(`${shown} of ${total} shown`), saidAfterMs)
    return () => clearTimeout(saying)
  }, [value, shown, total])
  return (
    <div className={styles.row}>
      <input
        id={id}
        type="search"
        className={styles.field}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('')
        }}
      />
      <span className={styles.count}>{shown === total ? total : `${shown} of ${total}`}</span>
      {children}
    </div>
  )
}
