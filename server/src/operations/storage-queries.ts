/** What lies in which store. */
import { sql } from 'kysely'
import type { Db } from '../foundation/database/database.ts'
import type { BackendName } from '../foundation/storage/storage.ts'
import { namedByModules } from '../modules/stored-archives.ts'
import { namedByProviders } from '../providers/stored-zips.ts'

const isNamed = sql<boolean>`(${namedByModules} or ${namedByProviders})`

/** What is needed of each store. */
export async function measureStores(db: Db): Promise<{ backend: BackendName; objects: number; sizeBytes: number }[]> {
  const { rows } = await sql<{ backend: BackendName; objects: number; sizeBytes: number }>`
    select backend, count(*)::int as objects, coalesce(sum(size_bytes), 0)::float8 as "sizeBytes"
    from stored_objects as object where ${isNamed} group by backend`.execute(db)
  return rows
}

export type MovableObject = {
  id: string
  backend: BackendName
  key: string
  sha256: string
  sizeBytes: number
}

/** The next object that is needed and does not lie there yet. */
export async function nextObjectElsewhere(
  db: Db,
  to: BackendName,
  afterId: string,
): Promise<MovableObject | undefined> {
  const { rows } = await sql<MovableObject>`
    select id, backend, key, sha256, size_bytes::float8 as "sizeBytes"
    from stored_objects as object
    where id > ${afterId}::bigint and backend <> ${to} and ${isNamed}
    order by id limit 1`.execute(db)
  return rows[0]
}
