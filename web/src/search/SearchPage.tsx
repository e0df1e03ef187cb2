/** Everything that fits a query, best first; what is selected is shown at the side. */
import { searchQuery } from '@cadastre/contract/pages'
import { question } from '@cadastre/contract/question'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useAt } from '../at.ts'
import { pageData } from '../page-data.ts'
import { Choice } from '../ui/Choice.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import sheet from '../ui/Sheet.module.css'
import { About } from './About.tsx'
import { HitRow } from './HitRow.tsx'
import type { Hit } from './hit-address.ts'
import { Preview } from './Preview.tsx'
import styles from './SearchPage.module.css'
import { useListKeys } from './use-list-keys.ts'

const types = { '': 'everything', module: 'modules', provider: 'providers' } as const
const sorts = { '': 'relevance', popularity: 'popularity', downloads: 'downloads', updated: 'updated' } as const

export function SearchPage() {
  const { search } = useAt()
  const router = useRouter()
  const asked = searchQuery(search)
  function narrow(key: string, value: string) {
    const next = new URLSearchParams(search)
    if (value) next.set(key, value)
    else next.delete(key)
    router.history.push(`${pageData.basePath}/search?${next}`)
  }
  return (
    <>
      <h1 className={styles.title} tabIndex={-1}>
        {asked.q ? (
          <>
            {'Search for '}
            <code>{asked.q}</code>
          </>
        ) : (
          'Search'
        )}
      </h1>
      <div className={sheet.sheet}>
        <div className={styles.narrow}>
          <Choice
            label="What to find"
            options={types}
            value={(asked.type ?? '') as keyof typeof types}
            onChange={(type) => narrow('type', type)}
          />
          <Choice
            label="Order"
            options={sorts}
            value={(asked.sort ?? '') as keyof typeof sorts}
            onChange={(sort) => narrow('sort', sort)}
          />
        </div>
        <Pages to={question('/api/v1/search', { query: asked })} what="results">
          {(items, more) => <Results items={items} more={more} q={asked.q} />}
        </Pages>
      </div>
    </>
  )
}

function Results({ items, more, q }: { items: Hit[]; more: React.ReactNode; q: string }) {
  const [selected, setSelected] = useState(0)
  useListKeys()
  const words = wordsOf(q)
  const shown = items[Math.min(selected, items.length - 1)]
  return (
    <>
      <div className={sheet.content}>
        <About q={q} />
        {items.length === 0 ? (
          <EmptyState title="Nothing fits" action={<Link to="/search">Clear the search</Link>}>
            Nothing that you may read has all of these words. Use fewer of them, or a key such as <code>ns:</code> or{' '}
            <code>resource:</code>.
          </EmptyState>
        ) : (
          <>
            <ol className={styles.hits}>
              {items.map((hit, index) => (
                <HitRow
                  key={`${hit.kind} ${hit.address}`}
                  hit={hit}
                  words={words}
                  isSelected={index === selected}
                  onSelect={() => setSelected(index)}
                />
              ))}
            </ol>
            {more}
          </>
        )}
      </div>
      {shown && (
        <aside className={sheet.rail} aria-label="Preview">
          <Preview hit={shown} />
        </aside>
      )}
    </>
  )
}

/** The plain words of a query: keys and exclusions are not looked for in texts. */
const wordsOf = (q: string) => q.split(/[\s/"]+/).filter((word) => word && !word.startsWith('-') && !word.includes(':'))
