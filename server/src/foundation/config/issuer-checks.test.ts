/** What issuers in the settings must be before a server starts with them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSettings } from './load.ts'
import type { Environment } from './sources.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cadastre-settings-'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const oidc = {
  TFR_AUTH_OIDC_ENABLED: 'true',
  TFR_AUTH_OIDC_ISSUER_URL: 'https://login.example.com/realms/acme',
  TFR_AUTH_OIDC_CLIENT_ID: 'cadastre',
}
const entra = {
  TFR_AUTH_AZURE_AD_ENABLED: 'true',
  TFR_AUTH_AZURE_AD_TENANT_ID: tenant,
  TFR_AUTH_AZURE_AD_CLIENT_ID: 'cadastre',
}

test.each<[string, Environment]>([
  ['an issuer', oidc],
  ['Entra', entra],
  ['both', { ...oidc, ...entra }],
  ['a tenant by its name', { ...entra, TFR_AUTH_AZURE_AD_TENANT_ID: 'acme.onmicrosoft.com' }],
  ['an issuer of this machine over http', { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'http://127.0.0.1:9000' }],
  [
    'the way back under another host',
    { ...oidc, TFR_AUTH_OIDC_REDIRECT_URL: 'https://sso.example.com/auth/callback/oidc' },
  ],
  [
    'the way back below a path',
    {
      ...entra,
      TFR_SERVER_BASE_URL: 'https://example.com/registry/',
      TFR_AUTH_AZURE_AD_REDIRECT_URL: 'https://example.com/registry/auth/callback/entra',
    },
  ],
  ['public sign-up through it', { ...oidc, TFR_MULTI_TENANCY_ALLOW_PUBLIC_SIGNUP: 'true' }],
  ['nothing of it when it is off', { TFR_AUTH_AZURE_AD_TENANT_ID: 'common', TFR_AUTH_OIDC_ISSUER_URL: 'x' }],
])('a server starts with %s', (_, env) => {
  expect(() => loadSettings({ cwd, env })).not.toThrow()
})

test.each<[string, Environment, string]>([
  ['auth.oidc.issuer_url', { TFR_AUTH_OIDC_ENABLED: 'true' }, 'Sign-in is switched on, and this is missing.'],
  ['auth.oidc.client_id', { TFR_AUTH_OIDC_ENABLED: 'true' }, 'Sign-in is switched on, and this is missing.'],
  ['auth.oidc.issuer_url', { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'login' }, 'This is no address of an issuer.'],
  ['auth.oidc.issuer_url', { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'https://i?a=b' }, 'This is no address of an issuer.'],
  ['auth.oidc.issuer_url', { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'http://login.example.com' }, 'Use https.'],
  ['auth.oidc.issuer_url', { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'http://127.evil.example' }, 'Use https.'],
  [
    'auth.oidc.issuer_url',
    { ...oidc, TFR_AUTH_OIDC_ISSUER_URL: 'https://login.microsoftonline.com/common/v2.0' },
    'common lets in the people of every tenant',
  ],
  ['auth.oidc.scopes', { ...oidc, TFR_AUTH_OIDC_SCOPES: 'email' }, 'Add openid.'],
  ['auth.oidc.redirect_url', { ...oidc, TFR_AUTH_OIDC_REDIRECT_URL: 'registry' }, '/auth/callback/oidc'],
  ['auth.oidc.redirect_url', { ...oidc, TFR_AUTH_OIDC_REDIRECT_URL: 'https://r/callback' }, '/auth/callback/oidc'],
  ['auth.azure_ad.tenant_id', { TFR_AUTH_AZURE_AD_ENABLED: 'true' }, 'Copy the directory (tenant) ID'],
  ['auth.azure_ad.client_id', { TFR_AUTH_AZURE_AD_ENABLED: 'true' }, 'Copy the application (client) ID'],
  ...['common', 'Organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'].map(
    (name): [string, Environment, string] => [
      'auth.azure_ad.tenant_id',
      { ...entra, TFR_AUTH_AZURE_AD_TENANT_ID: name },
      `${name} lets in the people of every tenant`,
    ],
  ),
  ['auth.azure_ad.tenant_id', { ...entra, TFR_AUTH_AZURE_AD_TENANT_ID: 'a/b' }, 'a/b is no tenant.'],
  ['auth.azure_ad.redirect_url', { ...entra, TFR_AUTH_AZURE_AD_REDIRECT_URL: 'https://r/auth/callback/oidc' }, 'entra'],
  [
    'multi_tenancy.allow_public_signup',
    { TFR_MULTI_TENANCY_ALLOW_PUBLIC_SIGNUP: 'true' },
    'People sign up through an identity provider, and the settings name none. Enable auth.oidc',
  ],
  [
    'auth.oidc.group_mappings',
    { ...oidc, TFR_AUTH_OIDC_GROUP_MAPPINGS: 'dev=publisher' },
    'in the environment as JSON',
  ],
  [
    'auth.oidc.group_mappings',
    { ...oidc, TFR_AUTH_OIDC_GROUP_MAPPINGS: '[{"group":"dev","organization":"acme","role":"king"}]' },
    'does not fit',
  ],
])('%s is refused at start in %o', (key, env, sentence) => {
  expect(linesOf(env)).toContainEqual(
    expect.stringMatching(new RegExp(`^ {2}${key.replaceAll('.', '\\.')} \\(.*${escaped(sentence)}`)),
  )
})

test('groups are mapped in the file, with variables where somebody wants them', () => {
  writeFileSync(
    join(cwd, 'config.yaml'),
    `auth: { oidc: { group_mappings: [{ group: "\${DEV_GROUP}", organization: acme, role: publisher }] } }`,
  )

  const { config } = loadSettings({ cwd, env: { DEV_GROUP: 'cn=dev,dc=acme' } })

  expect(config.auth.oidc.group_mappings).toEqual([
    { group: 'cn=dev,dc=acme', organization: 'acme', role: 'publisher' },
  ])
  rmSync(join(cwd, 'config.yaml'))
})

function linesOf(env: Environment): string[] {
  try {
    loadSettings({ cwd, env })
  } catch (error) {
    return (error as Error).message.split('\n')
  }
  throw new Error('These settings were accepted.')
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
