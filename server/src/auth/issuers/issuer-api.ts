/** Identity providers through the API: those of the settings to be seen, others to be changed. For administrators of the platform. */
import {
  IdentityProvider,
  IdentityProviderChange,
  IdentityProviderCheck,
  IdentityProviderParams,
  NewIdentityProvider,
} from '@cadastre/contract/identity-providers'
import * as z from 'zod'
import { asker } from '../../access/asker.ts'
import { permitInOrganization } from '../../access/permit.ts'
import type { App } from '../../foundation/app.ts'
import type { Api } from '../../foundation/http/api.ts'
import { sayIdentityProviders } from './identity-provider.ts'
import {
  findIdentityProviderRow,
  type IdentityProviderRow,
  listIdentityProviderRows,
} from './identity-provider-queries.ts'
import type { Issuer } from './issuer.ts'
import { checkIssuer } from './issuer-check.ts'
import { identityProviderNotFound } from './issuer-refusals.ts'
import { settingsIssuers } from './known-issuers.ts'
import { changeIdentityProvider, createIdentityProvider, deleteIdentityProvider } from './manage.ts'
import { rowIssuer } from './row-issuers.ts'

const tags = ['identity providers']

export function identityProviderApi(api: Api, app: App) {
  const { ofSettings, ofRow } = sayIdentityProviders(app)

  api.get(
    '/identity-providers',
    {
      schema: {
        summary: 'The identity providers, those of the settings first. Needs admin on the platform.',
        tags,
        response: { 200: z.object({ items: z.array(IdentityProvider), next: z.null() }) },
      },
    },
    async ({ caller }) => {
      permitInOrganization(caller, 'admin')
      const rows = await listIdentityProviderRows(app.db)
      const items = [...settingsIssuers(app.config).map(ofSettings), ...rows.map(ofRow)]
      return { items, next: null }
    },
  )

  api.post(
    '/identity-providers',
    {
      schema: {
        summary: 'Add an identity provider. Needs admin on the platform.',
        tags,
        body: NewIdentityProvider,
        response: { 201: IdentityProvider },
      },
    },
    async (request, reply) => {
      request.attempt = { kind: 'identity_provider.created', subject: request.body.name }
      return reply.code(201).send(ofRow(await createIdentityProvider(app, asker(request), request.body)))
    },
  )

  api.get(
    '/identity-providers/:name',
    {
      schema: {
        summary: 'One identity provider. Needs admin on the platform.',
        tags,
        params: IdentityProviderParams,
        response: { 200: IdentityProvider },
      },
    },
    async ({ caller, params }) => {
      permitInOrganization(caller, 'admin')
      const [ofSetting, row] = await find(params.name)
      if (ofSetting) return ofSettings(ofSetting)
      if (row) return ofRow(row)
      throw identityProviderNotFound(params.name)
    },
  )

  api.patch(
    '/identity-providers/:name',
    {
      schema: {
        summary: 'Change an identity provider that is not of the settings. Needs admin on the platform.',
        tags,
        params: IdentityProviderParams,
        body: IdentityProviderChange,
        response: { 200: IdentityProvider },
      },
    },
    async (request) => {
      const { params, body } = request
      request.attempt = { kind: 'identity_provider.changed', subject: params.name }
      return ofRow(await changeIdentityProvider(app, asker(request), params.name, body))
    },
  )

  api.delete(
    '/identity-providers/:name',
    {
      schema: {
        summary:
          'Remove an identity provider, the roles that it gave and the sessions that began with it; accounts stay. Needs admin on the platform.',
        tags,
        params: IdentityProviderParams,
        response: { 200: IdentityProvider },
      },
    },
    async (request) => {
      const { name } = request.params
      request.attempt = { kind: 'identity_provider.deleted', subject: name }
      return ofRow(await deleteIdentityProvider(app, asker(request), name))
    },
  )

  api.post(
    '/identity-providers/:name/test',
    {
      schema: {
        summary:
          'Ask an identity provider what it says of itself, and say what is wrong with it. Needs admin on the platform.',
        tags,
        params: IdentityProviderParams,
        response: { 200: IdentityProviderCheck },
      },
    },
    async ({ caller, params }) => {
      permitInOrganization(caller, 'admin')
      const [ofSetting, row] = await find(params.name)
      if (!ofSetting && !row) throw identityProviderNotFound(params.name)
      return checkIssuer(app, ofSetting ?? rowIssuer(app, row!))
    },
  )

  async function find(name: string): Promise<[Issuer | undefined, IdentityProviderRow | undefined]> {
    const ofSetting = settingsIssuers(app.config).find((issuer) => issuer.name === name)
    return [ofSetting, ofSetting ? undefined : await findIdentityProviderRow(app.db, name)]
  }
}
