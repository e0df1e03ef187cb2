/** The prepared version list of a module: what clients get, written in the transaction that changes what it says. */

import type { NamespaceRights } from '../access/permit.ts'
import type { Db, Tx } from '../foundation/database/database.ts'
import { namedStatement } from '../foundation/database/database.ts'
import { type PreparedDocument, prepareDocument } from '../foundation/http/prepared.ts'
import { type ModuleAddress, moduleText } from './module.ts'
import { listedVersions } from './queries.ts'
import './tables.ts'

export type VersionsDocument = { namespace: NamespaceRights | undefined; document: PreparedDocument | undefined }

const keyOf = (address: ModuleAddress) => `modules/${moduleText(address)}/versions`

/** The document as the protocol wants it (protocols.md §4.2): one module, every version, newest first. */
export function versionsDocumentOf(address: ModuleAddress, versions: string[]) {
  return prepareDocument({
    modules: [{ source: moduleText(address), versions: versions.map((version) => ({ version })) }],
  })
}

/** Brings the document in line with the rows; without a listed version there is none. */
export async function refreshVersionsDocument(tx: Tx, address: ModuleAddress, moduleId: string): Promise<void> {
  const versions = await listedVersions(tx, moduleId)
  const key = keyOf(address)
  if (versions.length === 0) {
    await tx.deleteFrom('documents').where('key', '=', key).execute()
    return
  }
  const { plain, gzip, etag } = versionsDocumentOf(address, versions)
  await tx
    .insertInto('documents')
    .values({ key, plain, gzip, etag })
    .onConflict((row) => row.column('key').doUpdateSet({ plain, gzip, etag, updated_at: new Date() }))
    .execute()
}

// Small lists come in both forms; of a large one only the gzip is moved, which is 50 times smaller.
const readVersionsDocuments = namedStatement<{
  name: string | null
  organizationId: string | null
  visibility: NamespaceRights['visibility'] | null
  etag: string | null
  plain: Buffer | null
  gzip: Buffer | null
  plainBytes: number | null
}>(
  'readVersionsDocuments',
  `select n.name, n.organization_id as "organizationId", n.visibility, d.etag, d.gzip,
          case when octet_length(d.plain) <= 4096 then d.plain end as plain, octet_length(d.plain) as "plainBytes"
   from unnest($1::text[], $2::text[]) with ordinality as asked (namespace, key, position)
   left join namespaces n on n.name = asked.namespace
   left join documents d on d.key = asked.key
   order by asked.position`,
)

/** One query for all of them, whether they are there or not; in the order of `addresses`. */
export async function loadVersionsDocuments(db: Db, addresses: ModuleAddress[]): Promise<VersionsDocument[]> {
  const namespaces = addresses.map((address) => address.namespace)
  const rows = await readVersionsDocuments(db, [namespaces, addresses.map(keyOf)])
  return rows.map(({ name, organizationId, visibility, etag, plain, gzip, plainBytes }) => {
    if (name === null || organizationId === null || visibility === null)
      return { namespace: undefined, document: undefined }
    return {
      namespace: { name, organizationId, visibility },
      document: etag === null ? undefined : { etag, plain, gzip, plainBytes: plainBytes ?? 0 },
    }
  })
}
