/** What is known of a version, part by part. */
import {
  type Diagnostic,
  FolderQuery,
  FoldersPart,
  InputsPart,
  ModuleVersionDetails,
  OutputsPart,
  ReadmePart,
  RequirementsPart,
  ResourcesPart,
} from '@cadastre/contract/module-knowledge'
import { ModuleVersionParams } from '@cadastre/contract/modules'
import * as z from 'zod'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { basePathOf } from '../../foundation/http/http.ts'
import { asVersion } from '../api.ts'
import type { VersionState } from '../tables.ts'
import { type AskedVersion, askedVersion, seen } from './asked-version.ts'
import { inputsSchema } from './inputs-schema.ts'
import { noMoves, noRequirements } from './inspected.ts'
import { folderNotFound } from './knowledge-refusals.ts'
import {
  findDetails,
  findFolders,
  findInputs,
  findOutputs,
  findReadme,
  findRequirements,
  findResources,
} from './queries.ts'
import { readmeBelow } from './readme-links.ts'

const tags = ['modules']
const version = '/modules/:namespace/:name/:system/:version'
const params = ModuleVersionParams
const querystring = FolderQuery

export function moduleKnowledgeApi(api: Api, app: App) {
  const basePath = basePathOf(app.config)

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
        requiredVersion: found.requiredVersion,
        inspection: found.inspection,
        folders: found.folders,
        diagnostics: found.diagnostics,
      }
    },
  )

  api.get(
    `${version}/inputs`,
    {
      schema: { summary: 'Its inputs, required ones first.', tags, params, querystring, response: { 200: InputsPart } },
    },
    async ({ caller, params, query }) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findInputs(app.db, asked, query.folder))
      return { ...said(part), items: part.inputs ?? [] }
    },
  )

  api.get(
    `${version}/inputs.schema.json`,
    {
      schema: {
        summary: 'Its inputs as a JSON Schema (2020-12) of the values that they take.',
        tags,
        params,
        querystring,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async ({ caller, params, query, url }, reply) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findInputs(app.db, asked, query.folder))
      const schema = inputsSchema(part.inputs ?? [], {
        id: new URL(basePath + url, app.config.server.base_url).href,
        address: asked.address,
        version: part.version,
        folder: query.folder,
      })
      return reply.type('application/schema+json').send(schema)
    },
  )

  api.get(
    `${version}/outputs`,
    { schema: { summary: 'Its outputs.', tags, params, querystring, response: { 200: OutputsPart } } },
    async ({ caller, params, query }) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findOutputs(app.db, asked, query.folder))
      return { ...said(part), items: part.outputs ?? [] }
    },
  )

  api.get(
    `${version}/resources`,
    {
      schema: {
        summary: 'The resources and data sources in it, and how its state moves.',
        tags,
        params,
        querystring,
        response: { 200: ResourcesPart },
      },
    },
    async ({ caller, params, query }) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findResources(app.db, asked, query.folder))
      return { ...said(part), items: part.resources ?? [], moves: part.moves ?? noMoves }
    },
  )

  api.get(
    `${version}/requirements`,
    {
      schema: {
        summary: 'The versions of Terraform and OpenTofu, the providers and the modules that it needs.',
        tags,
        params,
        querystring,
        response: { 200: RequirementsPart },
      },
    },
    async ({ caller, params, query }) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findRequirements(app.db, asked, query.folder))
      return { ...said(part), requirements: part.requirements ?? noRequirements }
    },
  )

  api.get(
    `${version}/readme`,
    { schema: { summary: 'Its README as safe HTML.', tags, params, querystring, response: { 200: ReadmePart } } },
    async ({ caller, params, query }) => {
      const asked = await askedVersion(app, caller, params)
      const part = inFolder(asked, query.folder, await findReadme(app.db, asked, query.folder))
      return {
        inspection: part.inspection,
        file: part.file,
        html: readmeBelow(basePath, part.html, { ...asked.address, version: part.version }),
        headings: part.headings ?? [],
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

type Part = {
  state: VersionState
  inspection: 'waiting' | 'done' | 'failed'
  folder: string | null
  diagnostics: Diagnostic[]
}

/** @throws not-found when it was read and has no such folder; while it was not, nobody can tell */
export function inFolder<Found extends Part>(asked: AskedVersion, folder: string, found: Found | undefined): Found {
  const part = seen(asked, found)
  if (part.folder === null && part.inspection === 'done') throw folderNotFound(asked.address, asked.version, folder)
  return part
}

const said = ({ inspection, diagnostics }: Part) => ({ inspection, diagnostics })
