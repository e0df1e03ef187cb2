/** What is inside of modules and in the documentation, as a search finds it. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { FoundKind } from '@cadastre/contract/search-kinds'
import type { Call } from '../call.ts'
import { answered } from '../registry.ts'
import type { Report } from '../report.ts'
import type { Flags } from './search.ts'

type Part = components['schemas']['SearchPart']
type Answer = components['schemas']['SearchParts']

const pageSize = 100

/** Parts have no numbers of their own to be put in order by. */
export async function searchParts(
  call: Call,
  q: string,
  { kind, limit, countOnly, ...narrowed }: Flags & { kind: FoundKind },
): Promise<Report> {
  const { items, total, hints } = await pages(call, { q: typedWith(q, narrowed), kind }, countOnly ? 1 : limit)
  if (countOnly)
    return {
      schema: 'cadastre.registry.search.count.v1',
      data: { [kind]: total.count },
      rows: [[`Total ${kind}: ${total.count}`]],
    }
  return {
    schema: 'cadastre.registry.search.parts.v1',
    data: { items, total, hints },
    columns: ['kind', 'name', 'module', 'latest', 'page', 'about'],
    rows: items.map(({ kind: of, name, module, version, page, about }) => [of, name, module, version, page, about]),
    notes: [
      ...(items.length === 0 ? ['Nothing that you may read fits.'] : []),
      ...(items.length < total.count ? [`${items.length} of ${total.isEstimate ? 'about ' : ''}${total.count}.`] : []),
      ...hints,
    ],
  }
}

/** Parts are narrowed by what is typed alone. */
export const typedWith = (q: string, { namespace, provider }: Pick<Flags, 'namespace' | 'provider'>): string =>
  [q, ...(namespace ? [`ns:${namespace}`] : []), ...(provider ? [`system:${provider}`] : [])].join(' ')

async function pages(call: Call, query: { q: string; kind: FoundKind }, limit: number): Promise<Answer> {
  const { api } = await call.registry()
  const ask = (left: number, cursor?: string) =>
    answered(
      api.GET('/api/v1/search/parts', { params: { query: { ...query, limit: Math.min(left, pageSize), cursor } } }),
    )
  const first = await ask(limit)
  const items: Part[] = first.items
  for (let { next } = first; next !== null && items.length < limit; ) {
    const page = await ask(limit - items.length, next)
    items.push(...page.items)
    next = page.next
  }
  return first
}
