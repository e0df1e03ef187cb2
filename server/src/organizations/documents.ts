/**
 * Prepared documents: the bytes that clients get, written in the transaction that changes what they say, and read
 * together with the rights of their namespace.
 */
import { sql } from 'kysely'
import type { NamespaceRights } from '../access/permit.ts'
import { type Db, namedStatement, type Tx } from '../foundation/database/database.ts'
import type { OwnConnection } from '../foundation/database/own-connection.ts'
import { type PreparedDocument, prepareDocument } from '../foundation/http/prepared.ts'
import './tables.ts'

export type NamespaceDocument = { namespace: NamespaceRights | undefined; document: PreparedDocument | undefined }

/** Writes the document; without a value there is none from now on. */
export async function refreshDocument(tx: Tx, key: string, value: unknown): Promise<void> {
  if (value === undefined) {
    await tx.deleteFrom('documents').where('key', '=', key).execute()
    return
  }
  const { plain, gzip, etag } = prepareDocument(value)
  await tx
    .insertInto('documents')
    .values({ key, plain, gzip, etag })
    .onConflict((row) => row.column('key').doUpdateSet({ plain, gzip, etag, updated_at: new Date() }))
    .execute()
}

/** Many at once, by COPY. Documents that say the same stay as they are. */
export async function refreshDocuments(
  own: OwnConnection,
  tx: Tx,
  documents: { key: string; value: unknown }[],
): Promise<void> {
  if (documents.length === 0) return
  const known = await etagsOf(
    tx,
    documents.map(({ key }) => key),
  )
  const prepared = [...new Map(documents.map((one) => [one.key, one.value]))].map(([key, value]) => ({
    key,
    ...prepareDocument(value),
  }))
  await own.copy('documents', columns, prepared.filter(({ key }) => !known.has(key)).map(rowOf))
  const changed = prepared.filter(({ key, etag }) => known.has(key) && known.get(key) !== etag)
  if (changed.length === 0) return
  await own.copy('staged_documents', columns, changed.map(rowOf))
  await sql`update documents d set plain = s.plain, gzip = s.gzip, etag = s.etag, updated_at = now()
    from staged_documents s where d.key = s.key`.execute(tx)
}

const columns = ['key', 'plain', 'gzip', 'etag']

const rowOf = ({ key, plain, gzip, etag }: { key: string } & ReturnType<typeof prepareDocument>) => [
  key,
  plain,
  gzip,
  etag,
]

async function etagsOf(tx: Tx, keys: string[]): Promise<Map<string, string>> {
  const found = await sql<{ key: string; etag: string }>`
    select key, etag from documents where key = any(${keys}::text[])`.execute(tx)
  return new Map(found.rows.map(({ key, etag }) => [key, etag]))
}

/** The temporary table of the session that `refreshDocuments` copies into. */
export const prepareDocumentStaging = (db: Db) =>
  sql`create temporary table if not exists staged_documents (like staging.documents) on commit delete rows`.execute(db)

export async function deleteDocuments(tx: Tx, keys: string[]): Promise<void> {
  await sql`delete from documents where key = any(${keys}::text[])`.execute(tx)
}

// Small documents come in both forms; of a large one only the gzip is moved, which is 50 times smaller.
const readDocuments = namedStatement<{
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  etag: string | null
  plain: Buffer | null
  gzip: Buffer | null
  plainBytes: number | null
}>(
  'readDocuments',
  `select n.name, n.organization_id as "organizationId", n.visibility, d.etag, d.gzip,
          case when octet_length(d.plain) <= 4096 then d.plain end as plain, octet_length(d.plain) as "plainBytes"
   from unnest($1::text[], $2::text[]) with ordinality as asked (namespace, key, position)
   left join namespaces n on n.name = asked.namespace
   left join documents d on d.key = asked.key
   order by asked.position`,
)

/** One query for all of them, whether they are there or not; in their order. */
export async function loadDocuments(db: Db, asked: { namespace: string; key: string }[]): Promise<NamespaceDocument[]> {
  const rows = await readDocuments(db, [asked.map(({ namespace }) => namespace), asked.map(({ key }) => key)])
  return rows.map(({ name, organizationId, visibility, etag, plain, gzip, plainBytes }) => {
    if (name === null || organizationId === null || visibility === null)
      return { namespace: undefined, document: undefined }
    return {
      namespace: { name, organizationId, visibility },
      document: etag === null ? undefined : { etag, plain, gzip, plainBytes: plainBytes ?? 0 },
    }
  })
}
