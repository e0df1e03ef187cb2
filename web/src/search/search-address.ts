/** Addresses of the search page: what was typed stays, and one thing about it is another. */
import { type FoundKind, facetKeys, withoutKind } from '@cadastre/contract/search-kinds'

/** @param value empty: without it */
export function withParameter(search: URLSearchParams, key: string, value: string): string {
  const next = new URLSearchParams(search)
  if (value) next.set(key, value)
  else next.delete(key)
  return addressOf(next)
}

/** @param kind undefined: all of them; wherever it was said before */
export function ofKind(search: URLSearchParams, kind: FoundKind | undefined): string {
  const next = new URLSearchParams(search)
  next.set('q', withoutKind(search.get('q') ?? ''))
  next.delete('sort')
  return withParameter(next, 'kind', kind ?? '')
}

export function withoutFilters(search: URLSearchParams): string {
  const next = new URLSearchParams(search)
  for (const key of facetKeys) next.delete(key)
  return addressOf(next)
}

export const hasFilters = (search: URLSearchParams): boolean => facetKeys.some((key) => search.get(key))

const addressOf = (search: URLSearchParams) => (search.size > 0 ? `/search?${search}` : '/search')

/** The plain words of a query: keys and exclusions are not looked for in texts. */
export const wordsOf = (q: string): string[] =>
  q.split(/[\s/"]+/).filter((word) => word && !word.startsWith('-') && !word.includes(':'))
