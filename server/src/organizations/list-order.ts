/** In which order modules and providers are listed, and where in it a page begins. */
import type { ListSort } from '@cadastre/contract/paging'
import { type RawBuilder, sql } from 'kysely'

/** What a list is sorted by before the address, greatest first. */
type Rank = {
  by: RawBuilder<unknown>
  /** the same as a whole number, so that a cursor holds all of it */
  number: RawBuilder<string>
  from: (number: string) => RawBuilder<unknown>
}

/** Downloads have no index on purpose: each that is counted would rewrite it. */
export function rankOf(table: 'modules' | 'providers', sort: ListSort): Rank | undefined {
  if (sort === 'address') return undefined
  const [downloads, releasedAt] = [sql.ref(`${table}.downloads`), sql.ref(`${table}.released_at`)]
  if (sort === 'downloads')
    return { by: downloads, number: sql<string>`${downloads}`, from: (number) => sql`${number}::bigint` }
  return {
    by: releasedAt,
    number: sql<string>`(extract(epoch from ${releasedAt}) * 1000000)::bigint`,
    from: (number) => sql`(to_timestamp(0) + ${number}::bigint * interval '1 microsecond')`,
  }
}

/** @param after of the last row of the page before: its address, behind its rank where there is one @param address the columns of one */
export function following(rank: Rank | undefined, after: string[], address: readonly string[]): RawBuilder<boolean> {
  const key = after.slice(-address.length)
  if (key.length < address.length) return sql`true`
  const below = sql<boolean>`(${sql.join(address.map((column) => sql.ref(column)))}) > (${sql.join(key)})`
  if (!rank) return below
  const from = rank.from(after[0]!)
  return sql`${rank.by} <= ${from} and (${rank.by} < ${from} or ${below})`
}

/** @param columns whose texts are looked through */
export const saying = (words: string, columns: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`strpos(lower(${columns}), lower(${words})) > 0`
