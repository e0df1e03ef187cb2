/** What is known of a version as a whole, and which folders it has. */
import { FoldersPart, ModuleVersionDetails } from '@cadastre/contract/module-knowledge'
import { ModuleVersionParams } from '@cadastre/contract/modules'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { asVersion } from '../api.ts'
import { askedVersion, seen } from './asked-version.ts'
import { findDetails, findFolders } from './queries.ts'

const tags = ['modules']
const version = '/modules/:namespace/:name/:system/:version'
const params = ModuleVersionParams

export function moduleKnowledgeApi(api: Api, app: App) {
  api.get(
    version,
    {
      schema: {
        summary: 'One version of a module, and what is known of it.',
        tags,
        params,
        response: { 200: ModuleVersionDetails },
      },
    },
    async (request) => {
      const asked = await askedVersion(app, request.caller, request.params)
      const found = seen(asked, await findDetails(app.db, asked))
      return {
        ...asVersion(asked.address, found),
        latestVersion: found.latestVersion,
        isLatest: found.version === found.latestVersion,
        versionCount: found.versionCount,
        visibility: found.visibility,
        owner: found.owner,
        sourceUrl: found.sourceUrl || null,
        sourceVersion: found.sourceVersion,
        licence: found.licence,
        licenceFile: found.licenceFile,
        requiredVersion: found.requiredVersion,
        inspection: found.inspection,
        folders: found.folders,
        diagnostics: found.diagnostics,
      }
    },
  )

  for (const [segment, kind, summary] of [
    ['submodules', 'submodule', 'The modules inside of it.'],
    ['examples', 'example', 'Its examples.'],
  ] as const) {
    api.get(
      `${version}/${segment}`,
      { schema: { summary, tags, params, response: { 200: FoldersPart } } },
      async ({ caller, params }) => {
        const asked = await askedVersion(app, caller, params)
        const { inspection, folders } = seen(asked, await findFolders(app.db, asked))
        return { inspection, items: folders.filter((folder) => folder.kind === kind) }
      },
    )
  }
}
