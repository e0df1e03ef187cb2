/** The table of API keys. */
import type { Scope } from '@cadastre/contract/scopes'
import type { Generated } from 'kysely'

declare module '../foundation/database/database.ts' {
  interface Tables {
    api_keys: {
      id: Generated<string>
      organization_id: string | null
      user_id: Generated<string | null>
      name: string
      key_hash: Buffer
      key_prefix: string
      scopes: Scope[]
      namespaces: string[]
      expires_at: Date | null
      last_used_at: Generated<Date | null>
      revoked_at: Generated<Date | null>
      created_by: string
      created_at: Generated<Date>
    }
  }
}
