/** How often something was downloaded: over which time, by what it is split, and the answer in each of its faces. */
import {
  type Counted,
  type DownloadRange,
  downloadRanges,
  downloadsQuestion,
  shownDownloads,
} from '@cadastre/contract/downloads-page'
import { useAt } from '../at.ts'
import { Answered } from '../ui/Answered.tsx'
import { Choice } from '../ui/Choice.tsx'
import { Link } from '../ui/Link.tsx'
import { Select } from '../ui/Select.tsx'
import { useNarrow } from '../use-narrow.ts'
import styles from './Downloads.module.css'
import { ToldDownloads } from './ToldDownloads.tsx'
import { type Period, type Split, splitWords } from './words.ts'

const ranges = Object.fromEntries(Object.entries(downloadRanges).map(([range, { words }]) => [range, words])) as Record<
  DownloadRange,
  string
>

const periodWords: Record<Period, string> = { day: 'by day', week: 'by week', month: 'by month' }

export function DownloadsOverTime({ of }: { of: Counted }) {
  const { params, search } = useAt()
  const narrow = useNarrow()
  const { range, by, split } = shownDownloads(search)
  const periods = Object.fromEntries(downloadRanges[range].by.map((each) => [each, periodWords[each]]))
  return (
    <section className={styles.downloads} aria-labelledby="downloads">
      <div className={styles.head}>
        <h2 id="downloads">Downloads</h2>
        <Choice label="Time" options={ranges} value={range} onChange={(value) => narrow('range', value)} />
        <Select
          label="Periods"
          options={periods as Record<Period, string>}
          value={by}
          onChange={(value) => narrow('by', value)}
        />
        <Select label="Split" options={splitWords} value={split} onChange={(value: Split) => narrow('split', value)} />
      </div>
      <Answered to={downloadsQuestion(of, params, search)} what="downloads" rows={7}>
        {(told) => <ToldDownloads told={told} />}
      </Answered>
      <p className={styles.note}>
        {of === 'provider' ? 'Each platform counts, installations through the network mirror do not. ' : ''}
        <Link to="/docs/downloads">What is counted</Link>
      </p>
    </section>
  )
}
