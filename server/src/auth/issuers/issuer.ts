/** An issuer: an OpenID Connect provider whose word about people counts here. */
import type { Role } from '@cadastre/contract/roles'

/** Whoever is in the group holds the role, as long as the issuer says so. */
export type GroupMapping = {
  group: string
  /** its name, or `platform` for all of them */
  organization: string
  role: Role
}

export type Issuer = {
  /** names it in addresses: it sends people back to `/auth/callback/NAME` */
  name: string
  /** `entra` is Microsoft Entra ID: its claims have rules of their own */
  kind: 'oidc' | 'entra'
  /** on the button of the sign-in page */
  displayName: string
  issuerUrl: string
  clientId: string
  /** none: a public client */
  clientSecret?: string
  /** where it sends people back to, when that is not `server.base_url` + `/auth/callback/NAME` */
  redirectUrl?: string
  scopes: readonly string[]
  groupClaim: string
  groupMappings: readonly GroupMapping[]
  /** Issuers of the settings cannot be changed while the registry runs. */
  source: 'settings' | 'database'
}

/** Unless others are asked for. The last of Entra lets us ask which groups somebody is in, when they are too many for a token. */
export const usualScopes: Record<Issuer['kind'], readonly string[]> = {
  oidc: ['openid', 'email', 'profile'],
  entra: ['openid', 'email', 'profile', 'User.Read'],
}
