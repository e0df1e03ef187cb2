/** What an inspection yields, ready to be written. Pure. */
import type {
  ArchivedFile,
  Diagnostic,
  FolderKnowledge,
  ModuleKnowledge,
  Moves,
  ReadmePart,
  Requirements,
} from '@cadastre/contract/module-knowledge'
import { inspectionVersion } from '../inspection/limits.ts'

/** Of what is made of it here: raised when Markdown is rendered in another way, so that versions are read again. */
const renderingVersion = 2

/** Versions that were read by an older one are read again. */
export const inspectorVersion = 1000 * inspectionVersion + renderingVersion

export type RenderedReadme = Pick<ReadmePart, 'html' | 'headings'> & { firstSentence: string }

export type InspectedFolder = FolderKnowledge & { rendered: RenderedReadme }

export type Inspected = {
  state: 'done' | 'failed'
  licence: string | null
  requiredVersion: string | null
  files: ArchivedFile[]
  diagnostics: Diagnostic[]
  folders: InspectedFolder[]
}

export const noMoves: Moves = { moved: [], removed: [], imports: [], checks: [] }
export const noRequirements: Requirements = { terraform: [], providers: [], moduleCalls: [] }
export const noReadme: RenderedReadme = { html: '', headings: [], firstSentence: '' }

export const notInspected = (message: string): Inspected => ({
  state: 'failed',
  licence: null,
  requiredVersion: null,
  files: [],
  diagnostics: [diagnostic('error', message)],
  folders: [],
})

/** Of the archive as a whole. */
export const diagnostic = (severity: Diagnostic['severity'], message: string, file = ''): Diagnostic => ({
  severity,
  message,
  file,
  line: 1,
  column: 1,
})

export function inspected(knowledge: ModuleKnowledge, rendered: Map<string, RenderedReadme>): Inspected {
  const root = knowledge.folders.find(({ kind }) => kind === 'root')
  const constraints = root?.requirements.terraform.map(({ constraint }) => constraint) ?? []
  return {
    state: 'done',
    licence: knowledge.licence?.spdx ?? null,
    requiredVersion: constraints.length > 0 ? constraints.join(', ') : null,
    files: knowledge.files,
    diagnostics: knowledge.diagnostics,
    folders: knowledge.folders.map((folder) => ({ ...folder, rendered: rendered.get(folder.path) ?? noReadme })),
  }
}
