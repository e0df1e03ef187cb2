/** What is known of one folder of a version, part by part; the root unless another is named. */
import {
  FolderQuery,
  InputsPart,
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
import type { ModuleAddress } from '../module.ts'
import { askedPart, type Part } from './asked-version.ts'
import { inputsSchema } from './inputs-schema.ts'
import { noMoves, noRequirements } from './inspected.ts'
import { providerPages } from './provider-pages.ts'
import { findInputs, findOutputs, findReadme, findRequirements, findResources } from './queries.ts'
import { readmeBelow } from './readme-links.ts'

const version = '/modules/:namespace/:name/:system/:version'

export function modulePartsApi(api: Api, app: App) {
  const basePath = basePathOf(app.config)
  const shown = <Part extends Described>(address: ModuleAddress, version: string, parts: Part[] | null) =>
    (parts ?? []).map((part) =>
      part.descriptionHtml
        ? { ...part, descriptionHtml: readmeBelow(basePath, part.descriptionHtml, { ...address, version }) }
        : part,
    )

  api.get(`${version}/inputs`, partOf(InputsPart, 'Its inputs, required ones first.'), async (request) => {
    const { address, part } = await askedPart(app, request, findInputs)
    return { ...said(part), items: shown(address, part.version, part.inputs) }
  })

  api.get(
    `${version}/inputs.schema.json`,
    partOf(z.record(z.string(), z.unknown()), 'Its inputs as a JSON Schema (2020-12) of the values that they take.'),
    async (request, reply) => {
      const { address, part } = await askedPart(app, request, findInputs)
      const schema = inputsSchema(part.inputs ?? [], {
        id: new URL(basePath + request.url, app.config.server.base_url).href,
        address,
        version: part.version,
        folder: request.query.folder,
      })
      return reply.type('application/schema+json').send(schema)
    },
  )

  api.get(`${version}/outputs`, partOf(OutputsPart, 'Its outputs.'), async (request) => {
    const { address, part } = await askedPart(app, request, findOutputs)
    return { ...said(part), items: shown(address, part.version, part.outputs) }
  })

  api.get(
    `${version}/resources`,
    partOf(ResourcesPart, 'The resources and data sources in it, and how its state moves.'),
    async (request) => {
      const { part } = await askedPart(app, request, findResources)
      return { ...said(part), items: part.resources ?? [], moves: part.moves ?? noMoves }
    },
  )

  api.get(
    `${version}/requirements`,
    partOf(RequirementsPart, 'The versions of Terraform and OpenTofu, the providers and the modules that it needs.'),
    async (request) => {
      const { part } = await askedPart(app, request, findRequirements)
      const requirements = part.requirements ?? noRequirements
      return {
        ...said(part),
        requirements,
        providerPages: await providerPages(app, request.caller, requirements.providers),
      }
    },
  )

  api.get(`${version}/readme`, partOf(ReadmePart, 'Its README as safe HTML.'), async (request) => {
    const { address, part } = await askedPart(app, request, findReadme)
    return {
      inspection: part.inspection,
      file: part.file,
      html: readmeBelow(basePath, part.html, { ...address, version: part.version }),
      headings: part.headings ?? [],
    }
  })
}

type Described = { descriptionHtml?: string | undefined }

const partOf = <Answer extends z.ZodType>(answer: Answer, summary: string) => ({
  schema: {
    summary,
    tags: ['modules'],
    params: ModuleVersionParams,
    querystring: FolderQuery,
    response: { 200: answer },
  },
})

const said = ({ inspection, diagnostics }: Part) => ({ inspection, diagnostics })
