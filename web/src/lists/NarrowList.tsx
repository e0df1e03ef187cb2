/** What the list of modules or of providers is narrowed and sorted by; all of it lies in the address. */
import { choicesQuestion } from '@cadastre/contract/list-page'
import { useAnswer } from '../api.ts'
import { useAt } from '../at.ts'
import { Choice } from '../ui/Choice.tsx'
import { asCount } from '../ui/in-words.ts'
import { Link } from '../ui/Link.tsx'
import { SearchRow } from '../ui/SearchRow.tsx'
import { Select } from '../ui/Select.tsx'
import { useNarrow } from '../use-narrow.ts'
import styles from './NarrowList.module.css'

const sorts = { '': 'by address', updated: 'newest release', downloads: 'downloads' } as const

type Props = { kind: 'module' | 'provider' }

export function NarrowList({ kind }: Props) {
  const { search, pathname } = useAt()
  const narrow = useNarrow()
  const words = search.get('q') ?? ''
  return (
    <div className={styles.narrow}>
      <SearchRow
        key={words}
        label="Part of the address or description"
        value={words}
        onSearch={(q) => narrow('q', q)}
        maxLength={100}
      />
      <OneOf kind={kind} label="Namespace" all="every namespace" name="ns" />
      {kind === 'module' && <OneOf kind={kind} label="Target system" all="every system" name="system" />}
      <Choice
        label="Sort"
        options={sorts}
        value={(search.get('sort') ?? '') as keyof typeof sorts}
        onChange={(sort) => narrow('sort', sort)}
      />
      {isNarrowed(search) && <Link to={unfiltered(pathname, search)}>Clear the filters</Link>}
    </div>
  )
}

const filters = ['q', 'ns', 'system']

/** False of a list that is only sorted. */
export const isNarrowed = (search: URLSearchParams): boolean => filters.some((key) => search.get(key))

/** The same list, in the same order, with all that is in it. */
export function unfiltered(pathname: string, search: URLSearchParams): string {
  const sort = search.get('sort')
  return sort ? `${pathname}?sort=${encodeURIComponent(sort)}` : pathname
}

function OneOf({ kind, label, all, name }: Props & { label: string; all: string; name: 'ns' | 'system' }) {
  const narrow = useNarrow()
  const chosen = useAt().search.get(name) ?? ''
  const counted = useAnswer(choicesQuestion(kind)).data?.facets?.find(({ key }) => key === name)?.values ?? []
  const isCounted = chosen === '' || counted.some(({ value }) => value === chosen)
  const values = [
    ...(isCounted ? [] : [[chosen, chosen]]),
    ...counted.map(({ value, count }) => [value, said(value, count)]),
  ]
  return (
    <Select
      label={label}
      options={Object.fromEntries([['', all], ...values])}
      value={chosen}
      onChange={(value) => narrow(name, value)}
    />
  )
}

const said = (value: string, count: number) => `${value} (${asCount(count)})`
