/** A table of parts: ruled rows, no boxes; on narrow screens each row becomes its name and a line of facts. */
import { useRouterState } from '@tanstack/react-router'
import { type CSSProperties, type ReactNode, useState } from 'react'
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
  /** its share of the width as a track of a grid; where one column has a share the others have one part */
  share?: string
  /** stands below the other cells of its row, over all of the width; only beside shares */
  isBelow?: boolean
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
  const shares = sharesOf(columns)
  const ledTo = useRouterState({ select: ({ location }) => location.hash })
  // Whoever is led to a row comes to its place, which is known when all rows above it are laid out.
  const [isWhole] = useState(() => rows.some((row) => ledTo !== '' && idOf?.(row) === ledTo))
  return (
    <table className={classes(styles.table, shares !== undefined && styles.shared)} style={shares}>
      <caption className={showCaption ? styles.caption : 'visually-hidden'}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={classOf(column)}>
              {column.head}
            </th>
          ))}
        </tr>
      </thead>
      {(isWhole ? [rows] : blocksOf(rows)).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one list keep their places
        <tbody key={index} className={classes(block.length < rows.length && styles.block)}>
          {block.map((row) => (
            <tr
              key={keyOf(row)}
              id={idOf?.(row)}
              className={classes(ledTo !== '' && idOf?.(row) === ledTo && styles.led)}
            >
              {columns.map((column) =>
                column.isName ? (
                  <th key={column.head} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.head} data-head={column.head} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
}

/** Rows that are as wide as they are told are laid out without the others, and those of a long list only when they are seen. */
function sharesOf<Row>(columns: Column<Row>[]): CSSProperties | undefined {
  if (!columns.some(({ share }) => share)) return undefined
  const tracks = columns.filter(({ isBelow }) => !isBelow).map(({ share = '1fr' }) => `minmax(0, ${share})`)
  return { '--shares': tracks.join(' ') } as CSSProperties
}

/** About what a screen has. */
const rowsInBlock = 25

/** A list of more than a few screens is cut, so that those that nobody sees cost nothing. */
function blocksOf<Row>(rows: readonly Row[]): (readonly Row[])[] {
  if (rows.length <= 4 * rowsInBlock) return [rows]
  return Array.from({ length: Math.ceil(rows.length / rowsInBlock) }, (_, index) =>
    rows.slice(index * rowsInBlock, (index + 1) * rowsInBlock),
  )
}

const classOf = <Row,>({ isNumber, isWide, isBelow }: Column<Row>) =>
  classes(isNumber && styles.number, isWide && styles.wide, isBelow && styles.below)

const classes = (...names: (string | false | undefined)[]) => names.filter(Boolean).join(' ') || undefined
