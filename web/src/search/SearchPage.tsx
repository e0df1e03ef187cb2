/** Everything that fits a query, best first: narrowed at the left, and what is selected is shown at the right. */
import type { Hit } from '@cadastre/contract/hit-address'
import { question } from '@cadastre/contract/question'
import { isOfOneKind, listedKind, searchQuery } from '@cadastre/contract/search-page'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Choice } from '../ui/Choice.tsx'
import { Pages } from '../ui/Pages.tsx'
import sheet from '../ui/Sheet.module.css'
import { About } from './About.tsx'
import { Facets } from './Facets.tsx'
import { Groups, KindNav, useGroups } from './Groups.tsx'
import { HitRow } from './HitRow.tsx'
import { Nothing, Offers, OnlyInside } from './Nothing.tsx'
import { PartsList } from './PartsList.tsx'
import { Preview } from './Preview.tsx'
import styles from './SearchPage.module.css'
import { withParameter, wordsOf } from './search-address.ts'

const sorts = { '': 'relevance', popularity: 'popularity', downloads: 'downloads', updated: 'updated' } as const

export function SearchPage() {
  const { search } = useAt()
  const router = useRouter()
  const q = search.get('q') ?? ''
  const kind = listedKind(search)
  return (
    <>
      <div className={styles.head}>
        <h1 className={styles.title} tabIndex={-1}>
          {q ? (
            <>
              {'Search for '}
              <code>{q}</code>
            </>
          ) : (
            'Search'
          )}
        </h1>
        {!kind && (
          <Choice
            label="Order"
            options={sorts}
            value={(search.get('sort') ?? '') as keyof typeof sorts}
            onChange={(sort) => router.history.push(`${pageData.basePath}${withParameter(search, 'sort', sort)}`)}
          />
        )}
      </div>
      {kind ? <PartsList kind={kind} /> : <HitList search={search} />}
    </>
  )
}

function HitList({ search }: { search: URLSearchParams }) {
  const asked = question('/api/v1/search', { query: searchQuery(search) })
  return (
    <div className={sheet.sheet}>
      <Facets />
      <Pages to={asked} what="results">
        {(items, more) => <Results key={asked.url} items={items} more={more} search={search} />}
      </Pages>
    </div>
  )
}

type ResultsProps = { items: Hit[]; more: React.ReactNode; search: URLSearchParams }

function Results({ items, more, search }: ResultsProps) {
  const [selected, setSelected] = useState(0)
  const q = search.get('q') ?? ''
  const shown = items[selected] ?? items[0]
  const groups = useGroups(search)
  const isInside = !isOfOneKind(search) && groups !== undefined && groups.length > 0
  return (
    <>
      <div className={sheet.content}>
        <About q={q} />
        <KindNav />
        {items.length === 0 && isInside && <OnlyInside search={search} />}
        {items.length === 0 ? (
          !isInside && groups && <Nothing search={search} />
        ) : (
          <>
            <ol className={styles.hits}>
              {items.map((hit, index) => (
                <HitRow
                  key={`${hit.kind} ${hit.address}`}
                  hit={hit}
                  words={wordsOf(q)}
                  isSelected={index === selected}
                  onSelect={() => setSelected(index)}
                />
              ))}
            </ol>
            {more}
          </>
        )}
        {isInside && <Groups />}
        {items.length === 0 && isInside && <Offers search={search} />}
      </div>
      {shown && (
        <aside className={sheet.rail} id="use" aria-label="Preview" tabIndex={-1}>
          <Preview hit={shown} />
        </aside>
      )}
    </>
  )
}
