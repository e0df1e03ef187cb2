/** Which registries can be refreshed, and which are due. */
import { sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'
import './tables.ts'

export type RefreshableRegistry = { hostname: string; address: string }

/** Those that were imported over HTTP: a folder is imported again by whoever brings it up to date. */
export const listRefreshable = (db: Db): Promise<RefreshableRegistry[]> =>
  db
    .selectFrom('catalogue_sources')
    .where('kind', '<>', 'opentofu-folder')
    .select(['hostname', 'address'])
    .orderBy('hostname')
    .execute()

/** Those of them that nobody has begun to import, and no import has come to its end, for so long. */
export async function listDue(db: Db, kind: string, intervalMs: number): Promise<RefreshableRegistry[]> {
  const due = await sql<RefreshableRegistry>`
    select hostname, address from catalogue_sources source
    where kind <> 'opentofu-folder' and not exists (
      select from job_runs where kind = ${kind} and subject = source.hostname
        and (state in ('waiting', 'running')
          or coalesce(finished_at, created_at) > now() - ${intervalMs} * interval '1 millisecond'))
    order by hostname`.execute(db)
  return due.rows
}
