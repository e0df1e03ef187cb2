/** The source browser: which files a version has, one of them as lines of code, and the bytes of one. */
import { FileQuery, FilesPart, FileView } from '@cadastre/contract/module-knowledge'
import { ModuleVersionParams } from '@cadastre/contract/modules'
import * as z from 'zod'
import type { App } from '../../foundation/app.ts'
import { nameOf } from '../../foundation/archive/paths.ts'
import type { Api } from '../../foundation/http/api.ts'
import type { ArchivedFiles } from './archived-files.ts'
import { askedVersion, givenOut, seen } from './asked-version.ts'
import type { Colouring } from './coloured.ts'
import { fileTypeOf } from './file-type.ts'
import { findArchive, findFiles } from './queries.ts'

const tags = ['modules']
const version = '/modules/:namespace/:name/:system/:version'
const params = ModuleVersionParams

export function moduleFilesApi(api: Api, app: App, files: ArchivedFiles, colours: Colouring) {
  api.get(
    `${version}/files`,
    { schema: { summary: 'The files in its archive.', tags, params, response: { 200: FilesPart } } },
    async ({ caller, params }) => {
      const asked = await askedVersion(app, caller, params)
      const found = seen(asked, await findFiles(app.db, asked))
      return { inspection: found.inspection, items: found.files ?? [] }
    },
  )

  api.get(
    `${version}/files/view`,
    {
      schema: {
        summary: 'One file, line by line, as highlighted HTML.',
        tags,
        params,
        querystring: FileQuery,
        response: { 200: FileView },
      },
    },
    async ({ caller, params, query: { path } }) => {
      const asked = await askedVersion(app, caller, params)
      const bytes = await files.read(asked, givenOut(asked, await findArchive(app.db, asked)), path)
      return { path, sizeBytes: bytes.length, lines: await colours.lines(path, bytes) }
    },
  )

  api.get(
    `${version}/files/raw/*`,
    {
      schema: {
        summary: 'The bytes of one file: text as text/plain, images as images, anything else to be saved.',
        tags,
        params: params.extend({ '*': z.string().max(1024).meta({ example: 'modules/subnets/main.tf' }) }),
        produces: ['text/plain', 'image/png', 'image/svg+xml', 'application/octet-stream'],
        response: { 200: z.unknown() },
      },
    },
    async ({ caller, params }, reply) => {
      const path = params['*']
      const asked = await askedVersion(app, caller, params)
      const bytes = await files.read(asked, givenOut(asked, await findArchive(app.db, asked)), path)
      const { contentType, isAttachment, policy } = fileTypeOf(path, bytes)
      return reply
        .type(contentType)
        .headers({
          'content-disposition': `${isAttachment ? 'attachment' : 'inline'}; filename*=UTF-8''${fileNameIn(path)}`,
          'content-security-policy': policy,
          'cross-origin-resource-policy': 'same-origin',
          // Published bytes never change; who may read them does.
          'cache-control': 'private, max-age=300',
          vary: 'authorization, cookie',
        })
        .send(bytes)
    },
  )
}

/** As RFC 8187 wants it. */
const fileNameIn = (path: string) =>
  encodeURIComponent(nameOf(path)).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
