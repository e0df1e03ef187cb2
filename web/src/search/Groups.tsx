/** What is found beside modules and providers: how much of each kind, and the first of it. */
import { question } from '@cadastre/contract/question'
import { groupsQuestion, listedKind } from '@cadastre/contract/search-page'
import { useQuery } from '@tanstack/react-query'
import { asked } from '../api.ts'
import { useAt } from '../at.ts'
import { allOfKind, counted, labelOfKind } from '../shell/search-kinds.ts'
import { Link } from '../ui/Link.tsx'
import styles from './Groups.module.css'
import { PartRow } from './PartRow.tsx'
import { ofKind, wordsOf } from './search-address.ts'

/** The kinds in which something is found, each with its list. */
export function KindNav() {
  const { search } = useAt()
  const groups = useGroups(search) ?? []
  const shown = listedKind(search)
  if (groups.length === 0 && !shown) return null
  return (
    <nav aria-label="Kinds of results">
      <ul className={styles.kinds}>
        <li>
          <Link to={ofKind(search, undefined)} aria-current={shown ? undefined : 'page'}>
            Modules and providers
          </Link>
        </li>
        {groups.map(({ kind, total }) => (
          <li key={kind}>
            <Link to={ofKind(search, kind)} aria-current={kind === shown ? 'page' : undefined}>
              {labelOfKind[kind]} <span className={styles.count}>{counted(total)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function Groups() {
  const { search } = useAt()
  const words = wordsOf(search.get('q') ?? '')
  return useGroups(search)?.map(({ kind, total, items }) => (
    <section key={kind} className={styles.group} aria-labelledby={`found-${kind}`}>
      <h2 id={`found-${kind}`}>{labelOfKind[kind]}</h2>
      <ol className={styles.hits}>
        {items.map((part) => (
          <PartRow key={part.page} part={part} words={words} />
        ))}
      </ol>
      {total.count > items.length && (
        <p className={styles.all}>
          <Link to={ofKind(search, kind)}>{`See all ${counted(total)} ${allOfKind(kind)}`}</Link>
        </p>
      )}
    </section>
  ))
}

/** Modules and providers do not wait for them. @returns undefined as long as there is no answer */
export function useGroups(search: URLSearchParams) {
  const wanted = groupsQuestion(search)
  const { data, isError } = useQuery({
    ...asked(wanted ?? question('/api/v1/search/groups')),
    enabled: wanted !== undefined,
  })
  if (!wanted || isError) return []
  return data?.groups
}
