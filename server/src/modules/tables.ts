/** Tables of modules. */
import type { VersionStep } from '@cadastre/contract/modules'
import type { Generated, GeneratedAlways } from 'kysely'

export type VersionState = 'active' | 'deprecated' | 'revoked' | 'deleted'

declare module '../foundation/database/database.ts' {
  interface Tables {
    modules: {
      id: GeneratedAlways<string>
      namespace_id: string | null
      hostname: Generated<string>
      namespace: string
      name: string
      system: string
      origin: Generated<'published' | 'mirrored' | 'catalogued'>
      description: Generated<string>
      source_url: Generated<string>
      repository: Generated<string>
      downloads: Generated<string>
      popularity: Generated<string | null>
      verified: Generated<boolean>
      archived: Generated<boolean>
      fork_of: Generated<string>
      source_path: Generated<string>
      source_digest: Generated<string>
      gone_at: Generated<Date | null>
      created_at: Generated<Date>
      updated_at: Generated<Date>
      released_at: Generated<Date>
    }
    module_versions: {
      id: GeneratedAlways<string>
      module_id: string
      version: string
      core: string
      precedence: string
      prerelease: boolean
      tag: Generated<string>
      position: Generated<number>
      listed: Generated<boolean>
      state: Generated<VersionState>
      description: Generated<string>
      source_url: Generated<string>
      source_commit: Generated<string>
      source_folder: Generated<string>
      object_id: string | null
      sha256: string | null
      content_sha256: string | null
      size_bytes: string | null
      downloads: Generated<string>
      published_by: string
      published_at: Generated<Date>
      deleted_at: Generated<Date | null>
      measured_step: Generated<VersionStep | null>
      measured_from: Generated<string | null>
    }
  }
}
