/** The lists of modules and of providers: what each is narrowed and sorted by, out of the address of its page. */
import { type Question, question } from './question.ts'

/** Filters are named as the search names them. */
export const listQuery = (search: URLSearchParams) => ({
  q: search.get('q')?.trim() || undefined,
  namespace: search.get('ns') || undefined,
  sort: search.get('sort') || undefined,
})

export const modulesQuestion = (search: URLSearchParams): Question<'/api/v1/modules'> =>
  question('/api/v1/modules', { query: { ...listQuery(search), system: search.get('system') || undefined } })

export const providersQuestion = (search: URLSearchParams): Question<'/api/v1/providers'> =>
  question('/api/v1/providers', { query: listQuery(search) })

/** What the lists can be narrowed to, with how many there are of each: as the search counts them. */
export const choicesQuestion = (kind: 'module' | 'provider'): Question<'/api/v1/search'> =>
  question('/api/v1/search', { query: { q: `kind:${kind} origin:published`, limit: 1, facets: true } })

/** `Modules in platform for aws with “vpc”` */
export function listTitle(what: 'Modules' | 'Providers', search: URLSearchParams): string {
  const [namespace, system, words] = ['ns', 'system', 'q'].map((key) => search.get(key)?.trim())
  return [
    what,
    ...(namespace ? [`in ${namespace}`] : []),
    ...(system && what === 'Modules' ? [`for ${system}`] : []),
    ...(words ? [`with “${words}”`] : []),
  ].join(' ')
}
