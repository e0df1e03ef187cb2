/** Providers through our own API: what there is. */
import { PageQuery, page } from '@cadastre/contract/paging'
import {
  Provider,
  ProviderListQuery,
  ProviderParams,
  ProviderVersion,
  ProviderVersionParams,
} from '@cadastre/contract/providers'
import { shownSource } from '@cadastre/contract/version-source'
import { may, permit, readableNamespaces } from '../access/permit.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { pageOf, readCursor, readRankedCursor } from '../foundation/http/cursor.ts'
import { findNamespace } from '../organizations/queries.ts'
import {
  type ProviderAddress,
  platformText,
  providerNotFound,
  providerText,
  requestedProvider,
  requestedVersion,
  versionNotFound,
} from './provider.ts'
import {
  findProvider,
  findProviderId,
  findVersion,
  listProviders,
  listVersions,
  type ProviderVersionRow,
} from './queries.ts'

const tags = ['providers']

export function providerApi(api: Api, app: App) {
  api.get(
    '/providers',
    {
      schema: {
        summary: 'The providers that you may read.',
        tags,
        querystring: ProviderListQuery,
        response: { 200: page(Provider) },
      },
    },
    async ({ query, caller }) => {
      const { cursor, limit, sort } = query
      const found = await listProviders(app.db, readableNamespaces(caller, 'providers:read'), {
        ...query,
        after: sort === 'address' ? readCursor(cursor) : readRankedCursor(cursor, 2),
        namespace: query.namespace?.toLowerCase(),
        limit: limit + 1,
      })
      return pageOf(found, limit, asProvider, ({ rank, namespace, type }) => [
        ...(sort === 'address' ? [] : [rank]),
        ...[namespace, type],
      ])
    },
  )

  api.get(
    '/providers/:namespace/:type',
    { schema: { summary: 'One provider.', tags, params: ProviderParams, response: { 200: Provider } } },
    async ({ params, caller }) => {
      const address = requestedProvider(params)
      permit(caller, 'providers:read', await findNamespace(app.db, address.namespace))
      const provider = await findProvider(app.db, address)
      if (!provider) throw providerNotFound(address)
      return asProvider(provider)
    },
  )

  api.get(
    '/providers/:namespace/:type/versions',
    {
      schema: {
        summary:
          'The versions of a provider with their platforms, newest first. Deleted ones are shown to administrators.',
        tags,
        params: ProviderParams,
        querystring: PageQuery,
        response: { 200: page(ProviderVersion) },
      },
    },
    async ({ params, query, caller }) => {
      const address = requestedProvider(params)
      const namespace = await findNamespace(app.db, address.namespace)
      permit(caller, 'providers:read', namespace)
      const providerId = await findProviderId(app.db, address)
      if (!providerId) throw providerNotFound(address)
      const [below] = readCursor(query.cursor)
      const deletedToo = may(caller, 'admin', namespace)
      const found = await listVersions(app.db, providerId, { below, limit: query.limit + 1, deletedToo })
      return pageOf(
        found,
        query.limit,
        (row) => asVersion(address, row),
        (row) => [row.precedence],
      )
    },
  )

  api.get(
    '/providers/:namespace/:type/:version',
    {
      schema: {
        summary: 'One version of a provider.',
        tags,
        params: ProviderVersionParams,
        response: { 200: ProviderVersion },
      },
    },
    async ({ params, caller }) => {
      const address = requestedProvider(params)
      const namespace = await findNamespace(app.db, address.namespace)
      permit(caller, 'providers:read', namespace)
      const version = await findVersion(app.db, address, requestedVersion(params.version, address).core)
      if (!version || (version.state === 'deleted' && !may(caller, 'admin', namespace)))
        throw versionNotFound(address, params.version)
      return asVersion(address, version)
    },
  )
}

export const asVersion = (address: ProviderAddress, row: ProviderVersionRow): ProviderVersion => ({
  address: providerText(address),
  version: row.version,
  state: row.state,
  deprecation: row.deprecation,
  protocols: row.protocols,
  source: shownSource(row),
  platforms: row.platforms.map((platform) => ({
    platform: platformText(platform),
    filename: platform.filename,
    sha256: platform.sha256,
    h1: platform.h1Unpacked,
    sizeBytes: platform.sizeBytes,
    downloads: platform.downloads,
  })),
  signingKey: {
    fingerprint: row.fingerprint ?? '',
    keyId: row.keyId,
    expiresAt: row.keyExpiresAt?.toISOString() ?? null,
  },
  downloads: row.downloads,
  publishedBy: row.publishedBy,
  publishedAt: row.publishedAt.toISOString(),
})

type ProviderRow = Awaited<ReturnType<typeof listProviders>>[number]

export const asProvider = (row: Omit<ProviderRow, 'rank'>): Provider => ({
  ...row,
  latestPublishedAt: row.latestPublishedAt?.toISOString() ?? null,
  sourceUrl: row.sourceUrl || null,
  address: providerText(row),
  createdAt: row.createdAt.toISOString(),
})
