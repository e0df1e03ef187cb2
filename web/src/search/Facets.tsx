/** What the hits can be narrowed to, each with how many are left then; what narrows them already can be taken back. */
import { type Answer, question } from '@cadastre/contract/question'
import { searchQuery } from '@cadastre/contract/search-page'
import { useState } from 'react'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { Icon } from '../ui/Icon.tsx'
import { asCount } from '../ui/in-words.ts'
import { Link } from '../ui/Link.tsx'
import styles from './Facets.module.css'
import { hasFilters, withoutFilters, withParameter } from './search-address.ts'

type Facet = NonNullable<Answer<'/api/v1/search'>['facets']>[number]

const labels: Record<Facet['key'], string> = {
  kind: 'Kind',
  origin: 'Origin',
  system: 'System',
  ns: 'Namespace',
  state: 'State',
  verified: 'Verified',
  license: 'Licence',
}
const words: Record<string, string> = {
  'kind module': 'modules',
  'kind provider': 'providers',
  'origin published': 'published here',
  'origin catalogued': 'public registry',
}

/** As `Sheet.module.css` has it: below, what stands at the left comes first, and is folded up. */
const isWide = () => matchMedia('(min-width: 62rem)').matches

export function Facets() {
  const { search } = useAt()
  const [isOpen] = useState(isWide)
  const { data } = useAnswer(question('/api/v1/search', { query: searchQuery(search) }))
  const shown = (data?.facets ?? []).filter(({ key, values }) => search.get(key) || values.length > 1)
  // Its column stays.
  if (shown.length === 0) return <div />
  return (
    <details className={styles.facets} open={isOpen}>
      <summary>Narrow</summary>
      <nav aria-label="Narrow the results">
        {hasFilters(search) && <Link to={withoutFilters(search)}>Clear filters</Link>}
        {shown.map((facet) => (
          <Values key={facet.key} facet={facet} search={search} />
        ))}
      </nav>
    </details>
  )
}

function Values({ facet: { key, values, others }, search }: { facet: Facet; search: URLSearchParams }) {
  const chosen = search.get(key)
  // What nothing fits any more is still to be taken back.
  const shown = chosen && !values.some(({ value }) => value === chosen) ? [{ value: chosen, count: 0 }] : values
  return (
    <section>
      <h2>{labels[key]}</h2>
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value}>
            <Link
              to={withParameter(search, key, chosen === value ? '' : value)}
              aria-current={chosen === value ? 'true' : undefined}
            >
              <span>{words[`${key} ${value}`] ?? value}</span>
              <span className={styles.count}>{asCount(count)}</span>
              {chosen === value && (
                <>
                  <Icon name="close" size={12} />
                  <span className="visually-hidden">, take back</span>
                </>
              )}
            </Link>
          </li>
        ))}
      </ul>
      {others > 0 && !chosen && <p>{`${asCount(others)} more: type ${key}: and a name`}</p>}
    </section>
  )
}
