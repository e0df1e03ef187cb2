/**
 * The one way into the search for whatever is learnt of modules and providers beside their names and descriptions: the
 * resources that a module creates, its inputs and outputs, its submodules, what it calls.
 */
import type { PartKind } from '@cadastre/contract/search-kinds'
import { sql } from 'kysely'
import { announce } from '../foundation/database/changes.ts'
import type { Tx } from '../foundation/database/database.ts'
import { nameOf } from './words.ts'

/** Keys of the search's grammar whose values have to be learnt first. */
export const learntKeys = ['resource', 'input', 'output', 'provider', 'uses', 'license'] as const

/** What is shown of a term that is found by itself. */
export type ShownPart = {
  /** as its author wrote it; of a resource its address: `aws_vpc.this` */
  name: string
  /** empty for the root */
  folder: string
  about: string
}

export type Learnt = {
  kind: 'module' | 'provider'
  /** of the row in `modules` or `providers` */
  id: string
  /** a key, a kind of part, or `word`: found as the words of a description are */
  field: (typeof learntKeys)[number] | PartKind | 'word'
  /** all there are: what was learnt for this field before is forgotten */
  terms: string[]
  /** of those of these terms that are parts */
  shown?: Map<string, ShownPart>
}

const learntTopic = ({ kind, id }: Pick<Learnt, 'kind' | 'id'>) => `search:${kind}:${id}`

/** In the transaction that learns it; every server process finds it a moment after. */
export async function learnTerms(tx: Tx, ...learnt: Learnt[]): Promise<void> {
  const said = learnt.map(({ shown, ...each }) => ({ ...each, shown: shown ? byTerm(shown) : {} }))
  await sql`with said as (
      select * from jsonb_to_recordset(${JSON.stringify(said)}::jsonb)
        as each (kind text, id bigint, field text, terms jsonb, shown jsonb)),
    forgotten as (
      delete from search_terms using said where search_terms.kind = said.kind and item_id = said.id
        and search_terms.field = said.field and said.terms = '[]')
    insert into search_terms (kind, item_id, field, terms, shown)
    select kind, id, field, array(select jsonb_array_elements_text(terms)), shown from said where terms <> '[]'
    on conflict (kind, item_id, field) do update set terms = excluded.terms, shown = excluded.shown`.execute(tx)
  await announce(tx, ...new Set(learnt.map(learntTopic)))
}

/** As the index of the search has the terms. */
const byTerm = (shown: Map<string, ShownPart>): Record<string, ShownPart> =>
  Object.fromEntries([...shown].map(([term, part]) => [nameOf(term), part]))
