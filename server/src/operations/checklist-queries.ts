/** What there is already, as numbers that decide what is left to do. */
import { sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'

export type WhatIsThere = {
  /** people who hold admin on the platform and may sign in */
  admins: number
  ownNamespaces: number
  registries: number
}

/** Each counted no further than it matters. */
export async function countWhatIsThere(db: Db): Promise<WhatIsThere> {
  const { rows } = await sql<WhatIsThere>`select
    (select count(*)::int from (
       select 1 from platform_members as member join users on users.id = member.user_id
       where member.role = 'admin' and users.disabled_at is null group by member.user_id limit 100) as admin) as "admins",
    (select count(*)::int from (
       select 1 from namespaces where name <> 'examples' limit 100) as namespace) as "ownNamespaces",
    (select count(*)::int from (
       select 1 from catalogue_sources where imported_at is not null limit 100) as source) as "registries"`.execute(db)
  return rows[0]!
}
