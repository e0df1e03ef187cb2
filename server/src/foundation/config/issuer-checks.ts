/** What the settings of issuers must be: who vouches for people has to be exactly one party, reached without eavesdroppers. */
import { isSafeAddress } from '@cadastre/contract/identity-providers'
import { parseUrl } from '@cadastre/contract/parse-url'
import type { Say } from './checks.ts'
import type { Config } from './settings.ts'

export function checkIssuers({ server, auth, multi_tenancy }: Config, say: Say): void {
  const { oidc, azure_ad } = auth
  const needs = (provider: 'oidc' | 'azure_ad', name: string, value: unknown, fix: string) => {
    if (value === undefined) say(`auth.${provider}.${name}`, 'Sign-in is switched on, and this is missing.', fix)
  }
  if (oidc.enabled) {
    needs('oidc', 'issuer_url', oidc.issuer_url, 'Write it like https://login.example.com.')
    needs('oidc', 'client_id', oidc.client_id, 'Register this registry with the provider.')
    const wrong = oidc.issuer_url && wrongIssuerUrl(oidc.issuer_url)
    if (wrong) say('auth.oidc.issuer_url', wrong.says, wrong.fix)
    if (!oidc.scopes.includes('openid'))
      say('auth.oidc.scopes', 'Without the scope openid nobody is signed in.', 'Add openid.')
    checkRedirect('oidc', 'oidc', oidc.redirect_url)
  }
  if (azure_ad.enabled) {
    needs('azure_ad', 'tenant_id', azure_ad.tenant_id, 'Copy the directory (tenant) ID of the app registration.')
    needs('azure_ad', 'client_id', azure_ad.client_id, 'Copy the application (client) ID of the app registration.')
    const wrong = azure_ad.tenant_id && wrongTenant(azure_ad.tenant_id)
    if (wrong) say('auth.azure_ad.tenant_id', wrong.says, wrong.fix)
    checkRedirect('azure_ad', 'entra', azure_ad.redirect_url)
  }
  if (multi_tenancy.allow_public_signup && !oidc.enabled && !azure_ad.enabled) {
    say(
      'multi_tenancy.allow_public_signup',
      'People sign up through an identity provider, and the settings name none.',
      'Enable auth.oidc or auth.azure_ad, or set it to false.',
    )
  }

  function checkRedirect(provider: 'oidc' | 'azure_ad', name: string, address: string | undefined): void {
    if (address === undefined) return
    const path = `${parseUrl(server.base_url)?.pathname.replace(/\/+$/, '') ?? ''}/auth/callback/${name}`
    const url = parseUrl(address)
    if (url && /^https?:$/.test(url.protocol) && url.pathname === path && url.search === '' && url.hash === '') return
    say(
      `auth.${provider}.redirect_url`,
      `The registry takes people back at ${path}, and this address does not lead there.`,
      `Leave it out, or write it like https://registry.example.com${path}.`,
    )
  }
}

type Wrong = { says: string; fix: string }

/** @returns what is wrong with it, if anything */
function wrongIssuerUrl(text: string): Wrong | undefined {
  const url = parseUrl(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash)
    return { says: 'This is no address of an issuer.', fix: 'Write it like https://login.example.com.' }
  if (!isSafeAddress(url))
    return { says: 'What an issuer says over http anybody on the way can change.', fix: 'Use https.' }
  const tenant = entraTenantIn(url)
  return tenant === undefined ? undefined : wrongTenant(tenant)
}

/** @returns what is wrong with it as a tenant of Entra, if anything */
function wrongTenant(tenant: string): Wrong | undefined {
  const fix = 'Use the directory (tenant) ID of the app registration.'
  if (manyTenants.has(tenant.toLowerCase()))
    return { says: `${tenant} lets in the people of every tenant, and each could call itself yours.`, fix }
  return isTenant(tenant) ? undefined : { says: `${tenant} is no tenant.`, fix }
}

/** Its id or a name of it, as it is: what is written in another way may be read as one of many tenants. */
export const isTenant = (text: string) => /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)

/** The directory in the address of an issuer of Entra; undefined in that of another. */
export const entraTenantIn = (url: URL): string | undefined =>
  /(^|\.)microsoftonline\.(com|us|cn)$/.test(url.hostname) ? (firstSegment(url) ?? '') : undefined

export const firstSegment = ({ pathname }: URL): string | undefined => pathname.split('/').find(Boolean)

/** In place of a directory: these let in people of any. The last one is the tenant of personal accounts. */
export const manyTenants = new Set(['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'])
