/** Organizations and their members, as the API speaks of them. */
import * as z from 'zod'
import { Role } from './roles.ts'
import { Line } from './texts.ts'

const OrganizationName = z
  .string()
  .regex(/^[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?$/, 'must be 1 to 63 lower-case letters, digits and -')
  .meta({ example: 'payments' })

/** One that is there may have been named by the settings, which are less strict. */
export const OrganizationParams = z.object({ organization: Line })

export const MemberParams = OrganizationParams.extend({ user: z.uuid() })

export const Organization = z
  .object({
    id: z.uuid(),
    name: z.string(),
    displayName: z.string(),
    namespaces: z.number().int(),
    members: z.number().int(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Organization' })
export type Organization = z.infer<typeof Organization>

export const NewOrganization = z
  .strictObject({
    name: OrganizationName.refine(
      (name) => name !== 'platform',
      'platform means all organizations, so none has that name',
    ),
    displayName: Line.or(z.literal('')).default(''),
  })
  .meta({ id: 'NewOrganization' })

export const OrganizationChange = z
  .strictObject({ displayName: Line.or(z.literal('')) })
  .meta({ id: 'OrganizationChange' })

export const Member = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    displayName: z.string(),
    roles: z.array(
      z.object({ role: Role, source: z.string().meta({ description: 'manual, or the issuer that gave it.' }) }),
    ),
  })
  .meta({ id: 'Member' })
export type Member = z.infer<typeof Member>

export const MemberRoles = z
  .strictObject({ roles: z.array(Role).max(6) })
  .meta({ id: 'MemberRoles', description: 'All roles that were given by hand; an empty list takes them away.' })

export const NamespaceTransfer = z.strictObject({ organization: Line }).meta({ id: 'NamespaceTransfer' })
