/** The scopes of API keys, in words for whoever makes one; the type fails to check when one is missing. */
import type { ScopeName } from './scope-names.ts'

/** Of what is still to come: roles have them already, and there is nothing that a key could do with them. */
export const scopesToCome: readonly ScopeName[] = ['scm:read', 'scm:manage']

export const scopeMeanings: Record<ScopeName, string> = {
  'modules:read': 'look up and download modules',
  'modules:write': 'publish modules',
  'providers:read': 'look up and download providers',
  'providers:write': 'publish providers',
  'mirrors:read': 'download through the mirror',
  'mirrors:manage': 'set up the mirror',
  'users:read': 'see users',
  'users:write': 'change users',
  'organizations:read': 'see organizations',
  'organizations:write': 'change organizations and their namespaces',
  'scm:read': 'see connected repositories',
  'scm:manage': 'connect repositories',
  'api_keys:manage': 'make, list and revoke API keys',
  'audit:read': 'read the audit trail',
  admin: 'everything',
}
