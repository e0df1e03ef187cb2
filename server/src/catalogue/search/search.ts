/** The one search over everything: what may be seen is decided while it is looked for, so that no total tells more. */
import type { Caller } from '../../access/caller.ts'
import { may } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import { knowsKey } from './filters.ts'
import { matchAsWritten, matchWithTypos, meantWord, step } from './match.ts'
import { readShown, type ShownRow } from './page-queries.ts'
import { type Filter, learntKeys, parseQuery, type Query } from './query.ts'
import { bestHits, cursorAfter, type Hit, type Sort, standingOf } from './rank.ts'
import { catalogueOrganization } from './row-queries.ts'
import type { SearchIndex } from './search-index.ts'
import { flag, type Kind, type Segment } from './segment.ts'

export type Wanted = {
  q: string
  kind?: Kind | undefined
  namespace?: string | undefined
  /** of modules their system, of providers their type */
  provider?: string | undefined
  sort: Sort
  limit: number
  cursor?: string | undefined
}

export type Found = {
  hits: (ShownRow & { match: Match | null; deprecated: boolean; updatedAt: number | null })[]
  next: string | null
  count: number
  didYouMean: string | undefined
  hints: string[]
}

export type Match = (typeof matches)[number]
export const matches = ['address', 'name', 'namespace', 'prefix', 'words', 'typo'] as const

/** Words with a typo are looked for when fewer than these fit as they are written. */
const enoughHits = 10

export async function search(app: App, index: SearchIndex, caller: Caller, wanted: Wanted): Promise<Found> {
  const query = withFilters(parseQuery(wanted.q), wanted)
  const after = standingOf(wanted.cursor, wanted.sort)
  const segments = await index.segments()
  const best = bestHits(wanted.sort, wanted.limit + 1, after)
  const { count, firstTypo } = findHits(segments, query, caller, best.offer, wanted.sort)
  const hits = best.hits.slice(0, wanted.limit)
  return {
    hits: await shown(app, caller, hits, query.terms.length > 0),
    next: best.hits.length > wanted.limit ? cursorAfter(wanted.sort, hits.at(-1)!) : null,
    count,
    didYouMean: firstTypo && corrected(wanted.q, query, firstTypo),
    hints: [...query.hints, ...notLearnt(segments, query)],
  }
}

function withFilters(query: Query, { kind, namespace, provider }: Wanted): Query {
  const filter = (key: Filter['key'], value: string | undefined): Filter[] =>
    value === undefined ? [] : [{ key, value, excluded: false }]
  query.filters.push(...filter('kind', kind), ...filter('ns', namespace), ...filter('target', provider))
  return query
}

function findHits(segments: Segment[], query: Query, caller: Caller, offer: Offer, sort: Sort) {
  const readable = segments.map((segment) => readableIn(segment, caller))
  const written = segments.map((segment) => matchAsWritten(segment, query))
  let count = 0
  for (const [index, segment] of segments.entries())
    for (let entry = 0; entry < segment.size; entry += 1) {
      const at = written[index]![entry]!
      if (at === 0 || !readable[index]!(entry)) continue
      count += 1
      offer(segment, entry, at)
    }
  if (count >= enoughHits || query.terms.length === 0) return { count, firstTypo: undefined }

  const typos = bestHits(sort, 1, undefined)
  for (const [index, segment] of segments.entries()) {
    const steps = matchWithTypos(segment, query)
    for (let entry = 0; entry < segment.size; entry += 1) {
      const at = steps[entry]!
      if (at === 0 || written[index]![entry] !== 0 || !readable[index]!(entry)) continue
      count += 1
      offer(segment, entry, at)
      typos.offer(segment, entry, at)
    }
  }
  return { count, firstTypo: typos.hits[0] }
}

type Offer = (segment: Segment, entry: number, step: number) => void

/** The rule of `may`, asked once per namespace and kind. */
function readableIn({ space, flags, spaces, words }: Segment, caller: Caller): (entry: number) => boolean {
  const [unknown, yes, no] = [0, 1, 2]
  const known = new Uint8Array(2 * spaces.hostOf.length)
  return (entry) => {
    const at = space[entry]!
    const isProvider = flags[entry]! & flag.provider
    const place = 2 * at + isProvider
    if (known[place] === unknown) {
      const hostname = spaces.hostnames[spaces.hostOf[at]!]!
      const name = rightsName(hostname, words.text(spaces.nameOf[at]!))
      const rights = { name, ...spaces.rights[spaces.rightsOf[at]!]! }
      known[place] = may(caller, isProvider ? 'providers:read' : 'modules:read', rights) ? yes : no
    }
    return known[place] === yes
  }
}

/** As a key that is limited to namespaces would name it. */
const rightsName = (hostname: string, namespace: string) =>
  hostname === 'self' ? namespace : `${hostname}/${namespace.toLowerCase()}`

/** As the rows are now: what went away meanwhile, or became private, is left out. */
async function shown(app: App, caller: Caller, hits: Hit[], isAsked: boolean): Promise<Found['hits']> {
  if (hits.length === 0) return []
  const found = hits.map((hit) => ({ hit, kind: kindOf(hit), id: hit.segment.ids[hit.entry]! }))
  const rows = await readShown(app.db, found)
  return found.flatMap(({ hit, kind, id }) => {
    const row = rows.find((each) => each.kind === kind && each.id === id)
    if (!row || !mayStillRead(caller, row)) return []
    const updatedAt = hit.segment.updatedAt[hit.entry]! || null
    const deprecated = (hit.segment.flags[hit.entry]! & flag.deprecated) !== 0
    return [{ ...row, updatedAt, deprecated, match: isAsked ? matchOf(hit.step) : null }]
  })
}

const mayStillRead = (caller: Caller, { kind, hostname, namespace, organizationId, visibility }: ShownRow) =>
  may(caller, `${kind}s:read`, {
    name: rightsName(hostname, namespace),
    organizationId: hostname === 'self' ? organizationId : catalogueOrganization,
    visibility,
  })

const kindOf = ({ segment, entry }: Hit): Kind => (segment.flags[entry]! & flag.provider ? 'provider' : 'module')

function matchOf(at: number): Match {
  if (at >= step.typoOfName) return 'typo'
  return at >= step.nameWords ? 'words' : matches[at - 1]!
}

/** The query with the words that the best hit is found by. */
function corrected(q: string, { terms }: Query, { segment, entry }: Hit): string {
  return terms.reduce((text, term) => {
    const meant = meantWord(segment, term, entry)
    return meant === undefined ? text : text.replace(term.typed, meant)
  }, q)
}

const notLearnt = (segments: Segment[], { filters }: Query): string[] =>
  learntKeys
    .filter((key) => key !== 'provider' && filters.some((filter) => filter.key === key))
    .filter((key) => !segments.some((segment) => knowsKey(segment, key)))
    .map((key) => `Nothing is known for ${key}: yet, so nothing is found by it.`)
