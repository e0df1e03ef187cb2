/** The scopes of API keys, in words for the help of commands; the type fails to check when one is missing. */
import type { components } from '@cadastre/contract/openapi.gen'

export type Scope = components['schemas']['Scope']

export const scopeMeanings: Record<Scope, string> = {
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
