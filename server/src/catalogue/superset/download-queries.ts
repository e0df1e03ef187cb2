/** How often something was downloaded this week, month and year, in UTC; that of all times stands with the thing itself. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../foundation/database/database.ts'

type Summary = { week: number; month: number; year: number }

export const moduleDownloads = (db: Db, moduleId: string, now: Date) =>
  downloadsOf(db, sql`module_version_id in (select id from module_versions where module_id = ${moduleId})`, now)

export const providerDownloads = (db: Db, providerId: string, now: Date) =>
  downloadsOf(
    db,
    sql`provider_platform_id in (
      select platform.id from provider_versions as version
      join provider_platforms as platform on platform.provider_version_id = version.id
      where version.provider_id = ${providerId})`,
    now,
  )

async function downloadsOf(db: Db, which: RawBuilder<unknown>, now: Date): Promise<Summary> {
  const since = (unit: 'week' | 'month' | 'year') => sql`date_trunc(${sql.lit(unit)}, ${now}::timestamptz, 'UTC')`
  const sum = (unit: 'week' | 'month' | 'year') =>
    sql`coalesce(sum(downloads) filter (where occurred_at >= ${since(unit)}), 0)::float8`
  // A week may have begun in the year before.
  const { rows } = await sql<Summary>`
    select ${sum('week')} as week, ${sum('month')} as month, ${sum('year')} as year
    from download_events
    where ${which} and occurred_at >= least(${since('week')}, ${since('year')})`.execute(db)
  return rows[0]!
}
