/** The one search over everything: what may be seen is decided while it is looked for, so that no total tells more. */
import { foundKinds } from '@cadastre/contract/search-kinds'
import type { Caller } from '../../access/caller.ts'
import { may } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Config } from '../../foundation/config/settings.ts'
import { browse } from './browse.ts'
import { type Facet, type Tally, tally } from './facets.ts'
import { knownOf } from './known-of.ts'
import { matchAsWritten, matchWithTypos, step } from './match.ts'
import { type Near, nearQueries, writtenOf } from './near.ts'
import type { ShownRow } from './page-queries.ts'
import { type Filter, parseQuery, type Query, type Term } from './query.ts'
import { type BestHits, bestHits, cursorAfter, type Hit, standingOf } from './rank.ts'
import { ownHostname, readableIn, rightsName } from './readable.ts'
import type { SearchIndex } from './search-index.ts'
import { flag, type Kind, type Segment } from './segment.ts'
import type { Sort } from './sorts.ts'

export type Wanted = {
  q: string
  kind?: Kind | undefined
  namespace?: string | undefined
  /** of modules their system, of providers their type */
  provider?: string | undefined
  sort: Sort
  limit: number
  cursor?: string | undefined
  facets?: boolean | undefined
}

export type Found = {
  hits: ShownHit[]
  next: string | null
  count: number
  didYouMean: string | undefined
  hints: string[]
  facets: Facet[] | undefined
  /** where nothing was found */
  offers: Offer[] | undefined
}

export type ShownHit = { row: ShownRow; match: Match | null; deprecated: boolean; updatedAt: number | null }

type Offer = { kind: Near['kind']; q: string; hits: Found['hits'] }

export type Match = (typeof matches)[number]
export const matches = ['address', 'name', 'namespace', 'prefix', 'words', 'typo'] as const

const maxOffered = 5
/** Words with a typo are looked for when fewer than these fit as they are written. */
const enoughHits = 10

export async function search(app: App, index: SearchIndex, caller: Caller, wanted: Wanted): Promise<Found> {
  const query = withOwnHost(withFilters(parseQuery(wanted.q), wanted), app.config)
  const after = standingOf(wanted.cursor, wanted.sort)
  const segments = await index.segments()
  const best = bestHits(wanted.sort, wanted.limit + 1, after)
  const counts = wanted.facets ? tally() : undefined
  const { count, firstTypo } = findHits(segments, query, caller, best, counts)
  const found = best.hits()
  const hits = found.slice(0, wanted.limit)
  return {
    hits: await shown(index, caller, hits, query.terms.length > 0),
    next: found.length > wanted.limit ? cursorAfter(wanted.sort, hits.at(-1)!) : null,
    count,
    didYouMean: firstTypo && corrected(wanted.q, query, firstTypo),
    hints: [...query.hints, ...inOtherList(query), ...knownOf(segments, query, caller)],
    facets: counts?.facets(),
    offers: count === 0 && !after ? await offered(index, segments, caller, query) : undefined,
  }
}

/** What comes near, where nothing was found. */
async function offered(index: SearchIndex, segments: Segment[], caller: Caller, query: Query): Promise<Offer[]> {
  const offers: Offer[] = []
  for (const { kind, query: near } of nearQueries(query)) {
    const best = bestHits('relevance', maxOffered, undefined)
    findHits(segments, near, caller, best, undefined)
    const hits = await shown(index, caller, best.hits(), near.terms.length > 0)
    if (hits.length > 0) offers.push({ kind, q: writtenOf(near), hits })
  }
  return offers
}

const inOtherList = ({ filters }: Query): string[] =>
  filters.some(({ key, value, excluded }) => key === 'kind' && !excluded && foundKinds.some((kind) => kind === value))
    ? ['What is in modules and in the documentation has a list of its own: GET /api/v1/search/parts.']
    : []

function withFilters(query: Query, { kind, namespace, provider }: Wanted): Query {
  const filter = (key: Filter['key'], value: string | undefined): Filter[] =>
    value === undefined ? [] : [{ key, value, excluded: false }]
  query.filters.push(...filter('kind', kind), ...filter('ns', namespace), ...filter('target', provider))
  return query
}

/** Whoever copies an address from a configuration has this registry's name in front of it. */
export function withOwnHost(query: Query, { server }: Config): Query {
  const { address } = query
  if (address?.hostname === undefined) return query
  const { host, hostname } = new URL(server.base_url)
  if ([host, hostname, ...server.hostnames].includes(address.hostname)) address.hostname = ownHostname
  return query
}

type Typo = { hit: Hit; meant(term: Term): string | undefined }
type Count = { count: number; firstTypo?: Typo | undefined }

function findHits(segments: Segment[], query: Query, caller: Caller, best: BestHits, counts: Tally | undefined): Count {
  if (query.terms.length === 0) return { count: browse(segments, query, caller, best, counts) }
  const written = segments.map((segment) => ({
    segment,
    isReadable: readableIn(segment, caller),
    found: matchAsWritten(segment, query),
  }))
  let count = 0
  for (const { segment, isReadable, found } of written) {
    const offer = best.from(segment)
    const counted = counts?.from(segment)
    for (const entry of found.entries) {
      if (!isReadable(entry)) continue
      count += 1
      counted?.(entry)
      offer(entry, found.bits[entry]!)
    }
  }
  if (count >= enoughHits) return { count }

  let firstTypo: Typo | undefined
  const first = bestHits(best.sort, 1, undefined)
  for (const { segment, isReadable, found } of written) {
    const { entries, bits, meant } = matchWithTypos(segment, query)
    const [offer, offerTypo] = [best.from(segment), first.from(segment)]
    const counted = counts?.from(segment)
    for (const entry of entries) {
      if (found.bits[entry] !== 0 || !isReadable(entry)) continue
      count += 1
      counted?.(entry)
      offer(entry, bits[entry]!)
      offerTypo(entry, bits[entry]!)
    }
    const [hit] = first.hits()
    if (hit?.segment === segment) firstTypo = { hit, meant: (term) => meant(term, hit.entry) }
  }
  return { count, firstTypo }
}

/** As the rows are now: what went away meanwhile, or became private, is left out. */
async function shown({ rows }: SearchIndex, caller: Caller, hits: Hit[], isAsked: boolean): Promise<Found['hits']> {
  if (hits.length === 0) return []
  const found = await rows(hits.map((hit) => ({ kind: kindOf(hit), id: hit.segment.ids[hit.entry]! })))
  return hits.flatMap(({ segment, entry, step }, place) => {
    const row = found[place]
    if (!row || !mayStillRead(caller, row)) return []
    const updatedAt = segment.updatedAt[entry]! || null
    const deprecated = (segment.flags[entry]! & flag.deprecated) !== 0
    return [{ row, updatedAt, deprecated, match: isAsked ? matchOf(step) : null }]
  })
}

export const mayStillRead = (caller: Caller, { kind, hostname, namespace, organizationId, visibility }: ShownRow) =>
  may(caller, `${kind}s:read`, { name: rightsName(hostname, namespace), organizationId, visibility })

const kindOf = ({ segment, entry }: Hit): Kind => (segment.flags[entry]! & flag.provider ? 'provider' : 'module')

function matchOf(at: number): Match {
  if (at >= step.typoOfName) return 'typo'
  return at >= step.nameWords ? 'words' : matches[at - 1]!
}

/** The query with the words that the best hit is found by. */
function corrected(q: string, { terms }: Query, { meant }: Typo): string {
  return terms.reduce((text, term) => {
    const word = meant(term)
    return word === undefined ? text : text.replace(term.typed, word)
  }, q)
}
