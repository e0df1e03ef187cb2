/** A refusal as the API says it (RFC 9457). `errors` is the array that the terraform CLI prints. */
import * as z from 'zod'

export const Problem = z
  .object({
    type: z.string().meta({ description: 'Address of the page that explains the code.' }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ description: 'Stable, kebab-case name of the refusal.', example: 'version-exists' }),
    detail: z.string(),
    hint: z.string().optional().meta({ description: 'The next step.' }),
    errors: z.array(z.string()),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
