/** Label, field and what is wrong with it, tied together. */
import type { ReactNode } from 'react'
import styles from './Builder.module.css'
import { idOf } from './entry.ts'
import { type EntryProps, useFields } from './fields.ts'

export type Given = {
  id: string
  className: string | undefined
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  onBlur: () => void
}

export function Labelled({
  path,
  label,
  describedBy,
  field,
  children,
}: Pick<EntryProps, 'path' | 'label' | 'describedBy'> & { field: (given: Given) => ReactNode; children?: ReactNode }) {
  const { problemAt, leave } = useFields()
  const id = idOf(path)
  const wrong = problemAt(path)
  return (
    <div className={styles.entry}>
      <label htmlFor={id}>
        <code>{label}</code>
      </label>
      <div className={styles.controls}>
        {field({
          id,
          className: styles.control,
          'aria-describedby': [describedBy, wrong && `${id}-wrong`].filter(Boolean).join(' ') || undefined,
          'aria-invalid': wrong ? true : undefined,
          onBlur: () => leave(path),
        })}
        {children}
      </div>
      {wrong && (
        <p id={`${id}-wrong`} className={styles.wrong}>
          {wrong}
        </p>
      )}
    </div>
  )
}
