/** All SQL of files that wait for their version. */
import type { SourceFields } from '@cadastre/contract/version-source'
import { sql } from 'kysely'
import type { Db, Tx } from '../foundation/database/database.ts'
import './tables.ts'

export type StagedVersion = { namespaceId: string; type: string; core: string }

export type StagedFileRow = {
  id: string
  filename: string
  sha256: string
  sizeBytes: number
  /** of the small ones */
  content: Buffer | null
  objectId: string | null
  h1: string
  h1Unpacked: string
  /** what was said with it of where the code comes from */
  source: SourceFields | null
  stagedAt: Date
}

const columns = [
  'id',
  'filename',
  'sha256',
  sql<number>`size_bytes::float8`.as('sizeBytes'),
  'content',
  'object_id as objectId',
  'h1',
  'h1_unpacked as h1Unpacked',
  'source',
  'staged_at as stagedAt',
] as const

const filesOf = (db: Db | Tx, { namespaceId, type, core }: StagedVersion) =>
  db
    .selectFrom('staged_files')
    .where('namespace_id', '=', namespaceId)
    .where('type', '=', type)
    .where('core', '=', core)
    .select(columns)
    .orderBy('filename')

export const listStagedFiles = (db: Db | Tx, version: StagedVersion): Promise<StagedFileRow[]> =>
  filesOf(db, version).execute()

/** The same, held until the transaction ends: none is replaced or forgotten in between. */
export const lockStagedFiles = (tx: Tx, version: StagedVersion): Promise<StagedFileRow[]> =>
  filesOf(tx, version).forUpdate().execute()

export const findStagedFile = (
  db: Db | Tx,
  version: StagedVersion,
  filename: string,
): Promise<StagedFileRow | undefined> => filesOf(db, version).where('filename', '=', filename).executeTakeFirst()

/** What waits in a namespace, of whatever version. */
export async function waitingBytes(db: Db, namespaceId: string): Promise<number> {
  const { bytes } = await db
    .selectFrom('staged_files')
    .where('namespace_id', '=', namespaceId)
    .select(sql<number>`coalesce(sum(size_bytes), 0)::float8`.as('bytes'))
    .executeTakeFirstOrThrow()
  return bytes
}

export type NewStagedFile = {
  filename: string
  sha256: string
  sizeBytes: number
  content: Buffer | null
  objectId: string | null
  h1: string
  h1Unpacked: string
  source: SourceFields | null
}

/**
 * @param options.replaces whether it takes the place of an earlier one with other bytes
 * @returns nothing when there is one whose place it may not take
 */
export function insertStagedFile(
  db: Db | Tx,
  version: StagedVersion,
  file: NewStagedFile,
  { stagedBy, replaces }: { stagedBy: string; replaces: boolean },
): Promise<StagedFileRow | undefined> {
  const values = {
    sha256: file.sha256,
    size_bytes: file.sizeBytes,
    content: file.content,
    object_id: file.objectId,
    h1: file.h1,
    h1_unpacked: file.h1Unpacked,
    source: file.source && JSON.stringify(file.source),
    staged_by: stagedBy,
    staged_at: new Date(),
  }
  return db
    .insertInto('staged_files')
    .values({
      namespace_id: version.namespaceId,
      type: version.type,
      core: version.core,
      filename: file.filename,
      ...values,
    })
    .onConflict((conflict) => {
      const replaced = conflict.columns(['namespace_id', 'type', 'core', 'filename']).doUpdateSet(values)
      return replaces ? replaced : replaced.where('staged_files.sha256', '=', file.sha256)
    })
    .returning(columns)
    .executeTakeFirst()
}

/** The file if it is there with these bytes; from now on it waits as if it had come now. */
export const renewStagedFile = (
  db: Db,
  { namespaceId, type, core }: StagedVersion,
  { filename, sha256, source }: Pick<NewStagedFile, 'filename' | 'sha256' | 'source'>,
): Promise<StagedFileRow | undefined> =>
  db
    .updateTable('staged_files')
    .set({ staged_at: new Date(), ...(source && { source: JSON.stringify(source) }) })
    .where('namespace_id', '=', namespaceId)
    .where('type', '=', type)
    .where('core', '=', core)
    .where('filename', '=', filename)
    .where('sha256', '=', sha256)
    .returning(columns)
    .executeTakeFirst()

/** @param filename all of the version unless given @returns how many went */
export async function deleteStagedFiles(db: Db | Tx, version: StagedVersion, filename?: string): Promise<number> {
  let query = db
    .deleteFrom('staged_files')
    .where('namespace_id', '=', version.namespaceId)
    .where('type', '=', version.type)
    .where('core', '=', version.core)
  if (filename !== undefined) query = query.where('filename', '=', filename)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

export async function deleteStagedFilesBefore(db: Db, hours: number): Promise<void> {
  await sql`delete from staged_files where staged_at < now() - ${hours} * interval '1 hour'`.execute(db)
}
