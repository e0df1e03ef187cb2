/** What other registries publish, one by one, through the API: what is known of a module or provider, and of its versions. */
import {
  CataloguedModule,
  CataloguedModuleParams,
  CataloguedModuleVersions,
  CataloguedPlatforms,
  CataloguedProvider,
  CataloguedProviderParams,
  CataloguedProviderVersions,
  CataloguedRegistry,
  CataloguedVersionParams,
} from '@cadastre/contract/catalogued'
import { PageQuery } from '@cadastre/contract/paging'
import * as z from 'zod'
import type { Caller } from '../access/caller.ts'
import { permit, readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor } from '../foundation/http/cursor.ts'
import { moduleNotFound } from '../modules/module.ts'
import { providerNotFound, requestedVersion, versionNotFound } from '../providers/provider.ts'
import { cataloguedRights } from '../upstream/catalogued-rights.ts'
import {
  type FoundArtefact,
  type FoundRegistry,
  type FoundVersion,
  findArtefact,
  findPlatforms,
  listModuleVersions,
  listProviderVersions,
  listRegistries,
} from './artefacts-queries.ts'
import { hostBlock } from './host-block.ts'
import { type UpstreamAddress, upstreamModule, upstreamProvider } from './upstream-address.ts'

const tags = ['catalogue']
const moduleRoute = '/catalogue/:hostname/modules/:namespace/:name/:system'
const providerRoute = '/catalogue/:hostname/providers/:namespace/:type'

export function registriesApi(api: Api, app: App) {
  api.get(
    '/catalogue/registries',
    {
      schema: {
        summary:
          'The registries in the catalogue of which you may read something, and how clients ask this one instead.',
        tags,
        response: { 200: z.object({ items: z.array(CataloguedRegistry), next: z.null() }) },
      },
    },
    async ({ caller }) => {
      const found = await listRegistries(app.db, {
        modules: readableNamespaces(caller, 'modules:read'),
        providers: readableNamespaces(caller, 'providers:read'),
      })
      const withLogin = app.config.auth.api_keys.enabled
      const asRegistry = ({ kind, importedAt, ...rest }: FoundRegistry): CataloguedRegistry => ({
        ...rest,
        kind: kind as CataloguedRegistry['kind'],
        importedAt: importedAt?.toISOString() ?? null,
        configuration: hostBlock(rest.hostname, api.baseUrl, { withLogin }),
      })
      return { items: found.map(asRegistry), next: null }
    },
  )
}

export function cataloguedModuleApi(api: Api, app: App) {
  api.get(
    moduleRoute,
    {
      schema: {
        summary: 'A module of another registry. What is in it is not known: the catalogue holds no archives.',
        tags,
        params: CataloguedModuleParams,
        response: { 200: CataloguedModule },
      },
    },
    async ({ params, caller }) => {
      const address = upstreamModule(params)
      return asModule(address, await readable(app, caller, address))
    },
  )

  api.get(
    `${moduleRoute}/versions`,
    {
      schema: {
        summary: 'The versions of a module of another registry that a client can read, newest first.',
        tags,
        params: CataloguedModuleParams,
        querystring: PageQuery,
        response: { 200: CataloguedModuleVersions },
      },
    },
    async ({ params, query, caller }) => {
      const { id } = await readable(app, caller, upstreamModule(params))
      const found = await listModuleVersions(app.db, id, whichOf(query))
      return pageOf(found, query.limit, asVersion, byPrecedence)
    },
  )
}

export function cataloguedProviderApi(api: Api, app: App) {
  api.get(
    providerRoute,
    {
      schema: {
        summary: 'A provider of another registry.',
        tags,
        params: CataloguedProviderParams,
        response: { 200: CataloguedProvider },
      },
    },
    async ({ params, caller }) => {
      const address = upstreamProvider(params)
      const found = await readable(app, caller, address)
      return { ...asModule(address, found), warnings: found.warnings }
    },
  )

  api.get(
    `${providerRoute}/versions`,
    {
      schema: {
        summary: 'The versions of a provider of another registry that a client can read, newest first.',
        tags,
        params: CataloguedProviderParams,
        querystring: PageQuery,
        response: { 200: CataloguedProviderVersions },
      },
    },
    async ({ params, query, caller }) => {
      const { id } = await readable(app, caller, upstreamProvider(params))
      const found = await listProviderVersions(app.db, id, whichOf(query))
      return pageOf(
        found,
        query.limit,
        ({ protocols, platforms, ...version }) => ({ ...asVersion(version), protocols, platforms }),
        byPrecedence,
      )
    },
  )

  api.get(
    `${providerRoute}/versions/:version`,
    {
      schema: {
        summary: 'The platforms of a version of a provider of another registry, with what is known of their archives.',
        tags,
        params: CataloguedVersionParams,
        response: { 200: CataloguedPlatforms },
      },
    },
    async ({ params, caller }) => {
      const address = upstreamProvider(params)
      const { id } = await readable(app, caller, address)
      const version = await findPlatforms(app.db, id, requestedVersion(params.version, address).core)
      if (!version) throw versionNotFound(address, params.version)
      return {
        version: version.version,
        publishedAt: version.publishedAt?.toISOString() ?? null,
        protocols: version.protocols,
        platforms: version.platforms.map(({ sha256, h1, ...platform }) => ({
          ...platform,
          sha256: sha256 || null,
          h1: h1 || null,
        })),
      }
    },
  )
}

/** As the protocols of that registry are answered here. @throws unauthenticated, not-found */
async function readable(app: App, caller: Caller, address: UpstreamAddress): Promise<FoundArtefact & { id: string }> {
  const found = await findArtefact(app.db, address)
  const scope = address.kind === 'module' ? 'modules:read' : 'providers:read'
  permit(caller, scope, cataloguedRights(address.hostname, address.namespace, found.visibility))
  if (found.id === null) throw address.kind === 'module' ? moduleNotFound(address) : providerNotFound(address)
  return { ...found, id: found.id }
}

const whichOf = ({ cursor, limit }: z.infer<typeof PageQuery>) => {
  const [below] = readCursor(cursor)
  return { below, limit: limit + 1 }
}

const byPrecedence = ({ precedence }: FoundVersion) => [precedence]

/** Registries that do not count downloads say nothing, which lies here as none. */
const counted = (downloads: number) => (downloads > 0 ? downloads : null)

const asModule = ({ hostname }: UpstreamAddress, found: FoundArtefact): CataloguedModule => ({
  hostname,
  address: found.address,
  description: found.description,
  source: found.source,
  downloads: counted(found.downloads),
  popularity: found.popularity,
  verified: found.verified,
  archived: found.archived,
  forkOf: found.forkOf,
  latestVersion: found.latestVersion,
  versions: found.versions,
  importedAt: found.importedAt?.toISOString() ?? null,
})

const asVersion = ({ version, tag, publishedAt, downloads }: FoundVersion) => ({
  version,
  tag,
  publishedAt: publishedAt?.toISOString() ?? null,
  downloads: counted(downloads),
})
