/** What to look for where a query finds nothing: the same for other target systems, or wherever else it may be. Pure. */
import type { Filter, Query, Term } from './query.ts'

export type Near = { kind: 'other-systems' | 'elsewhere'; query: Query }

const isSystem = ({ key }: Filter) => key === 'system' || key === 'target'
/** What ties a query to a place. */
const isPlace = ({ key }: Filter) => key === 'origin' || key === 'ns' || key === 'verified'

/** Only those that can find more than the query did. */
export function nearQueries(query: Query): Near[] {
  const { terms, filters, address } = query
  const near: Near[] = []
  if (address?.system !== undefined || (terms.length > 0 && filters.some(isSystem)))
    near.push({ kind: 'other-systems', query: withoutSystem(query) })
  if (address !== undefined || (terms.length > 0 && filters.some(isPlace)))
    near.push({ kind: 'elsewhere', query: withoutPlace(query) })
  return near
}

function withoutSystem({ address, ...query }: Query): Query {
  const { terms } = query
  const ofAddress = terms.filter((term) => term.ofAddress)
  const dropped = address?.system === undefined ? undefined : ofAddress.at(-1)
  return {
    ...query,
    terms: terms.filter((term) => term !== dropped),
    filters: query.filters.filter((filter) => !isSystem(filter)),
    address: address && { ...address, system: undefined },
  }
}

/** By its name alone, and for its system where that is said. */
function withoutPlace({ address, ...query }: Query): Query {
  const { terms } = query
  const namespace = address && terms.find((term) => term.ofAddress)
  return {
    ...query,
    terms: terms.filter((term) => term !== namespace).map((term) => ({ ...term, ofAddress: false })),
    filters: query.filters.filter((filter) => !isPlace(filter)),
    address: undefined,
  }
}

/** As it would be typed. */
export function writtenOf({ terms, excluded, filters, address }: Query): string {
  const named = address && [address.namespace, address.name, address.system].filter(Boolean).join('/')
  return [
    ...(named ? [named] : []),
    ...terms.filter(({ ofAddress }) => !named || !ofAddress).map(writtenTerm),
    ...excluded.map((term) => `-${writtenTerm(term)}`),
    ...filters.map(writtenFilter),
  ].join(' ')
}

const writtenTerm = ({ typed, whole }: Term) => (whole ? `"${typed}"` : typed)

const writtenFilter = ({ key, value, excluded }: Filter) =>
  `${excluded ? '-' : ''}${key === 'target' ? 'system' : key}:${/^[\w./-]+$/.test(value) ? value : `"${value}"`}`
