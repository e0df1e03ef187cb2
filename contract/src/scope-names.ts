/** The names of what a key or a role may be allowed to do. */
export const scopes = [
  'modules:read',
  'modules:write',
  'providers:read',
  'providers:write',
  'mirrors:read',
  'mirrors:manage',
  'users:read',
  'users:write',
  'organizations:read',
  'organizations:write',
  'scm:read',
  'scm:manage',
  'api_keys:manage',
  'audit:read',
  'admin',
] as const

export type ScopeName = (typeof scopes)[number]
