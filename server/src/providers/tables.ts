/** Tables of providers, their signing keys, and of files that wait for their version. */
import type { SourceFields } from '@cadastre/contract/version-source'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export type ProviderState = 'active' | 'deprecated' | 'revoked' | 'deleted'

declare module '../foundation/database/database.ts' {
  interface Tables {
    signing_keys: {
      id: GeneratedAlways<string>
      namespace_id: string
      fingerprint: string
      key_id: string
      signers: string[]
      algorithm: string
      user_id: string
      armored: string
      expires_at: Date | null
      added_by: string
      created_at: Generated<Date>
    }
    staged_files: {
      id: GeneratedAlways<string>
      namespace_id: string
      type: string
      core: string
      filename: string
      sha256: string
      size_bytes: number
      content: Buffer | null
      object_id: string | null
      h1: Generated<string>
      h1_unpacked: Generated<string>
      source: ColumnType<SourceFields | null, string | null, string | null>
      staged_by: string
      staged_at: Generated<Date>
    }
    providers: {
      id: GeneratedAlways<string>
      namespace_id: string | null
      hostname: Generated<string>
      namespace: string
      type: string
      origin: Generated<'published' | 'mirrored' | 'catalogued'>
      description: Generated<string>
      source_url: Generated<string>
      repository: Generated<string>
      warnings: Generated<string[]>
      deprecation: Generated<string>
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
    provider_versions: {
      id: GeneratedAlways<string>
      provider_id: string
      version: string
      core: string
      precedence: string
      prerelease: boolean
      tag: Generated<string>
      position: Generated<number>
      listed: Generated<boolean>
      shasums_url: Generated<string>
      shasums_signature_url: Generated<string>
      discovered: Generated<string>
      protocols: string[]
      state: Generated<ProviderState>
      deprecation: Generated<string>
      shasums: Buffer | null
      shasums_filename: Generated<string>
      shasums_signature: Buffer | null
      gpg_key_id: Generated<string>
      gpg_public_key: Generated<string>
      signing_key_id: string | null
      package_document: string | null
      source_url: Generated<string>
      source_commit: Generated<string>
      source_folder: Generated<string>
      downloads: Generated<string>
      published_by: string
      published_at: Generated<Date>
      deleted_at: Generated<Date | null>
    }
    provider_platforms: {
      id: GeneratedAlways<string>
      provider_version_id: string
      os: string
      arch: string
      filename: string
      /** of a catalogued one; empty: beside the sums */
      download_url: Generated<string>
      position: Generated<number>
      sha256: string
      h1: Generated<string>
      h1_unpacked: Generated<string>
      size_bytes: number | null
      object_id: string | null
      downloads: Generated<string>
    }
  }
}
