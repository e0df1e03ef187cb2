/** Registries in the catalogue through the API: which there are, and who may see them. */
import {
  CatalogueNamespaceParams,
  CatalogueSource,
  CatalogueSourceParams,
  CatalogueVisibility,
} from '@cadastre/contract/catalogue'
import * as z from 'zod'
import { asker } from '../access/asker.ts'
import { permitInOrganization } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { changeNamespaceVisibility, changeSourceVisibility } from './visibility.ts'
import { listSources, type SourceRow } from './visibility-queries.ts'

const tags = ['catalogue']
const needs = 'Needs mirrors:manage on the platform.'
const kind = 'catalogue.changed'

export function catalogueApi(api: Api, app: App) {
  api.get(
    '/catalogue/sources',
    {
      schema: {
        summary: `The registries in the catalogue, and who may see them. ${needs}`,
        tags,
        response: { 200: z.object({ items: z.array(CatalogueSource), next: z.null() }) },
      },
    },
    async ({ caller }) => {
      permitInOrganization(caller, 'mirrors:manage')
      return { items: (await listSources(app.db)).map(asSource), next: null }
    },
  )

  api.patch(
    '/catalogue/sources/:hostname',
    {
      schema: {
        summary: `Change who may see a registry in the catalogue. ${needs}`,
        tags,
        params: CatalogueSourceParams,
        body: CatalogueVisibility,
        response: { 200: CatalogueSource },
      },
    },
    async (request) => {
      const { hostname } = lowerCased(request.params)
      request.attempt = { kind, subject: hostname }
      return asSource(await changeSourceVisibility(app, asker(request), hostname, request.body.visibility))
    },
  )

  api.put(
    '/catalogue/sources/:hostname/namespaces/:namespace',
    {
      schema: {
        summary: `Say who may see a namespace of a registry, whoever may see the registry. ${needs}`,
        tags,
        params: CatalogueNamespaceParams,
        body: CatalogueVisibility,
        response: { 200: CatalogueSource },
      },
    },
    async (request) => {
      const place = lowerCased(request.params)
      request.attempt = { kind, subject: `${place.hostname}/${place.namespace}` }
      return asSource(await changeNamespaceVisibility(app, asker(request), place, request.body.visibility))
    },
  )

  api.delete(
    '/catalogue/sources/:hostname/namespaces/:namespace',
    {
      schema: {
        summary: `Let a namespace be seen as its registry is. ${needs}`,
        tags,
        params: CatalogueNamespaceParams,
        response: { 200: CatalogueSource },
      },
    },
    async (request) => {
      const place = lowerCased(request.params)
      request.attempt = { kind, subject: `${place.hostname}/${place.namespace}` }
      return asSource(await changeNamespaceVisibility(app, asker(request), place, undefined))
    },
  )
}

const lowerCased = <Params extends Record<string, string>>(params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([name, text]) => [name, text.toLowerCase()])) as Params

const asSource = ({ kind, importedAt, namespaces, ...row }: SourceRow): CatalogueSource => ({
  ...row,
  kind: kind as CatalogueSource['kind'],
  namespaces: namespaces ?? [],
  importedAt: importedAt?.toISOString() ?? null,
})
