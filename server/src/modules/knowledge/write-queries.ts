/** Writes what is known of a version, in the transaction that publishes it or that it was read again for. */
import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/database.ts'
import { type Inspected, type InspectedFolder, inspectorVersion } from './inspected.ts'
import { storable } from './storable.ts'
import './tables.ts'

/** In place of what was known before. */
export async function writeKnowledge(tx: Tx, versionId: string, known: Inspected): Promise<void> {
  const [files, diagnostics] = [asJson(known.files), asJson(known.diagnostics)]
  await sql`insert into module_knowledge
      (version_id, state, inspector_version, licence, required_version, files, diagnostics)
    values (${versionId}, ${known.state}, ${inspectorVersion}, ${storable(known.licence)}, ${storable(known.requiredVersion)},
      ${files}::jsonb, ${diagnostics}::jsonb)
    on conflict (version_id) do update set state = excluded.state, inspector_version = excluded.inspector_version,
      licence = excluded.licence, required_version = excluded.required_version, files = excluded.files,
      diagnostics = excluded.diagnostics, inspected_at = now()`.execute(tx)
  await tx.deleteFrom('module_folders').where('version_id', '=', versionId).execute()
  const folders = asJson(known.folders.map((folder) => ({ version_id: versionId, ...rowOf(folder) })))
  await sql`insert into module_folders
    select * from jsonb_populate_recordset(null::module_folders, ${folders}::jsonb)`.execute(tx)
}

function rowOf(folder: InspectedFolder) {
  const { inputs, outputs, resources, requirements, diagnostics, readme, rendered } = folder
  return {
    path: folder.path,
    kind: folder.kind,
    description: rendered.firstSentence,
    inputs: [...inputs.filter(({ required }) => required), ...inputs.filter(({ required }) => !required)],
    outputs,
    resources,
    requirements,
    moves: folder.moves,
    diagnostics,
    readme_file: readme?.file ?? null,
    readme_markdown: readme?.markdown ?? '',
    readme_html: rendered.html,
    readme_headings: rendered.headings,
    input_count: inputs.length,
    required_input_count: inputs.filter(({ required }) => required).length,
    output_count: outputs.length,
    resource_count: resources.length,
    requirement_count: requirements.providers.length + requirements.moduleCalls.length + requirements.terraform.length,
    error_count: diagnostics.filter(({ severity }) => severity === 'error').length,
  }
}

const asJson = (value: unknown) => JSON.stringify(storable(value))
