/** Answers of other registries as they are kept: found by their address, gone when they are old or too many. */
import { sql } from 'kysely'
import { changedRows, type Db, transaction } from '../foundation/database/database.ts'
import './tables.ts'

export type KeptAnswer = { text: string; etag: string; lastModified: string }

/** Also of one that is too old: a server may say that it still is as it was. */
export const findKept = (db: Db, key: string): Promise<KeptAnswer | undefined> =>
  db
    .selectFrom('cache')
    .where('cache_key', '=', key)
    .select(['cache_value as text', 'etag', 'last_modified as lastModified'])
    .executeTakeFirst()

export async function keepAnswer(db: Db, key: string, kept: KeptAnswer, maxAgeMs: number): Promise<void> {
  await sql`insert into cache (cache_key, cache_value, etag, last_modified, expires_at)
    values (${key}, ${kept.text}, ${kept.etag}, ${kept.lastModified}, now() + ${maxAgeMs} * interval '1 millisecond')
    on conflict (cache_key) do update set cache_value = excluded.cache_value, etag = excluded.etag,
      last_modified = excluded.last_modified, expires_at = excluded.expires_at, fetched_at = now(), used_at = now()`.execute(
    db,
  )
}

/** It is what the server would say today. */
export async function keepLonger(db: Db, key: string, maxAgeMs: number): Promise<void> {
  await sql`update cache set expires_at = now() + ${maxAgeMs} * interval '1 millisecond', used_at = now()
    where cache_key = ${key}`.execute(db)
}

export type Cleaned = { expired: number; overBound: number }

/** Takes away what is too old and, while the rest is more than `maxBytes` as it lies on the disk, what was not used for longest. */
export function cleanCache(db: Db, maxBytes: number): Promise<Cleaned> {
  return transaction(db, async (tx) => ({
    expired: await changedRows(tx, sql`delete from cache where expires_at <= now()`),
    overBound: await changedRows(
      tx,
      sql`delete from cache using (
          select cache_key as key, sum(pg_column_size(cache_value)) over (order by used_at desc, cache_key) as bytes
          from cache) as used
        where cache_key = used.key and used.bytes > ${maxBytes}`,
    ),
  }))
}
