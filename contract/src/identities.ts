/** Identities, as the API speaks of them: whom of the people here an issuer means by a subject. */
import * as z from 'zod'

export const Identity = z
  .object({
    id: z.uuid(),
    issuer: z.string().meta({ description: 'The address of the identity provider.' }),
    subject: z.string().meta({ description: 'What it calls them; it calls nobody else so.' }),
    email: z.string().meta({ description: 'As it said last.' }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
  })
  .meta({ id: 'Identity' })
export type Identity = z.infer<typeof Identity>
