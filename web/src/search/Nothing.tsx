/** Nothing fits: why, and what comes near. */
import { pageOf } from '@cadastre/contract/hit-address'
import { type Answer, question } from '@cadastre/contract/question'
import { searchQuery } from '@cadastre/contract/search-page'
import { useAnswer } from '../api.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Link } from '../ui/Link.tsx'
import styles from './Groups.module.css'
import { hasFilters, withoutFilters } from './search-address.ts'

type Props = { search: URLSearchParams }

export const Nothing = ({ search }: Props) => (
  <>
    <Why search={search} />
    <Offers search={search} />
  </>
)

/** Stands above what is found inside of modules, and in the documentation. */
export const OnlyInside = ({ search }: Props) => (
  <p className={styles.only}>
    {`No module or provider itself has these words${hasFilters(search) ? ' and passes the filters' : ''}.`}
  </p>
)

export function Offers({ search }: Props) {
  const { data } = useAnswer(question('/api/v1/search', { query: searchQuery(search) }))
  return data?.offers?.map((offer) => <Offered key={offer.kind} offer={offer} />)
}

type Offer = NonNullable<Answer<'/api/v1/search'>['offers']>[number]

const titles = { 'other-systems': 'For other systems', elsewhere: 'Elsewhere' } as const

function Offered({ offer: { kind, q, items } }: { offer: Offer }) {
  return (
    <section className={styles.group} aria-labelledby={`near-${kind}`}>
      <h2 id={`near-${kind}`}>{titles[kind]}</h2>
      <ul className={styles.near}>
        {items.map((hit) => (
          <li key={`${hit.kind} ${hit.address}`}>
            <Link to={pageOf(hit)} data-hit>
              <code>{hit.address}</code>
            </Link>
            {hit.origin !== 'published' && ' in a public registry'}
          </li>
        ))}
      </ul>
      <p className={styles.all}>
        <Link to={`/search?q=${encodeURIComponent(q)}`}>{`Search for ${q}`}</Link>
      </p>
    </section>
  )
}

function Why({ search }: Props) {
  const q = search.get('q') ?? ''
  if (hasFilters(search))
    return (
      <EmptyState title="Filtered out" action={<Link to={withoutFilters(search)}>Clear filters</Link>}>
        Nothing that you may read has these words and passes the filters.
      </EmptyState>
    )
  if (!q)
    return (
      <EmptyState title="Nothing is here yet" command="cadastre publish module .">
        What is published here, or imported from another registry, is found here.
      </EmptyState>
    )
  return (
    <EmptyState title="No module or provider fits" action={<Link to="/search">Clear the search</Link>}>
      None that you may read has all of these words. Use fewer of them, or a key such as <code>ns:</code> or{' '}
      <code>resource:</code>.
    </EmptyState>
  )
}
