/** The ruled band at the head of a sheet: the address, and cells with what belongs to it. */
import type { ReactNode } from 'react'
import styles from './TitleBlock.module.css'

export type Cell = { label: string; value: ReactNode }

type Props = {
  /** wraps at its slashes */
  address: string
  isCode?: boolean
  above?: ReactNode
  /** what it is known by at a glance, before the address */
  mark?: ReactNode
  description?: ReactNode
  /** the one primary action, and what stands beside the address */
  action?: ReactNode
  beside?: ReactNode
  cells?: Cell[]
}

export function TitleBlock({ address, isCode = true, above, mark, description, action, beside, cells = [] }: Props) {
  return (
    <header className={styles.block}>
      {above}
      <div className={styles.head}>
        {mark}
        <h1 className={isCode ? styles.address : undefined} tabIndex={-1}>
          {wrapping(address)}
        </h1>
        {beside}
        {action && <div className={styles.action}>{action}</div>}
      </div>
      {description && <p className={styles.description}>{description}</p>}
      {cells.length > 0 && (
        <dl className={styles.cells}>
          {cells.map(({ label, value }) => (
            <div key={label} className={styles.cell}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </header>
  )
}

/** A long address breaks behind a slash, nowhere else while it can. */
export const wrapping = (address: string) =>
  address.split('/').map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one address keep their places
    <span key={index}>
      {index > 0 && (
        <>
          /<wbr />
        </>
      )}
      {part}
    </span>
  ))
