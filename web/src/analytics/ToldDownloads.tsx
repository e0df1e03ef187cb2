/** Downloads as a drawing with its legend, and as a table of the same numbers. */
import { useState } from 'react'
import { Download } from '../ui/Download.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { asCount } from '../ui/in-words.ts'
import { Table } from '../ui/Table.tsx'
import { exactly } from '../ui/Time.tsx'
import styles from './Downloads.module.css'
import { Profile } from './Profile.tsx'
import { asCsv, downloadsOf, type Line, linesOf, periodName, publishedIn, type Told } from './words.ts'

export function ToldDownloads({ told }: { told: Told }) {
  if (told.total === 0) {
    return (
      <EmptyState title="No downloads in this time">
        {`Nobody downloaded it from ${told.from} to ${told.to}. A download appears here a second after it was made.`}
      </EmptyState>
    )
  }
  return (
    <>
      <Drawing told={told} />
      <Numbers told={told} />
    </>
  )
}

function Drawing({ told }: { told: Told }) {
  const [at, setAt] = useState<number>()
  const lines = linesOf(told)
  const published = publishedIn(told)
  // While another answer comes in, the one before may have had more periods.
  const shown = at !== undefined && at < told.periods.length ? at : undefined
  const words = wordsAt(told, lines, published, shown)
  const last = told.periods.length - 1
  return (
    <figure className={styles.figure} aria-label="Downloads over time">
      <p className={styles.time}>{words.head}</p>
      <ul className={styles.legend}>
        {lines.map(({ name, total, downloads }, index) => (
          <li key={name}>
            <Key index={index} />
            {name} <span className={styles.count}>{asCount(shown === undefined ? total : downloads[shown]!)}</span>
          </li>
        ))}
      </ul>
      <div className={styles.drawing}>
        <Profile told={told} lines={lines} published={published} at={shown} onAt={setAt} />
        <input
          type="range"
          className={styles.slider}
          aria-label="Downloads: move along the time"
          aria-valuetext={words.spoken}
          min={0}
          max={last}
          value={shown ?? last}
          onFocus={() => setAt(shown ?? last)}
          onChange={({ target }) => setAt(Number(target.value))}
        />
      </div>
    </figure>
  )
}

/** Of one period, or of all the time that is drawn. */
function wordsAt(told: Told, lines: Line[], published: string[][], at: number | undefined) {
  if (at === undefined) {
    const head = `${downloadsOf(told.total)} from ${told.from} to ${told.to}, UTC`
    return { head, spoken: head }
  }
  const parts = [`${periodName(told.periods[at]!, told.by)}: ${downloadsOf(told.downloads[at]!)}`]
  if (published[at]!.length > 0) parts.push(`published ${published[at]!.join(', ')}`)
  const each = lines.length > 1 ? lines.map(({ name, downloads }) => `${name} ${asCount(downloads[at]!)}`) : []
  return { head: parts.join(' · '), spoken: [...parts, ...each].join('; ') }
}

/** A piece of the line as it is drawn. */
const Key = ({ index }: { index: number }) => (
  <span className={`${styles.key} ${styles[`line${index}`]}`} data-line={index}>
    <svg aria-hidden="true" width="24" height="8" viewBox="0 0 24 8">
      <path d="M0 4H24" />
    </svg>
  </span>
)

type Row = { start: string; name: string; counts: number[]; all: number; published: string }

function Numbers({ told }: { told: Told }) {
  const lines = linesOf(told)
  const published = publishedIn(told)
  const rows = told.periods.map((start, index): Row => {
    const counts = lines.map(({ downloads }) => downloads[index]!)
    const name = periodName(start, told.by)
    return { start, name, counts, all: told.downloads[index]!, published: published[index]!.join(', ') }
  })
  const isSplit = lines.length > 1
  return (
    <details className={styles.numbers}>
      <summary>The numbers as a table</summary>
      <Table
        caption={`Downloads by ${told.by} from ${told.from} to ${told.to}, the newest first`}
        rows={rows.toReversed()}
        keyOf={({ start }) => start}
        columns={[
          { head: told.by, isName: true, cell: ({ name }) => name },
          ...lines.map(({ name }, index) => ({
            head: name,
            isNumber: true,
            cell: ({ counts }: Row) => asCount(counts[index]!),
          })),
          ...(isSplit ? [{ head: 'all', isNumber: true, cell: ({ all }: Row) => asCount(all) }] : []),
          { head: 'published', cell: (row: Row) => row.published },
        ]}
      />
      <div className={styles.export}>
        <span>{`As of ${exactly(new Date())}; days begin at midnight, UTC.`}</span>
        <Download
          name={`${told.address.replaceAll('/', '-')}-downloads-${told.from}-${told.to}.csv`}
          type="text/csv"
          label="CSV"
          content={() => asCsv(told)}
        />
      </div>
    </details>
  )
}
