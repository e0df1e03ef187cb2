/** Writes what is known of a version, in the transaction that publishes it or that it was read again for. */
import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/database.ts'
import { type Inspected, type InspectedFolder, inspectorVersion } from './inspected.ts'
import { storable } from './storable.ts'
import './tables.ts'

/** As it goes into the tables: made before the transaction, in which others wait. */
export type Written = { version: string; folders: string }

export function asWritten(known: Inspected): Written {
  const { state, licence, requiredVersion, files, diagnostics } = known
  const version = {
    state,
    inspector_version: inspectorVersion,
    licence,
    required_version: requiredVersion,
    files,
    diagnostics,
  }
  return { version: asJson(version), folders: asJson(known.folders.map(rowOf)) }
}

/** Of a version that nothing is known of. */
export async function insertKnowledge(tx: Tx, versionId: string, { version, folders }: Written): Promise<void> {
  await sql`
    with version as (
      insert into module_knowledge
        (version_id, state, inspector_version, licence, required_version, files, diagnostics)
      select ${versionId}, state, inspector_version, licence, required_version, files, diagnostics
      from jsonb_populate_record(null::module_knowledge, ${version}::jsonb))
    insert into module_folders
    select folder.* from jsonb_array_elements(${folders}::jsonb) as each,
      jsonb_populate_record(null::module_folders, each || jsonb_build_object('version_id', ${versionId}::bigint)) as folder`.execute(
    tx,
  )
}

/** In place of what was known before. */
export async function replaceKnowledge(tx: Tx, versionId: string, written: Written): Promise<void> {
  await tx.deleteFrom('module_knowledge').where('version_id', '=', versionId).execute()
  await insertKnowledge(tx, versionId, written)
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
