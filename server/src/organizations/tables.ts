/** Tables of organizations and what belongs to them. */
import type { Generated } from 'kysely'
import type { Visibility } from '../access/permit.ts'

declare module '../foundation/database/database.ts' {
  interface Tables {
    organizations: { id: Generated<string>; name: string; display_name: Generated<string>; created_at: Generated<Date> }
    namespaces: {
      id: Generated<string>
      organization_id: string
      name: string
      folded_name: Generated<string>
      visibility: Visibility
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    documents: { key: string; plain: Buffer; gzip: Buffer; etag: string; updated_at: Generated<Date> }
  }
}
