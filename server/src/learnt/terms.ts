/**
 * The one way into the search for whatever is learnt of modules and providers beside their names and descriptions: the
 * resources that a module creates, its inputs and outputs, what it calls.
 */
import { sql } from 'kysely'
import { announce } from '../foundation/database/changes.ts'
import type { Tx } from '../foundation/database/database.ts'

/** Keys of the search's grammar whose values have to be learnt first. */
export const learntKeys = ['resource', 'input', 'output', 'provider', 'uses', 'license'] as const

export type Learnt = {
  kind: 'module' | 'provider'
  /** of the row in `modules` or `providers` */
  id: string
  /** a key, or `word`: found as the words of a description are */
  field: (typeof learntKeys)[number] | 'word'
  /** all there are: what was learnt for this field before is forgotten */
  terms: string[]
}

const learntTopic = ({ kind, id }: Pick<Learnt, 'kind' | 'id'>) => `search:${kind}:${id}`

/** In the transaction that learns it; every server process finds it a moment after. */
export async function learnTerms(tx: Tx, ...learnt: Learnt[]): Promise<void> {
  await sql`with said as (
      select * from jsonb_to_recordset(${JSON.stringify(learnt)}::jsonb) as each (kind text, id bigint, field text, terms jsonb)),
    forgotten as (
      delete from search_terms using said where search_terms.kind = said.kind and item_id = said.id
        and search_terms.field = said.field and said.terms = '[]')
    insert into search_terms (kind, item_id, field, terms)
    select kind, id, field, array(select jsonb_array_elements_text(terms)) from said where terms <> '[]'
    on conflict (kind, item_id, field) do update set terms = excluded.terms`.execute(tx)
  await announce(tx, ...new Set(learnt.map(learntTopic)))
}
