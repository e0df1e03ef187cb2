/** What a key or a role may be allowed to do; `…:write` and `…:manage` include reading the same things. */
import { z } from 'zod'

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

export type Scope = (typeof scopes)[number]
export const Scope = z.enum(scopes).meta({ id: 'Scope' })
