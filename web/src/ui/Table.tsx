/** A table of parts: ruled rows, no boxes; on narrow screens each row becomes a list of its cells. */
import type { ReactNode } from 'react'
import styles from './Table.module.css'

export type Column<Row> = {
  /** says what the cells are, also to who does not see the columns */
  head: string
  cell: (row: Row) => ReactNode
  /** the cell that names its row */
  isName?: boolean
  isNumber?: boolean
  /** takes what is left of the width */
  isWide?: boolean
}

type Props<Row> = {
  caption: string
  columns: Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** an anchor for each row */
  idOf?: (row: Row) => string
  /** shown above it as well */
  showCaption?: boolean
}

export function Table<Row>({ caption, columns, rows, keyOf, idOf, showCaption = false }: Props<Row>) {
  return (
    <table className={styles.table}>
      <caption className={showCaption ? styles.caption : 'visually-hidden'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, isNumber, isWide }) => (
            <th key={head} scope="col" className={classes(isNumber && styles.number, isWide && styles.wide)}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} id={idOf?.(row)}>
            {columns.map(({ head, cell, isName, isNumber }) =>
              isName ? (
                <th key={head} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={head} data-head={head} className={classes(isNumber && styles.number)}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ') || undefined
