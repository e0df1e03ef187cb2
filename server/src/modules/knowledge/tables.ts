/** Tables of what is known of modules. Columns that hold parts are jsonb, as the API says them. */
import type {
  ArchivedFile,
  Diagnostic,
  Input,
  Moves,
  Output,
  ReadmePart,
  Requirements,
  Resource,
} from '@cadastre/contract/module-knowledge'
import type { Generated } from 'kysely'

declare module '../../foundation/database/database.ts' {
  interface Tables {
    module_knowledge: {
      version_id: string
      state: 'done' | 'failed'
      inspector_version: number
      licence: string | null
      required_version: string | null
      files: ArchivedFile[]
      diagnostics: Diagnostic[]
      inspected_at: Generated<Date>
    }
    module_folders: {
      version_id: string
      path: string
      kind: 'root' | 'submodule' | 'example'
      description: string
      inputs: Input[]
      outputs: Output[]
      resources: Resource[]
      requirements: Requirements
      moves: Moves
      diagnostics: Diagnostic[]
      readme_file: string | null
      readme_markdown: string
      readme_html: string
      readme_headings: ReadmePart['headings']
      input_count: number
      required_input_count: number
      output_count: number
      resource_count: number
      requirement_count: number
      error_count: number
    }
  }
}
