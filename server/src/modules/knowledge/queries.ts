/** What is known of versions, as it is asked for: one query for each question. */
import type { Diagnostic, FolderSummary } from '@cadastre/contract/module-knowledge'
import { sql } from 'kysely'
import type { Visibility } from '../../access/permit.ts'
import type { Db } from '../../foundation/database/database.ts'
import type { BackendName } from '../../foundation/storage/storage.ts'
import { licenceName, notLicenceName } from '../inspection/licence.ts'
import { latestVersion, type ModuleVersionRow, ownModule, sourceVersion, versionColumns } from '../queries.ts'
import type { VersionState } from '../tables.ts'
import type { AskedVersion } from './asked-version.ts'
import './tables.ts'

type Inspection = 'waiting' | 'done' | 'failed'
const inspection = sql<Inspection>`coalesce(knowledge.state, 'waiting')`.as('inspection')

const askedVersion = (db: Db, { address, core }: AskedVersion) =>
  db
    .selectFrom('modules')
    .innerJoin('module_versions', 'module_versions.module_id', 'modules.id')
    .leftJoin('module_knowledge as knowledge', 'knowledge.version_id', 'module_versions.id')
    .where(ownModule(address))
    .where('module_versions.core', '=', core)

export type VersionDetails = ModuleVersionRow & {
  latestVersion: string | null
  versionCount: number
  visibility: Visibility
  owner: string
  sourceUrl: string
  sourceVersion: string | null
  licence: string | null
  licenceFile: string | null
  requiredVersion: string | null
  inspection: Inspection
  folders: FolderSummary[]
  diagnostics: Diagnostic[]
}

/** Which version says where its code comes from: itself, else the one that speaks for the module. */
const saidBy = sql<
  string | null
>`case when module_versions.source_url <> '' then module_versions.version else ${sourceVersion} end`

const summaries = sql<FolderSummary[]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
      'kind', kind, 'path', path, 'description', description, 'inputs', input_count,
      'requiredInputs', required_input_count, 'outputs', output_count, 'resources', resource_count,
      'requirements', requirement_count, 'hasReadme', readme_file is not null, 'errors', error_count)
    order by path), '[]')
  from module_folders where version_id = module_versions.id)`

/** The file that says it, also where nothing in it is recognised. */
const licenceFile = sql<string | null>`(
  select min(file ->> 'path' collate "C") from jsonb_array_elements(knowledge.files) as file
  where file ->> 'path' ~* ${licenceName} and file ->> 'path' !~ ${notLicenceName})`

/** Of the archive as a whole, then of its folders, as many as a page can list. */
const allDiagnostics = sql<Diagnostic[]>`coalesce(knowledge.diagnostics, '[]') || (
  select coalesce(jsonb_agg(said.diagnostic order by folder.path, said.place), '[]')
  from module_folders as folder,
    jsonb_array_elements(folder.diagnostics) with ordinality as said (diagnostic, place)
  where folder.version_id = module_versions.id)`

export const findDetails = (db: Db, asked: AskedVersion): Promise<VersionDetails | undefined> =>
  askedVersion(db, asked)
    .innerJoin('namespaces as namespace', 'namespace.id', 'modules.namespace_id')
    .innerJoin('organizations as organization', 'organization.id', 'namespace.organization_id')
    .select([
      ...versionColumns,
      latestVersion.as('latestVersion'),
      sql<number>`(select count(*)::int from module_versions as other
        where other.module_id = modules.id and other.state <> 'deleted')`.as('versionCount'),
      'namespace.visibility',
      'organization.name as owner',
      sql<string>`coalesce(nullif(module_versions.source_url, ''), modules.source_url)`.as('sourceUrl'),
      saidBy.as('sourceVersion'),
      'knowledge.licence',
      licenceFile.as('licenceFile'),
      'knowledge.required_version as requiredVersion',
      inspection,
      summaries.as('folders'),
      allDiagnostics.as('diagnostics'),
    ])
    .executeTakeFirst()

const inFolder = (db: Db, asked: AskedVersion, folder: string) =>
  askedVersion(db, asked)
    .leftJoin('module_folders as folder', (join) =>
      join.onRef('folder.version_id', '=', 'module_versions.id').on('folder.path', '=', folder),
    )
    .select([
      'module_versions.version',
      'module_versions.state',
      inspection,
      'folder.path as folder',
      sql<Diagnostic[]>`coalesce(knowledge.diagnostics, '[]') || coalesce(folder.diagnostics, '[]')`.as('diagnostics'),
    ])

export const findInputs = (db: Db, asked: AskedVersion, folder: string) =>
  inFolder(db, asked, folder).select('folder.inputs').executeTakeFirst()

export const findOutputs = (db: Db, asked: AskedVersion, folder: string) =>
  inFolder(db, asked, folder).select('folder.outputs').executeTakeFirst()

export const findResources = (db: Db, asked: AskedVersion, folder: string) =>
  inFolder(db, asked, folder).select(['folder.resources', 'folder.moves']).executeTakeFirst()

export const findRequirements = (db: Db, asked: AskedVersion, folder: string) =>
  inFolder(db, asked, folder).select('folder.requirements').executeTakeFirst()

export const findReadme = (db: Db, asked: AskedVersion, folder: string) =>
  inFolder(db, asked, folder)
    .select([
      'folder.readme_file as file',
      sql<string>`coalesce(folder.readme_html, '')`.as('html'),
      'folder.readme_headings as headings',
    ])
    .executeTakeFirst()

/** All that its Markdown twin says. */
export const findWritten = (db: Db, asked: AskedVersion) =>
  inFolder(db, asked, '')
    .select([
      'module_versions.description',
      'module_versions.source_url as source',
      'module_versions.source_commit as commit',
      'module_versions.source_folder as sourceFolder',
      'modules.source_url as sourceUrl',
      sourceVersion.as('sourceVersion'),
      'folder.inputs',
      'folder.outputs',
      sql<string>`coalesce(folder.readme_markdown, '')`.as('readme'),
    ])
    .executeTakeFirst()

export const findFolders = (db: Db, asked: AskedVersion) =>
  askedVersion(db, asked)
    .select(['module_versions.state', inspection, summaries.as('folders')])
    .executeTakeFirst()

export const findFiles = (db: Db, asked: AskedVersion) =>
  askedVersion(db, asked).select(['module_versions.state', inspection, 'knowledge.files']).executeTakeFirst()

/** Where the archive of a version lies. */
export type StoredArchive = {
  versionId: string
  state: VersionState
  sha256: string | null
  backend: BackendName | null
  revision: string | null
}

export const findArchive = (db: Db, asked: AskedVersion): Promise<StoredArchive | undefined> =>
  askedVersion(db, asked)
    .leftJoin('stored_objects as object', 'object.id', 'module_versions.object_id')
    .select([
      'module_versions.id as versionId',
      'module_versions.state',
      'module_versions.sha256',
      'object.backend',
      'object.revision',
    ])
    .executeTakeFirst()
