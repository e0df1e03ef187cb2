/** People, as the API speaks of them. */
import * as z from 'zod'
import { PageQuery } from './paging.ts'
import { Role } from './roles.ts'
import { Line } from './texts.ts'

export const Email = z.email().max(254).toLowerCase().meta({ example: 'admin@acme.example' })

export const User = z
  .object({
    id: z.uuid(),
    email: z.string(),
    displayName: z.string(),
    disabled: z.boolean(),
    hasPassword: z.boolean(),
    roles: z.array(z.object({ organization: z.string().meta({ description: 'Its name, or platform.' }), role: Role })),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>

export const UserQuery = PageQuery.extend({
  email: Email.optional().meta({ description: 'Only who has this address.' }),
})

const Password = z.string().min(12, 'must be of 12 characters at least').max(256)

export const NewUser = z
  .strictObject({
    email: Email,
    displayName: Line.or(z.literal('')).default(''),
    password: Password.optional().meta({
      description: 'For signing in without an issuer; leave it out for who signs in elsewhere.',
    }),
  })
  .meta({ id: 'NewUser' })

export const UserChange = z
  .strictObject({
    displayName: Line.or(z.literal('')).optional(),
    disabled: z.boolean().optional(),
    password: Password.nullable().optional().meta({ description: 'null takes it away.' }),
  })
  .meta({ id: 'UserChange' })
