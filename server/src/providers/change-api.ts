/** Deprecating, deleting and restoring providers and their versions through our own API. */
import {
  Deprecation,
  Provider,
  ProviderParams,
  ProviderVersion,
  ProviderVersionParams,
} from '@cadastre/contract/providers'
import { asker } from '../access/asker.ts'
import type { App } from '../foundation/app.ts'
import type { Api } from '../foundation/http/api.ts'
import { asProvider, asVersion } from './api.ts'
import { deleteVersion, deprecateProvider, deprecateVersion, restoreVersion } from './change.ts'
import { requestedProvider } from './provider.ts'

const tags = ['providers']

export function providerChangeApi(api: Api, app: App) {
  api.post(
    '/providers/:namespace/:type/deprecate',
    {
      schema: {
        summary: 'Tell everybody who installs any version of a provider to leave it. Needs providers:write.',
        tags,
        params: ProviderParams,
        body: Deprecation,
        response: { 200: Provider },
      },
    },
    async (request) => {
      const { params, body } = request
      return asProvider(await deprecateProvider(app, asker(request), requestedProvider(params), body.message))
    },
  )

  api.post(
    '/providers/:namespace/:type/restore',
    {
      schema: {
        summary: 'Take back the deprecation of a provider. Needs providers:write.',
        tags,
        params: ProviderParams,
        response: { 200: Provider },
      },
    },
    async (request) => asProvider(await deprecateProvider(app, asker(request), requestedProvider(request.params), '')),
  )

  api.post(
    '/providers/:namespace/:type/:version/deprecate',
    {
      schema: {
        summary:
          'Deprecate a version: it still installs, and terraform init prints the message. Needs providers:write.',
        tags,
        params: ProviderVersionParams,
        body: Deprecation,
        response: { 200: ProviderVersion },
      },
    },
    async (request) => {
      const { params, body } = request
      const address = requestedProvider(params)
      return asVersion(address, await deprecateVersion(app, asker(request), address, params.version, body.message))
    },
  )

  api.delete(
    '/providers/:namespace/:type/:version',
    {
      schema: {
        summary: 'Delete a version: no longer listed, no longer downloadable, restorable for 30 days. Needs admin.',
        description: 'Configurations that are locked to it stop working; deprecating it warns instead.',
        tags,
        params: ProviderVersionParams,
        response: { 200: ProviderVersion },
      },
    },
    async (request) => {
      const { params } = request
      const address = requestedProvider(params)
      return asVersion(address, await deleteVersion(app, asker(request), address, params.version))
    },
  )

  api.post(
    '/providers/:namespace/:type/:version/restore',
    {
      schema: {
        summary: 'Take back the deprecation (providers:write) or the deletion (admin) of a version.',
        tags,
        params: ProviderVersionParams,
        response: { 200: ProviderVersion },
      },
    },
    async (request) => {
      const { params } = request
      const address = requestedProvider(params)
      return asVersion(address, await restoreVersion(app, asker(request), address, params.version))
    },
  )
}
