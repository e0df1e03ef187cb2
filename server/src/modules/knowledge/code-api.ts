/** What is written in a folder, in colours, ready to be pasted elsewhere: an example is read for that. */
import { FolderCode, FolderQuery } from '@cadastre/contract/module-knowledge'
import { ModuleVersionParams } from '@cadastre/contract/modules'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { parseVersion } from '../../foundation/semver.ts'
import type { ArchivedFiles } from './archived-files.ts'
import { askedPart, askedVersion, givenOut, seen } from './asked-version.ts'
import type { Colouring } from './coloured.ts'
import { textIn } from './file-type.ts'
import { asCallersWrite, filesShown } from './folder-code.ts'
import { findArchive, findFiles, findFolders, findRequirements } from './queries.ts'
import { sourceIn, usableHost } from './usage.ts'
import { hostsOf } from './usage-api.ts'

export function moduleCodeApi(api: Api, app: App, files: ArchivedFiles, colours: Colouring) {
  const host = usableHost(hostsOf(app.config))

  api.get(
    '/modules/:namespace/:name/:system/:version/code',
    {
      schema: {
        summary: 'The configuration of a folder, with calls of the module that it lies in as callers write them.',
        tags: ['modules'],
        params: ModuleVersionParams,
        querystring: FolderQuery,
        response: { 200: FolderCode },
      },
    },
    async (request) => {
      const { folder } = request.query
      const { address, part } = await askedPart(app, request, findRequirements)
      const asked = await askedVersion(app, request.caller, request.params)
      const { folders } = seen(asked, await findFolders(app.db, asked))
      const { paths, leftOut } = filesShown(seen(asked, await findFiles(app.db, asked)).files ?? [], folder)
      const archive = givenOut(asked, await findArchive(app.db, asked))
      const published = {
        folder,
        folders,
        sourceOf: (of: string) => sourceIn(host, address, of),
        version: parseVersion(part.version).core,
      }
      const items = []
      for (const path of paths) {
        const text = asCallersWrite(textIn(await files.read(asked, archive, path)) ?? '', path, published)
        items.push({ path, text, html: await colours.block(text) })
      }
      return { inspection: part.inspection, items, leftOut }
    },
  )
}
