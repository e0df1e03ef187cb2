/** What the page of a search asks: its hits, out of its address, and what is shown beside the list of the one that is selected. */
import { mirroredModuleTemplate, mirroredProviderTemplate } from './mirror-pages.ts'
import { moduleTemplate, versionTemplate } from './module-pages.ts'
import { providerTemplate } from './provider-pages.ts'
import { type Answer, type Question, question } from './question.ts'
import { type FoundKind, facetKeys, typedKind, withoutKind } from './search-kinds.ts'

/** The filters of an address, as they would be typed. */
export const typedFilters = (search: URLSearchParams): string =>
  facetKeys
    .map((key) => [key, search.get(key)?.replaceAll('"', '').trim() ?? ''] as const)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => (/\s/.test(value) ? `${key}:"${value}"` : `${key}:${value}`))
    .join(' ')

/** All that is asked, as it would be typed. */
const typed = (search: URLSearchParams): string =>
  [typedFilters(search), search.get('q') ?? ''].filter(Boolean).join(' ')

export const searchQuery = (search: URLSearchParams) => ({
  q: typed(search),
  sort: search.get('sort') ?? undefined,
  facets: true,
})

/** The kind that is asked for, when it has a list of its own: then that is what the page shows. */
export const listedKind = (search: URLSearchParams): FoundKind | undefined => typedKind(typed(search))

export const partsQuestion = (search: URLSearchParams, kind: FoundKind) =>
  question('/api/v1/search/parts', { query: { q: typed(search), kind, limit: 25 } })

/** What is found beside modules and providers, whichever kind is shown; without a word there is none. */
export function groupsQuestion(search: URLSearchParams) {
  const q = withoutKind(typed(search))
  return q === '' ? undefined : question('/api/v1/search/groups', { query: { q } })
}

/** Modules and providers alone stand on the page of one of their kinds. */
export const isOfOneKind = (search: URLSearchParams): boolean => withoutKind(typed(search)) !== typed(search)

type Hit = Answer<'/api/v1/search'>['items'][number]

/** A module that was read here is shown with its block and its README, all else with its newest versions. */
export function previewOf(hit: Hit): Question[] {
  const read = readModuleOf(hit)
  return read ? [read.usage, read.readme] : [versionsOf(hit)]
}

export function readModuleOf({ kind, hostname, namespace, name, system, version }: Hit) {
  if (kind !== 'module' || hostname !== null || version === null) return undefined
  const path = { namespace, name, system: system ?? '', version }
  return {
    usage: question(`${versionTemplate}/usage`, { path }),
    readme: question(`${versionTemplate}/readme`, { path }),
  }
}

const shownVersions = 5

export function versionsOf({ kind, hostname, namespace, name, system }: Hit) {
  const query = { limit: shownVersions }
  const path = { hostname: hostname ?? '', namespace, name, type: name, system: system ?? '' }
  if (kind === 'provider')
    return hostname === null
      ? question(`${providerTemplate}/versions`, { path, query })
      : question(`${mirroredProviderTemplate}/versions`, { path, query })
  return hostname === null
    ? question(`${moduleTemplate}/versions`, { path, query })
    : question(`${mirroredModuleTemplate}/versions`, { path, query })
}
