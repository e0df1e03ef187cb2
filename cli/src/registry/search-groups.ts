/** What a search finds beside modules and providers: the first of each kind, and how much there is. */
import type { components } from '@cadastre/contract/openapi.gen'
import { withoutKind } from '@cadastre/contract/search-kinds'
import type { Call } from '../call.ts'
import { answered } from '../registry.ts'
import type { Cell } from '../report.ts'

type Group = components['schemas']['SearchGroup']

const mostOfEach = 3

/** None for a query that names a kind, or nothing: that finds modules and providers alone. */
export async function foundGroups(call: Call, q: string, limit: number): Promise<Group[]> {
  if (q.trim() === '' || withoutKind(q) !== q.trim()) return []
  const { api } = await call.registry()
  const query = { q, limit: Math.min(limit, mostOfEach) }
  return (await answered(api.GET('/api/v1/search/groups', { params: { query } }))).groups
}

/** In the columns of modules and providers: the address is that of its page. */
export const rowsOfGroups = (groups: Group[]): Cell[][] =>
  groups.flatMap(({ items }) =>
    items.map(({ kind, page, version, name, about }) => [
      kind,
      page,
      version,
      null,
      [name, about].filter(Boolean).join(': '),
    ]),
  )

/** @param flag that lists one kind */
export function groupsNote(groups: Group[], flag: '--kind' | '--type'): string[] {
  const [first] = groups
  if (!first) return []
  const counts = groups.map(({ kind, total }) => `${kind} ${total.isEstimate ? 'about ' : ''}${total.count}`)
  return [`Inside of modules and in the documentation: ${counts.join(', ')}. List one kind with ${flag} ${first.kind}.`]
}
