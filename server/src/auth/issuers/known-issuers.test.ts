/** What the settings make of issuers. */
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { loadSettings } from '../../foundation/config/load.ts'
import { settingsIssuers } from './known-issuers.ts'

const mappings = [{ group: 'g-1', organization: 'platform', role: 'admin' }]
const issuersOf = (env: Record<string, string>) => settingsIssuers(loadSettings({ cwd: tmpdir(), env }).config)

test('without any there is none', () => {
  expect(issuersOf({ TFR_AUTH_OIDC_ISSUER_URL: 'https://login.acme.example' })).toEqual([])
})

test('both stand side by side, each with its name, its people and its groups', () => {
  const issuers = issuersOf({
    TFR_AUTH_OIDC_ENABLED: 'true',
    TFR_AUTH_OIDC_ISSUER_URL: 'https://login.acme.example',
    TFR_AUTH_OIDC_CLIENT_ID: 'cadastre',
    TFR_AUTH_OIDC_SCOPES: 'openid,email,groups',
    TFR_AUTH_OIDC_GROUP_CLAIM: 'roles',
    TFR_AUTH_AZURE_AD_ENABLED: 'true',
    TFR_AUTH_AZURE_AD_TENANT_ID: '72F988BF-86f1-41af-91ab-2d7cd011db47',
    TFR_AUTH_AZURE_AD_CLIENT_ID: 'app',
    TFR_AUTH_AZURE_AD_CLIENT_SECRET: 'hush',
    TFR_AUTH_AZURE_AD_DISPLAY_NAME: 'Entra',
    TFR_AUTH_AZURE_AD_GROUP_MAPPINGS: JSON.stringify(mappings),
    TFR_AUTH_AZURE_AD_REDIRECT_URL: 'https://sso.acme.example/auth/callback/entra',
  })

  expect(issuers).toEqual([
    {
      name: 'oidc',
      kind: 'oidc',
      displayName: 'your identity provider',
      issuerUrl: 'https://login.acme.example',
      clientId: 'cadastre',
      scopes: ['openid', 'email', 'groups'],
      groupClaim: 'roles',
      groupMappings: [],
      source: 'settings',
    },
    {
      name: 'entra',
      kind: 'entra',
      displayName: 'Entra',
      issuerUrl: 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
      clientId: 'app',
      clientSecret: 'hush',
      redirectUrl: 'https://sso.acme.example/auth/callback/entra',
      scopes: ['openid', 'email', 'profile', 'User.Read'],
      groupClaim: 'groups',
      groupMappings: mappings,
      source: 'settings',
    },
  ])
})
