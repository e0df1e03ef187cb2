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

/** Core 1.0 §2 has 255 signs of ASCII; more letters are taken, but nothing that would name several people, or be kept as another. */
export const isSubject = (claim: unknown): claim is string =>
  typeof claim === 'string' && /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(claim)

/** A claim that is missing, or is nothing that could name groups, means none. */
export function groupsIn(claim: unknown): string[] {
  const listed = Array.isArray(claim) ? claim : [claim]
  return [...new Set(listed.filter((group) => typeof group === 'string' && group !== ''))]
}

/** What the ID token says goes before what the userinfo endpoint adds; neither verifies the address of the other. */
export function joined(token: Claims, userinfo: Claims): Claims {
  const { email_verified, xms_edov, ...rest } = token
  if (token.email === undefined) return { ...userinfo, ...rest }
  if (token.email === userinfo.email) return { ...userinfo, ...token }
  return { ...userinfo, email_verified: undefined, xms_edov: undefined, ...token }
}
