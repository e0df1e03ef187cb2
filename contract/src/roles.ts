/** Roles: named sets of scopes that a user holds in an organization, or on the whole platform. */
import * as z from 'zod'
import { Scope } from './scopes.ts'

export const roles = ['viewer', 'publisher', 'mirror_manager', 'user_manager', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

export const Role = z.enum(roles).meta({
  id: 'Role',
  description:
    'viewer reads; publisher publishes modules and providers too; mirror_manager looks after mirrors; user_manager after people and keys; auditor reads people and the audit trail; admin does everything.',
})

const viewer: readonly Scope[] = ['modules:read', 'providers:read', 'mirrors:read', 'organizations:read']

/** What a role is for, in a sentence. */
export const meaningOfRole: Record<Role, string> = {
  viewer: 'Reads modules, providers, mirrors and organizations.',
  publisher: 'A viewer who publishes modules and providers.',
  mirror_manager: 'A viewer who looks after mirrors.',
  user_manager: 'A viewer who looks after people and API keys.',
  auditor: 'A viewer who reads people and the audit trail.',
  admin: 'Does everything.',
}

/** Each role beside viewer is a viewer with more. */
export const scopesOfRole: Record<Role, readonly Scope[]> = {
  viewer,
  publisher: [...viewer, 'modules:write', 'providers:write'],
  mirror_manager: [...viewer, 'mirrors:manage'],
  user_manager: [...viewer, 'users:write', 'api_keys:manage'],
  auditor: [...viewer, 'users:read', 'audit:read'],
  admin: ['admin'],
}

export const RoleMeaning = z
  .object({ role: Role, scopes: z.array(Scope), description: z.string() })
  .meta({ id: 'RoleMeaning' })
