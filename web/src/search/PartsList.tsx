/** All that is found of one kind: inputs, resources, pages of the documentation. */
import type { FoundKind } from '@cadastre/contract/search-kinds'
import { partsQuestion } from '@cadastre/contract/search-page'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { allOfKind, counted } from '../shell/search-kinds.ts'
import { Banner } from '../ui/Banner.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import { Pages } from '../ui/Pages.tsx'
import sheet from '../ui/Sheet.module.css'
import groups from './Groups.module.css'
import { KindNav } from './Groups.tsx'
import hit from './HitRow.module.css'
import { PartRow } from './PartRow.tsx'
import { ofKind, wordsOf } from './search-address.ts'

export function PartsList({ kind }: { kind: FoundKind }) {
  const { search } = useAt()
  const asked = partsQuestion(search, kind)
  const { data } = useAnswer(asked)
  const words = wordsOf(search.get('q') ?? '')
  return (
    <div className={sheet.sheet}>
      <div />
      <div className={sheet.content}>
        {data && (
          <p className={hit.about} role="status">
            {data.total.count === 1 ? '1 result' : `${counted(data.total)} results`}
          </p>
        )}
        <KindNav />
        {data?.hints.map((hint) => (
          <Banner key={hint} title={hint} />
        ))}
        <Pages to={asked} what="results">
          {(items, more) =>
            items.length === 0 ? (
              <EmptyState title="Nothing fits" action={<Link to={ofKind(search, undefined)}>Search all kinds</Link>}>
                {`None of the ${allOfKind(kind)} that you may read has all of these words.`}
              </EmptyState>
            ) : (
              <>
                <ol className={groups.hits}>
                  {items.map((part) => (
                    <PartRow key={part.page} part={part} words={words} />
                  ))}
                </ol>
                {more}
              </>
            )
          }
        </Pages>
      </div>
    </div>
  )
}
