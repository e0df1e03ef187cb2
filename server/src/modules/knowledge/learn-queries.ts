/** The names that a module is found by, of the version that speaks for it. */
import type { Input, ModuleCall, Output, ProviderRequirement, Resource } from '@cadastre/contract/module-knowledge'
import { sql } from 'kysely'
import type { Tx } from '../../foundation/database/database.ts'

export type NamesToLearn = {
  resources: (Pick<Resource, 'type' | 'name'> & { mode: 'managed' | 'data'; folder: string })[]
  inputs: Pick<Input, 'name' | 'type' | 'description'>[]
  outputs: Pick<Output, 'name' | 'description'>[]
  submodules: { path: string; description: string }[]
  providers: ProviderRequirement[]
  calls: ModuleCall[]
  licence: string | null
  /** of the root */
  readme: string
}

/** Inputs and outputs are the root's; resources, providers and calls those of its submodules, too, the root's first. */
export async function findNamesToLearn(tx: Tx, moduleId: string): Promise<NamesToLearn | undefined> {
  const { rows } = await sql<NamesToLearn>`
    with newest as (
      select id from module_versions where module_id = ${moduleId} and state in ('active', 'deprecated')
      order by prerelease, precedence desc limit 1),
    folder as (
      select module_folders.* from module_folders join newest on newest.id = version_id where kind <> 'example')
    select knowledge.licence,
      coalesce((select readme_markdown from folder where kind = 'root'), '') as readme,
      coalesce((select jsonb_agg(jsonb_build_object('mode', each ->> 'mode', 'type', each ->> 'type',
          'name', each ->> 'name', 'folder', path) order by path collate "C", place)
        from folder, jsonb_array_elements(resources) with ordinality as listed (each, place)
        where each ->> 'mode' in ('managed', 'data')), '[]') as resources,
      coalesce((select jsonb_agg(jsonb_build_object('name', each ->> 'name', 'type', each ->> 'type',
          'description', each ->> 'description'))
        from folder, jsonb_array_elements(inputs) as each where kind = 'root'), '[]') as inputs,
      coalesce((select jsonb_agg(jsonb_build_object('name', each ->> 'name', 'description', each ->> 'description'))
        from folder, jsonb_array_elements(outputs) as each where kind = 'root'), '[]') as outputs,
      coalesce((select jsonb_agg(jsonb_build_object('path', path, 'description', description))
        from folder where kind = 'submodule'), '[]') as submodules,
      coalesce((select jsonb_agg(each) from folder, jsonb_array_elements(requirements -> 'providers') as each), '[]') as providers,
      coalesce((select jsonb_agg(each) from folder, jsonb_array_elements(requirements -> 'moduleCalls') as each), '[]') as calls
    from newest join module_knowledge as knowledge on knowledge.version_id = newest.id`.execute(tx)
  return rows[0]
}
