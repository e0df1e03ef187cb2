/** Every kind of fact that the audit trail may hold, in words: what was done, and what was tried where it was refused. */

/** [it was done, it was tried to]; what it is about follows */
export const factWords = {
  'namespace.created': ['created the namespace', 'create the namespace'],
  'namespace.changed': ['changed the namespace', 'change the namespace'],
  'namespace.transferred': ['handed over the namespace', 'hand over the namespace'],
  'organization.created': ['created the organization', 'create the organization'],
  'organization.changed': ['changed the organization', 'change the organization'],
  'organization.deleted': ['deleted the organization', 'delete the organization'],
  'user.created': ['added', 'add'],
  'user.changed': ['changed the account of', 'change the account of'],
  'user.deleted': ['removed', 'remove'],
  'member.changed': ['changed the roles of', 'change the roles of'],
  'api_key.created': ['made the token', 'make the token'],
  'api_key.revoked': ['revoked the token', 'revoke the token'],
  'api_key.rotated': ['rotated the token', 'rotate the token'],
  'session.created': ['signed in as', 'sign in as'],
  'session.revoked': ['ended the session', 'end the session'],
  'sign_in.refused': ['tried to sign in as', 'sign in as'],
  'setup_link.created': ['made a link for', 'make a link for'],
  'identity.linked': ['linked an identity to', 'link an identity to'],
  'identity.unlinked': ['took an identity from', 'take an identity from'],
  'identity_provider.created': ['added the identity provider', 'add the identity provider'],
  'identity_provider.changed': ['changed the identity provider', 'change the identity provider'],
  'identity_provider.deleted': ['removed the identity provider', 'remove the identity provider'],
  'module.published': ['published the module', 'publish the module'],
  'module.deleted': ['deleted the module', 'delete the module'],
  'module.restored': ['restored the module', 'restore the module'],
  'provider.published': ['published the provider', 'publish the provider'],
  'provider.deprecated': ['deprecated the provider', 'deprecate the provider'],
  'provider.deleted': ['deleted the provider', 'delete the provider'],
  'provider.restored': ['restored the provider', 'restore the provider'],
  'signing_key.added': ['added the signing key', 'add the signing key'],
  'signing_key.renewed': ['renewed the signing key', 'renew the signing key'],
  'signing_key.removed': ['removed the signing key', 'remove the signing key'],
  'catalogue.imported': ['imported into the catalogue', 'import into the catalogue'],
  'catalogue.described': ['told the catalogue of', 'tell the catalogue of'],
  'catalogue.changed': ['changed in the catalogue', 'change in the catalogue'],
  'job.cancelled': ['cancelled the job', 'cancel the job'],
} as const satisfies Record<string, readonly [string, string]>

export type FactKind = keyof typeof factWords

/** What facts are about, by how their kinds begin. */
export const factSubjects: Record<string, string> = {
  'module.': 'modules',
  'provider.': 'providers',
  'signing_key.': 'signing keys',
  'namespace.': 'namespaces',
  'organization.': 'organizations',
  'user.': 'people',
  'member.': 'roles',
  'api_key.': 'tokens',
  'session.': 'sessions',
  'sign_in.': 'refused sign-ins',
  'setup_link.': 'set-up links',
  'identity.': 'identities',
  'identity_provider.': 'identity providers',
  'catalogue.': 'the catalogue',
  'job.': 'jobs',
}

type Told = { kind: string; outcome: 'done' | 'refused'; details: Record<string, unknown> }

/** What stands between who did it and what it is about. A kind that a newer server wrote is said as it is. */
export function verbOf({ kind, outcome }: Told): string {
  const words: readonly [string, string] | undefined = Object.hasOwn(factWords, kind)
    ? factWords[kind as FactKind]
    : undefined
  if (!words) return kind
  return outcome === 'refused' ? `tried to ${words[1]}` : words[0]
}

/** What else belongs into the sentence: from what to what, where, or why not. Empty: nothing. */
export function restOf({ kind, details }: Told): string {
  const { detail, why, message, from, to, place, before, after, visibility } = details
  if (typeof detail === 'string') return detail
  if (kind === 'member.changed')
    return `${place === 'platform' ? 'everywhere' : `in ${String(place)}`}: ${rolesIn(before)} → ${rolesIn(after)}`
  if (typeof from === 'string' && typeof to === 'string') return `${from} → ${to}`
  return [why, message, visibility].find((text) => typeof text === 'string' && text !== '')?.toString() ?? ''
}

const rolesIn = (roles: unknown) => (Array.isArray(roles) && roles.length > 0 ? roles.join(', ') : 'none')
