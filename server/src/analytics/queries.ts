/** What was counted, read back by day: summed up to periods, and split. */
import type { Downloads, DownloadsQuery } from '@cadastre/contract/downloads'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'
import type { Period, Range } from './periods.ts'
import './tables.ts'

/** What is asked about: its id is that of the module or provider. */
export type Counted = { kind: 'module' | 'provider'; id: string }

/** @property rank of its series, 1 has the most downloads; 0 is what is past the limit, which are `count` series. */
export type Sum = { period: string; rank: number; name: string; count: number; downloads: number }

const tablesOf = {
  module: {
    days: sql.table('module_downloads_by_day'),
    versions: sql.table('module_versions'),
    id: sql.ref('module_id'),
  },
  provider: {
    days: sql.table('provider_downloads_by_day'),
    versions: sql.table('provider_versions'),
    id: sql.ref('provider_id'),
  },
}

const maxPublished = 500

/**
 * The downloads of each period and each of the first series, and of all others together: a thousand versions on four
 * hundred days are summed up here, and never come out of the database.
 */
export async function sumDownloads(
  db: Db,
  { kind, id }: Counted,
  { by, from, to }: Range,
  { split, limit }: Pick<DownloadsQuery, 'split' | 'limit'>,
): Promise<Sum[]> {
  const { days, versions, id: ofThis } = tablesOf[kind]
  const version = split === 'version' || split === 'major' ? sql`, version_id` : sql``
  // Days are put together before anything else is done with them: that is once for each period and version.
  const { rows } = await sql<Sum>`
    with sums as (
      select ${startOf[by]} as start ${version},
             sum(terraform) as terraform, sum(opentofu) as opentofu, sum(other) as other
      from ${days} where ${ofThis} = ${id} and day between ${from}::date and ${to}::date
      group by start ${version}
    ), series as materialized (
      select start, name, newest, downloads::float8 as downloads
      from ${seriesOf[split](sql`select id, version, precedence from ${versions} where ${ofThis} = ${id}`)}
      where downloads > 0
    ), ranked as (
      select name, row_number() over (order by sum(downloads) desc, max(newest) desc, name desc) as rank
      from series group by name
    ), told as (
      select start, case when rank <= ${limit} then rank else 0 end as rank, sum(downloads) as downloads
      from series join ranked using (name) group by 1, 2
    )
    select to_char(start, 'YYYY-MM-DD') as period, rank::int, coalesce(name, '') as name, downloads,
           case rank when 0 then (select count(*) from ranked where rank > ${limit}) else 1 end::int as count
    from told left join ranked using (rank)`.execute(db)
  return rows
}

/** Weeks by whole numbers, since this is done for every row: the first day of year 1 is a Monday. */
const startOf: Record<Period, RawBuilder<unknown>> = {
  day: sql`day`,
  week: sql`day - (day - date '0001-01-01') % 7`,
  month: sql`date_trunc('month', day::timestamp)::date`,
}

/**
 * `newest` says which of two series with as many downloads comes first.
 * @param versions of the same module or provider
 */
const seriesOf: Record<DownloadsQuery['split'], (versions: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  none: () => sql`(
    select start, '' as name, '' as newest, terraform + opentofu + other as downloads from sums) as series`,
  client: () => sql`sums, lateral (
    values ('terraform', '', terraform), ('opentofu', '', opentofu), ('other', '', other)) as series (name, newest, downloads)`,
  version: (versions) => ofVersions(versions, sql`version`),
  major: (versions) => ofVersions(versions, sql`split_part(version, '.', 1)`),
}

const ofVersions = (versions: RawBuilder<unknown>, name: RawBuilder<unknown>) => sql`(
  select start, ${name} as name, precedence as newest, terraform + opentofu + other as downloads
  from sums join (${versions}) as version on version.id = sums.version_id) as series`

/** What was published in this time and is still there, oldest first; of very many the newest. */
export async function listPublished(
  db: Db,
  { kind, id }: Counted,
  { from, to }: Range,
): Promise<Downloads['published']> {
  const { versions, id: ofThis } = tablesOf[kind]
  const { rows } = await sql<{ version: string; publishedAt: Date }>`
    select version, published_at as "publishedAt" from ${versions}
    where ${ofThis} = ${id} and state <> 'deleted'
      and published_at >= ${from}::date::timestamp at time zone 'UTC'
      and published_at < (${to}::date + 1)::timestamp at time zone 'UTC'
    order by published_at desc, precedence desc limit ${maxPublished}`.execute(db)
  return rows.reverse().map(({ version, publishedAt }) => ({ version, publishedAt: publishedAt.toISOString() }))
}

export type Summary = { week: number; month: number; year: number }

/** How often something was downloaded this week, month and year, in UTC; that of all times stands with the thing itself. */
export async function summarizeDownloads(db: Db, { kind, id }: Counted, now: Date): Promise<Summary> {
  const { days, id: ofThis } = tablesOf[kind]
  const since = (unit: keyof Summary) => sql`date_trunc(${sql.lit(unit)}, ${now}::timestamptz at time zone 'UTC')::date`
  const sum = (unit: keyof Summary) =>
    sql`coalesce(sum(terraform + opentofu + other) filter (where day >= ${since(unit)}), 0)::float8`
  // A week may have begun in the year before.
  const { rows } = await sql<Summary>`
    select ${sum('week')} as week, ${sum('month')} as month, ${sum('year')} as year
    from ${days} where ${ofThis} = ${id} and day >= least(${since('week')}, ${since('year')})`.execute(db)
  return rows[0]!
}
