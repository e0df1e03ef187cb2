/** Sessions of people who signed in with a browser, as the API speaks of them. */
import * as z from 'zod'

export const CurrentSession = z
  .object({
    id: z.uuid(),
    user: z.object({ id: z.uuid(), email: z.string(), displayName: z.string() }),
    csrfToken: z.string().meta({ description: 'To be sent as x-csrf-token with every change.' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().meta({ description: 'When it ends if it is not used any more.' }),
    endsAt: z.iso.datetime().meta({ description: 'When it ends in any case.' }),
  })
  .meta({ id: 'CurrentSession' })

export const Session = z
  .object({
    id: z.uuid(),
    userId: z.uuid(),
    current: z.boolean().meta({ description: 'The one that this request came with.' }),
    issuer: z.string().meta({ description: 'Who said who it is: password, setup, or an issuer.' }),
    client: z.string().meta({ description: 'What the browser called itself.' }),
    address: z.string(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

export const SessionQuery = z.object({
  user: z.uuid().optional().meta({ description: 'Id of somebody else; needs users:write on the platform.' }),
})
