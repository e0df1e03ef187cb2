/** How many there are, how the query was understood, and what was probably meant. */
import { question } from '@cadastre/contract/question'
import { isOfOneKind, searchQuery, typedFilters } from '@cadastre/contract/search-page'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { counted, inAll } from '../shell/search-kinds.ts'
import { Banner } from '../ui/Banner.tsx'
import { Link } from '../ui/Link.tsx'
import { useGroups } from './Groups.tsx'
import styles from './HitRow.module.css'
import { withParameter } from './search-address.ts'

export function About({ q }: { q: string }) {
  const { search } = useAt()
  const { data } = useAnswer(question('/api/v1/search', { query: searchQuery(search) }))
  const groups = useGroups(search)
  if (!data) return null
  const { total, hints, didYouMean } = data
  const meant = didYouMean?.slice(typedFilters(search).length).trim()
  return (
    <>
      <p className={styles.about} role="status">
        {total.count > 0 || isOfOneKind(search) ? inWords(total) : groups && inWords(inAll(groups))}
      </p>
      {meant && meant !== q && (
        <p>
          {'Did you mean '}
          <Link to={withParameter(search, 'q', meant)}>{meant}</Link>?
        </p>
      )}
      {hints.map((hint) => (
        <Banner key={hint} title={hint} />
      ))}
    </>
  )
}

const inWords = (total: { count: number; isEstimate: boolean }) =>
  total.count === 1 ? '1 result' : `${counted(total)} results`
