/** What an installation needs, each with what was found when it was tried. */
import * as z from 'zod'

export const Check = z
  .object({
    name: z.enum(['database', 'storage', 'address', 'sign-in', 'people', 'namespaces', 'catalogue']),
    title: z.string().meta({ example: 'Storage' }),
    state: z.enum(['done', 'open', 'failed']).meta({
      description: 'open: it works as it is, and something is left to do; failed: it was tried and does not.',
    }),
    words: z.string().meta({ description: 'What is so, and what to do.' }),
    next: z.string().nullable().meta({ description: 'The command that does it.' }),
  })
  .meta({ id: 'Check' })
export type Check = z.infer<typeof Check>

export const Checklist = z.object({ items: z.array(Check) }).meta({ id: 'Checklist' })
