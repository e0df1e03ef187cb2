/** Modules of other registries that are not in the catalogue yet: copied to where they belong, without a detour. */
import type { Tx } from '../foundation/database/database.ts'
import { nextIds, type OwnConnection } from '../foundation/database/own-connection.ts'
import type { StagedModule } from '../upstream/merged.ts'

/** In the transaction that is open on this connection. @returns their ids */
export async function insertCataloguedModules(
  own: OwnConnection,
  tx: Tx,
  hostname: string,
  modules: StagedModule[],
): Promise<string[]> {
  const ids = await nextIds(tx, 'modules', modules.length)
  await own.copy(
    'modules',
    moduleColumns,
    modules.map((module, index) => moduleRow(ids[index]!, hostname, module)),
  )
  await own.copy('module_versions', versionColumns, versionRows(ids, modules))
  return ids
}

const moduleColumns = [
  ...[
    'id',
    'hostname',
    'namespace',
    'name',
    'system',
    'origin',
    'description',
    'source_url',
    'repository',
    'downloads',
  ],
  ...['popularity', 'verified', 'archived', 'fork_of', 'source_path', 'source_digest'],
]

const moduleRow = (id: string, hostname: string, module: StagedModule) => [
  ...[id, hostname, module.namespace, module.name, module.system, 'catalogued', module.description ?? ''],
  ...[module.sourceUrl ?? '', module.repository, module.downloads ?? 0, module.popularity, module.verified ?? false],
  ...[module.archived ?? false, module.forkOf ?? '', module.sourcePath, module.digest],
]

const versionColumns = [
  ...['module_id', 'version', 'tag', 'core', 'precedence', 'prerelease', 'listed', 'position', 'origin'],
  ...['published_at', 'downloads'],
]

function* versionRows(ids: string[], modules: StagedModule[]): Generator<unknown[]> {
  for (const [index, { versions }] of modules.entries()) {
    let position = versions.length
    for (const { version, tag, core, precedence, prerelease, listed, publishedAt, downloads = 0 } of versions) {
      position -= 1
      yield [ids[index], version, tag, core, precedence, prerelease, listed, position, origin, publishedAt, downloads]
    }
  }
}

const origin = 'catalogued'
