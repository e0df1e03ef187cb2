/** Which addresses may be issuers here. Pure. */
import { issuerOfEverybody } from './issuer-refusals.ts'

export const entraIssuerUrl = (tenant: string) => `https://login.microsoftonline.com/${tenant.toLowerCase()}/v2.0`

/** In place of a directory: these let in people of any. The last is where private accounts live. */
const manyTenants = ['common', 'organizations', 'consumers', '9188040d-6c67-4c5b-b112-36a304b66dad']

/** @throws invalid: an issuer that vouches for everybody vouches for nobody */
export function refuseManyTenants(kind: 'oidc' | 'entra', issuerUrl: string): void {
  const { hostname, pathname } = new URL(issuerUrl)
  const isEntra = kind === 'entra' || /(^|\.)microsoftonline\.(com|us|cn)$/.test(hostname)
  const [, tenant = ''] = pathname.toLowerCase().split('/')
  if (isEntra && manyTenants.includes(tenant)) throw issuerOfEverybody(issuerUrl)
}

/** Libraries that read addresses take a slash at the end for nothing. */
export const isSameIssuer = (one: string, other: string) => withoutSlash(one) === withoutSlash(other)
const withoutSlash = (url: string) => url.replace(/\/+$/, '')
