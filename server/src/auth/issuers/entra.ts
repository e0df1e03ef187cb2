/**
 * What Microsoft Entra ID says in its own way: e-mail addresses that nobody has checked, and groups that are too many
 * for an ID token. Pure. https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
import { parseUrl } from '@cadastre/contract/parse-url'
import { type Address, type Claims, emailIn, isTrue } from './claims.ts'

/**
 * Its administrators may write any address into `email`, also one of another company. The name that somebody signs in
 * with is in a domain that the tenant has proven to own, unless they are a guest: then it is their home's word.
 */
export function entraAddress(claims: Claims): Address {
  const email = emailIn(claims.email)
  const { xms_edov } = claims
  const isOwned = isTrue(claims.email_verified) || isTrue(xms_edov) || xms_edov === 1 || xms_edov === '1'
  if (email !== undefined && isOwned) return { email, isVerified: true }
  const signInName = emailIn(claims.upn) ?? emailIn(claims.preferred_username)
  if (signInName !== undefined && !isGuest(claims)) return { email: signInName, isVerified: true }
  return { email: email ?? signInName, isVerified: false }
}

const isGuest = ({ idp, iss, acct }: Claims) => (idp !== undefined && idp !== iss) || acct === 1

/** Where to ask instead, when somebody is in too many groups for a token. */
export function overageAddress(claims: Claims): string | undefined {
  const names = asRecord(claims._claim_names)
  const source = asRecord(asRecord(claims._claim_sources)[String(names.groups)])
  if (typeof source.endpoint !== 'string' || !parseUrl(source.endpoint)) return undefined
  const url = new URL(source.endpoint)
  const graph = graphInsteadOf[url.hostname]
  return graph ? `${graph}/v1.0/me/getMemberObjects` : url.href
}

export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Tokens name the interface that came before Microsoft Graph, and has ended. */
export const graphInsteadOf: Record<string, string> = {
  'graph.windows.net': 'https://graph.microsoft.com',
  'graph.microsoftazure.us': 'https://graph.microsoft.us',
  'graph.chinacloudapi.cn': 'https://microsoftgraph.chinacloudapi.cn',
}
