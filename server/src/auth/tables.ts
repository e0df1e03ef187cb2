/** Tables of API keys, of sessions, and of what is used once. */
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
      kind: Generated<'api' | 'cli'>
      replaced_by: Generated<string | null>
    }
    sessions: {
      id: Generated<string>
      token_hash: Buffer
      user_id: string
      issuer: string
      client: string
      address: string
      generation: number
      created_at: Generated<Date>
      last_used_at: Generated<Date>
      expires_at: Date
      revoked_at: Generated<Date | null>
    }
    one_time_tokens: {
      hash: Buffer
      kind: 'setup' | 'sign-in' | 'code'
      content: unknown
      created_at: Generated<Date>
      expires_at: Date
    }
  }
}
