/** What is shown of parts of modules: of each one look-up by primary key. */
import type { PartKind } from '@cadastre/contract/search-kinds'
import { type Db, namedStatement } from '../../foundation/database/database.ts'
import type { ShownPart } from '../../learnt/terms.ts'
import { filledUp } from './page-queries.ts'

/** @param term as the index has it */
export type PartItem = { moduleId: number; kind: PartKind; term: string }

const shownParts = namedStatement<{ shown: ShownPart | null }>(
  'searchParts',
  `select known.shown -> asked.term as shown
   from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as asked (id, field, term, place)
   left join search_terms as known on known.kind = 'module' and known.item_id = asked.id and known.field = asked.field
   order by asked.place`,
)

/** In their order; undefined is what nobody wrote down. */
export async function readParts(db: Db, items: PartItem[]): Promise<(ShownPart | undefined)[]> {
  if (items.length === 0) return []
  const columns = [items.map(({ moduleId }) => moduleId), items.map(({ kind }) => kind), items.map(({ term }) => term)]
  const rows = await shownParts(
    db,
    columns.map((column) => filledUp<string | number>(column)),
  )
  return items.map((_, place) => rows[place]?.shown ?? undefined)
}
