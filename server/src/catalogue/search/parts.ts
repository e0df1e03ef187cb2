/** The same search, of what is inside of modules and in the documentation: the first of each kind, or all of one. */
import type { SearchGroup, SearchPart } from '@cadastre/contract/search'
import { type FoundKind, type PartKind, partKinds, typedKind } from '@cadastre/contract/search-kinds'
import * as z from 'zod'
import type { Caller } from '../../access/caller.ts'
import type { App } from '../../foundation/app.ts'
import { cursorOf, readCursor } from '../../foundation/http/cursor.ts'
import { Refusal } from '../../foundation/refusal.ts'
import type { ShownPart } from '../../learnt/terms.ts'
import { pace } from './pace.ts'
import type { ShownRow } from './page-queries.ts'
import { findParts, partScope, partStep } from './part-match.ts'
import { readParts } from './part-queries.ts'
import { bestParts, type FoundPart, partCursorAfter, partStandingOf } from './part-rank.ts'
import { parseQuery, type Query } from './query.ts'
import { ownHostname } from './readable.ts'
import { mayStillRead, withOwnHost } from './search.ts'
import type { SearchIndex } from './search-index.ts'
import { learntWord, type Segment } from './segment.ts'

/** What finds pages of the documentation, best first. */
export type DocsFinder = (words: string) => { count: number; slice(from: number, to: number): SearchPart[] }

type Places = { app: App; index: SearchIndex; docs: DocsFinder }

/** Of every kind in which something is found, the first few. */
export async function findGroups(
  { app, index, docs }: Places,
  caller: Caller,
  q: string,
  limit: number,
): Promise<SearchGroup[]> {
  const query = withOwnHost(parseQuery(q), app.config)
  const segments = await index.segments()
  const scopes = segments.map((segment) => partScope(segment, query, caller))
  const rest = pace()
  const found = []
  for (const kind of partKinds.filter((each) => isAsked(query, each))) {
    const best = bestParts(limit, undefined)
    const count = scopes.reduce((sum, scope) => sum + findParts(scope, query, kind, best), 0)
    found.push({ kind, count, parts: best.parts })
    // Those who only want modules and providers shall not wait for all of it.
    await rest()
  }
  const shown = await shownParts(
    { app, index },
    caller,
    found.flatMap(({ kind, parts }) => parts.map((part) => ({ kind, part }))),
  )
  const groups: SearchGroup[] = found.map(({ kind, count }) => ({
    kind,
    total: exactly(count),
    items: shown.filter((part) => part.kind === kind),
  }))
  if (isAsked(query, 'doc')) {
    const { count, slice } = docs(wordsFor(query))
    groups.push({ kind: 'doc', total: exactly(count), items: slice(0, limit) })
  }
  return groups.filter(({ items }) => items.length > 0)
}

type Wanted = { q: string; kind?: FoundKind | undefined; limit: number; cursor?: string | undefined }

/** All of one kind, page by page. */
export async function listParts(
  { app, index, docs }: Places,
  caller: Caller,
  { q, kind = typedKind(q), limit, cursor }: Wanted,
) {
  if (!kind) throw partKindNeeded()
  const query = withOwnHost(parseQuery(q), app.config)
  if (kind === 'doc') {
    const { count, slice } = docs(wordsFor(query))
    const from = docPlaceOf(cursor)
    const next = from + limit < count ? cursorOf([String(from + limit)]) : null
    return { items: slice(from, from + limit), next, total: exactly(count), hints: hintsFor(query, kind) }
  }
  const after = partStandingOf(cursor)
  const best = bestParts(limit + 1, after)
  let count = 0
  for (const segment of await index.segments()) count += findParts(partScope(segment, query, caller), query, kind, best)
  const parts = best.parts.slice(0, limit)
  return {
    items: await shownParts(
      { app, index },
      caller,
      parts.map((part) => ({ kind, part })),
    ),
    next: best.parts.length > limit ? partCursorAfter(parts.at(-1)!) : null,
    total: exactly(count),
    hints: hintsFor(query, kind),
  }
}

const partKindNeeded = () =>
  new Refusal(
    'invalid',
    'part-kind-needed',
    'Which kind of part is looked for is not said.',
    'Write kind: into the query, or give kind, with one of submodule, resource, data, input, output and doc.',
  )

/** Without kind: every kind is. */
const isAsked = ({ filters }: Query, kind: FoundKind): boolean =>
  filters.every(({ key, value, excluded }) => key !== 'kind' || (value === kind) !== excluded)

/** The documentation knows words alone: what is narrowed to a namespace is not in it. */
const wordsFor = ({ terms, filters, address }: Query): string =>
  address || filters.some(({ key }) => key !== 'kind') ? '' : terms.map(({ typed }) => typed).join(' ')

const exactly = (count: number) => ({ count, isEstimate: false })

/** Pages do not change while a server runs, so a place among them stays one. @throws malformed for what was not given out */
const docPlaceOf = (cursor: string | undefined): number =>
  Number(readCursor(cursor, z.string().regex(/^\d{1,6}$/))[0] ?? 0)

function hintsFor({ terms, filters, hints }: Query, kind: FoundKind): string[] {
  if (terms.some(({ ofAddress }) => !ofAddress) || filters.some(({ key }) => key === kind)) return hints
  return [...hints, `Type a word of the name beside kind:${kind}.`]
}

type Found = { kind: PartKind; part: FoundPart }

/** As the rows are now: what went away meanwhile, or became private, is left out. */
async function shownParts({ app, index }: Omit<Places, 'docs'>, caller: Caller, found: Found[]): Promise<SearchPart[]> {
  const items = found.map(({ kind, part: { segment, entry, word } }) => ({
    moduleId: segment.ids[entry]!,
    kind,
    term: termOf(segment, kind, word),
  }))
  const [modules, parts] = await Promise.all([
    index.rows(items.map(({ moduleId }) => ({ kind: 'module', id: moduleId }))),
    readParts(app.db, items),
  ])
  return items.flatMap(({ kind, term }, place) => {
    const module = modules[place]
    if (!module || module.hostname !== ownHostname || !mayStillRead(caller, module)) return []
    return [asPart(kind, module, parts[place] ?? { name: term, folder: '', about: '' }, found[place]!.part.step)]
  })
}

const termOf = ({ words }: Segment, kind: PartKind, word: number) => words.text(word).slice(learntWord(kind, '').length)

function asPart(
  kind: PartKind,
  { namespace, name, system, version }: ShownRow,
  part: ShownPart,
  step: number,
): SearchPart {
  const module = `${namespace}/${name}/${system}`
  return {
    kind,
    name: part.name,
    page: `/modules/${module}${pageIn(kind, part)}`,
    module,
    version,
    folder: part.folder,
    about: part.about,
    match: step === partStep.equal ? 'name' : step === partStep.start ? 'prefix' : 'words',
  }
}

/** Submodules have one page with all that is in them. */
function pageIn(kind: PartKind, { name, folder }: ShownPart): string {
  const ofFolder =
    folder &&
    `/submodules/${folder
      .replace(/^modules\//, '')
      .split('/')
      .map(encodeURIComponent)
      .join('/')}`
  switch (kind) {
    case 'submodule':
      return ofFolder
    case 'input':
    case 'output':
      return `${ofFolder || `/${kind}s`}#${kind}-${encodeURIComponent(name)}`
    default:
      return `${ofFolder || '/resources'}#resource-${encodeURIComponent(name)}`
  }
}
