/** Tables of the catalogue: where registries come from, who may see them, and their keys. */
import type { Generated } from 'kysely'
import type { Visibility } from '../access/permit.ts'

declare module '../foundation/database/database.ts' {
  interface Tables {
    catalogue_sources: {
      hostname: string
      kind: string
      address: string
      visibility: Generated<Visibility>
      blacklist: Generated<string>
      imported_at: Generated<Date | null>
      created_at: Generated<Date>
      updated_at: Generated<Date>
    }
    catalogue_namespaces: { hostname: string; namespace: string; visibility: Visibility }
    catalogued_keys: {
      hostname: string
      namespace: string
      type: Generated<string>
      position: number
      filename: string
      key_id: string
      armored: string
    }
    catalogue_import_items: { run_id: string; kind: 'module' | 'provider'; item_id: string }
  }
}
