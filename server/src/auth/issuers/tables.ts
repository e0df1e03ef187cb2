/** Tables of issuers that were added while the registry ran, and of whom issuers mean. */
import type { ColumnType, Generated } from 'kysely'
import type { GroupMapping } from './issuer.ts'

declare module '../../foundation/database/database.ts' {
  interface Tables {
    identity_providers: {
      id: Generated<string>
      name: string
      kind: 'oidc' | 'entra'
      display_name: string
      issuer_url: string
      client_id: string
      client_secret: Buffer | null
      scopes: string[]
      group_claim: string
      /** written as JSON text, read as what it says */
      group_mappings: ColumnType<GroupMapping[], string, string>
      enabled: boolean
      created_by: string
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    identities: {
      id: Generated<string>
      issuer: string
      subject: string
      user_id: string
      email: Generated<string>
      created_at: Generated<Date>
      last_used_at: Generated<Date>
    }
  }
}
