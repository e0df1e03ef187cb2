/** An identity provider as the API says it, whether it comes from the settings or from a row: without its secret. */
import type { IdentityProvider } from '@cadastre/contract/identity-providers'
import type { App } from '../../foundation/app.ts'
import { callbackOf } from './callback.ts'
import type { IdentityProviderRow } from './identity-provider-queries.ts'
import type { Issuer } from './issuer.ts'

export function sayIdentityProviders(app: App) {
  const shared = (provider: Issuer | IdentityProviderRow) => ({
    name: provider.name,
    kind: provider.kind,
    displayName: provider.displayName,
    issuerUrl: provider.issuerUrl,
    clientId: provider.clientId,
    redirectUri: callbackOf(app, provider),
    scopes: [...provider.scopes],
    groupClaim: provider.groupClaim,
    groupMappings: [...provider.groupMappings],
  })

  return {
    ofSettings: (issuer: Issuer): IdentityProvider => ({
      ...shared(issuer),
      source: 'settings',
      enabled: true,
      hasSecret: issuer.clientSecret !== undefined,
      createdAt: null,
      updatedAt: null,
    }),
    ofRow: (row: IdentityProviderRow): IdentityProvider => ({
      ...shared(row),
      source: 'database',
      enabled: row.enabled,
      hasSecret: row.sealedSecret !== null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    }),
  }
}
