/** Which addresses may be issuers here. Pure. */
import { entraTenantIn, firstSegment, isTenant, manyTenants } from '../../foundation/config/issuer-checks.ts'
import { issuerOfEverybody } from './issuer-refusals.ts'

export const entraIssuerUrl = (tenant: string) => `https://login.microsoftonline.com/${tenant.toLowerCase()}/v2.0`

/** @throws invalid: an issuer that vouches for everybody vouches for nobody */
export function refuseManyTenants(kind: 'oidc' | 'entra', issuerUrl: string): void {
  const url = new URL(issuerUrl)
  const tenant = kind === 'entra' ? firstSegment(url) : entraTenantIn(url)
  if (tenant === undefined) return
  if (manyTenants.has(tenant.toLowerCase()) || !isTenant(tenant)) throw issuerOfEverybody(issuerUrl)
}

/** Libraries that read addresses take a slash at the end for nothing. */
export const isSameIssuer = (one: string, other: string) => withoutSlash(one) === withoutSlash(other)
const withoutSlash = (url: string) => url.replace(/\/+$/, '')
