/** Every issuer that people can sign in through: those of the settings, and those that were added while the registry ran. */
import type { App } from '../../foundation/app.ts'
import type { Config } from '../../foundation/config/settings.ts'
import { type Issuer, usualScopes } from './issuer.ts'
import { entraIssuerUrl } from './issuer-url.ts'
import { findRowIssuer, rowIssuers } from './row-issuers.ts'

/** In the order of their buttons. */
export const listIssuers = async (app: App): Promise<Issuer[]> => [
  ...settingsIssuers(app.config),
  ...(await rowIssuers(app)),
]

export const findIssuer = async (app: App, name: string): Promise<Issuer | undefined> =>
  settingsIssuers(app.config).find((issuer) => issuer.name === name) ?? findRowIssuer(app, name)

/** Those that are switched on; what they need is checked at start. */
export function settingsIssuers({ auth: { oidc, azure_ad } }: Config): Issuer[] {
  const issuers: Issuer[] = []
  if (oidc.enabled) {
    issuers.push({
      name: 'oidc',
      kind: 'oidc',
      displayName: oidc.display_name,
      issuerUrl: oidc.issuer_url!,
      clientId: oidc.client_id!,
      clientSecret: oidc.client_secret,
      redirectUrl: oidc.redirect_url,
      scopes: oidc.scopes,
      groupClaim: oidc.group_claim,
      groupMappings: oidc.group_mappings,
      source: 'settings',
    })
  }
  if (azure_ad.enabled) {
    issuers.push({
      name: 'entra',
      kind: 'entra',
      displayName: azure_ad.display_name,
      issuerUrl: entraIssuerUrl(azure_ad.tenant_id!),
      clientId: azure_ad.client_id!,
      clientSecret: azure_ad.client_secret,
      redirectUrl: azure_ad.redirect_url,
      scopes: usualScopes.entra,
      groupClaim: 'groups',
      groupMappings: azure_ad.group_mappings,
      source: 'settings',
    })
  }
  return issuers
}
