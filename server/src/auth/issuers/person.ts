/** What an issuer says of a person, read into what we need to know. Pure. */
import { Line } from '@cadastre/contract/texts'
import { type Address, addressIn, type Claims, groupsIn } from './claims.ts'
import { entraAddress } from './entra.ts'
import type { Issuer } from './issuer.ts'

export type Person = Address & {
  /** What the issuer means them by, for good. */
  subject: string
  displayName: string
  groups: readonly string[]
}

export function personOf(issuer: Issuer, claims: Claims): Person {
  const { email, isVerified } = issuer.kind === 'entra' ? entraAddress(claims) : addressIn(claims)
  return {
    subject: String(claims.sub),
    email,
    isVerified: isVerified && email !== undefined,
    displayName: Line.safeParse(claims.name).data ?? '',
    groups: groupsIn(claims[issuer.groupClaim]),
  }
}

/** Whether the ID token leaves out something that the userinfo endpoint may know. */
export const lacksSomething = (issuer: Issuer, claims: Claims): boolean =>
  personOf(issuer, claims).email === undefined ||
  (issuer.kind === 'oidc' && issuer.groupMappings.length > 0 && claims[issuer.groupClaim] === undefined)
