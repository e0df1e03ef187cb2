/** What an import writes beside modules and providers: the source, its keys, and what it has met. */
import { sql } from 'kysely'
import type { Visibility } from '../../access/permit.ts'
import type { Db, Tx } from '../../foundation/database/database.ts'
import type { Source } from '../../upstream/source.ts'
import '../tables.ts'

export const importKind = 'catalogue.import'

/** One import of a registry at a time: whoever holds this is it, until its connection ends. */
export async function tryLock(db: Db, hostname: string): Promise<boolean> {
  const answer = await sql<{ held: boolean }>`
    select pg_try_advisory_lock(hashtext('cadastre import'), hashtext(${hostname})) as held`.execute(db)
  return answer.rows[0]!.held
}

export async function unlock(db: Db, hostname: string): Promise<void> {
  await sql`select pg_advisory_unlock(hashtext('cadastre import'), hashtext(${hostname}))`.execute(db)
}

/** @param visibility undefined: what it was; at first what was asked for last, by an import that failed; else internal */
export async function keepSource(
  tx: Tx,
  hostname: string,
  source: Pick<Source, 'kind' | 'address'>,
  visibility?: Visibility,
): Promise<void> {
  const askedLast = sql`(select options->>'visibility' from job_runs
    where kind = ${importKind} and subject = ${hostname} and options->>'visibility' is not null
    order by created_at desc limit 1)`
  await sql`insert into catalogue_sources (hostname, kind, address, visibility)
    values (${hostname}, ${source.kind}, ${source.address}, coalesce(${visibility ?? null}, ${askedLast}, 'internal'))
    on conflict (hostname) do update set kind = excluded.kind, address = excluded.address,
      visibility = coalesce(${visibility ?? null}, catalogue_sources.visibility), updated_at = now()`.execute(tx)
}

export async function noteImported(tx: Tx, hostname: string, blacklist: string): Promise<void> {
  await tx
    .updateTable('catalogue_sources')
    .set({ imported_at: sql`now()`, updated_at: sql`now()`, blacklist })
    .where('hostname', '=', hostname)
    .execute()
}

export const findSource = (db: Db, hostname: string) =>
  db.selectFrom('catalogue_sources').where('hostname', '=', hostname).selectAll().executeTakeFirst()

/** Of these items of the catalogue, those that the run has met already. */
export async function metItems(tx: Tx, runId: string, kind: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const met = await sql<{ id: string }>`select item_id::text as id from catalogue_import_items
    where run_id = ${runId} and kind = ${kind} and item_id = any(${ids}::bigint[])`.execute(tx)
  return new Set(met.rows.map(({ id }) => id))
}

export async function noteMet(tx: Tx, runId: string, kind: string, ids: string[]): Promise<void> {
  await sql`insert into catalogue_import_items (run_id, kind, item_id)
    select ${runId}, ${kind}, unnest(${ids}::bigint[]) on conflict do nothing`.execute(tx)
}

export async function hasMet(tx: Tx, runId: string, kind: string): Promise<boolean> {
  const met = await sql`select from catalogue_import_items where run_id = ${runId} and kind = ${kind} limit 1`.execute(
    tx,
  )
  return met.rows.length > 0
}

export async function forgetMet(tx: Tx, runId: string): Promise<void> {
  await tx.deleteFrom('catalogue_import_items').where('run_id', '=', runId).execute()
}

export type KeyRow = {
  namespace: string
  type: string
  position: number
  filename: string
  keyId: string
  armored: string
}

/** Brings the keys of a registry in line. @returns how many rows that changed */
export async function mergeKeys(
  tx: Tx,
  hostname: string,
  keys: KeyRow[],
): Promise<{ new: number; changed: number; gone: number }> {
  const given = JSON.stringify(keys)
  const answer = await sql<{ new: number; changed: number; gone: number }>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb)
        as key (namespace text, type text, position integer, filename text, "keyId" text, armored text)),
    gone as (
      delete from catalogued_keys k where hostname = ${hostname} and not exists (
        select from given where given.namespace = k.namespace and given.type = k.type and given.position = k.position)
      returning 1),
    changed as (
      update catalogued_keys k set filename = given.filename, key_id = given."keyId", armored = given.armored from given
      where k.hostname = ${hostname} and given.namespace = k.namespace and given.type = k.type
        and given.position = k.position
        and (given.filename, given."keyId", given.armored) is distinct from (k.filename, k.key_id, k.armored)
      returning 1),
    added as (
      insert into catalogued_keys (hostname, namespace, type, position, filename, key_id, armored)
      select ${hostname}, namespace, type, position, filename, "keyId", armored from given
      on conflict (hostname, namespace, type, position) do nothing returning 1)
    select (select count(*)::int from added) as new, (select count(*)::int from changed) as changed,
           (select count(*)::int from gone) as gone`.execute(tx)
  return answer.rows[0]!
}
