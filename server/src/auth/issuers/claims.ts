/** Reading single claims of an issuer. Pure. */
import { Email } from '@cadastre/contract/users'

export type Claims = Readonly<Record<string, unknown>>

export type Address = {
  email: string | undefined
  /** The issuer has seen to it that the address is theirs; otherwise they have only said so. */
  isVerified: boolean
}

export const addressIn = (claims: Claims): Address => ({
  email: emailIn(claims.email),
  isVerified: isTrue(claims.email_verified),
})

export const emailIn = (claim: unknown): string | undefined => Email.safeParse(claim).data

/** Some issuers write it as text. */
export const isTrue = (claim: unknown): boolean => claim === true || claim === 'true'

/** A claim that is missing, or is nothing that could name groups, means none. */
export function groupsIn(claim: unknown): string[] {
  const listed = Array.isArray(claim) ? claim : [claim]
  return [...new Set(listed.filter((group) => typeof group === 'string' && group !== ''))]
}

/** What the ID token says goes before what the userinfo endpoint adds; nothing there verifies another address. */
export function joined(token: Claims, userinfo: Claims): Claims {
  const isOtherAddress = token.email !== undefined && token.email !== userinfo.email
  return { ...userinfo, ...(isOtherAddress ? { email_verified: undefined } : {}), ...token }
}
