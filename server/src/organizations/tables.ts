/** Tables of organizations, of people, and of what belongs to them. */
import type { Role } from '@cadastre/contract/roles'
import type { Generated } from 'kysely'
import type { Visibility } from '../access/permit.ts'

declare module '../foundation/database/database.ts' {
  interface Tables {
    organizations: {
      id: Generated<string>
      name: string
      display_name: Generated<string>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    users: {
      id: Generated<string>
      email: string
      display_name: Generated<string>
      password_hash: Generated<string | null>
      disabled_at: Generated<Date | null>
      generation: Generated<number>
      created_by: Generated<string>
      last_seen_at: Generated<Date | null>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    organization_members: {
      organization_id: string
      user_id: string
      role: Role
      source: Generated<string>
      created_at: Generated<Date>
    }
    platform_members: { user_id: string; role: Role; source: Generated<string>; created_at: Generated<Date> }
    user_roles: { user_id: string; organization: string; role: Role }
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
