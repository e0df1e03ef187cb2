/** How often a version was downloaded, and how that went over the last half year. */
import { type Counted, versionWeeksQuestion } from '@cadastre/contract/downloads-page'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { asCount } from './in-words.ts'
import { Link } from './Link.tsx'
import { Sparkline } from './Sparkline.tsx'
import styles from './VersionDownloads.module.css'

type Props = { of: Counted; version: string; downloads: number }

export function VersionDownloads({ of, version, downloads }: Props) {
  const { params, pathname } = useAt()
  const weeks = useAnswer(versionWeeksQuestion(of, params)).data
  const own = weeks?.series.find(({ name }) => name === version)
  // Of very many versions only those with the most downloads are told: of the others nothing is known here.
  const course = own ?? (weeks && !weeks.others ? { total: 0, downloads: weeks.periods.map(() => 0) } : undefined)
  const [count, unit] = [asCount(downloads), downloads === 1 ? 'download' : 'downloads']
  return (
    <>
      <Link
        className={styles.count}
        to={`${pathname}?split=version#downloads`}
        aria-label={`${count} ${unit} of ${version}, over time`}
      >
        {count}
        <span className={styles.unit}> {unit}</span>
      </Link>{' '}
      {weeks && course && (
        <Sparkline
          numbers={course.downloads}
          words={
            course.total === 0
              ? `none in the last ${weeks.periods.length} weeks`
              : `${asCount(course.total)} in the last ${weeks.periods.length} weeks, at most ${asCount(Math.max(...course.downloads))} in one`
          }
        />
      )}
    </>
  )
}
