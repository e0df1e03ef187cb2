/** What happened to modules and providers, for whoever may read them; of people it names those alone who published. */
import * as z from 'zod'
import { PageQuery } from './paging.ts'

const ActivityAction = z.enum(['published', 'deprecated', 'deleted', 'restored'])

export const ActivityEvent = z
  .object({
    at: z.iso.datetime(),
    action: ActivityAction,
    type: z.enum(['module', 'provider']),
    namespace: z.string(),
    address: z.string().meta({ example: 'acme/vpc/aws' }),
    version: z.string().nullable().meta({ description: 'null: all of its versions.' }),
    by: z.string().nullable().meta({ description: 'Who published it, as its version says; null for all else.' }),
  })
  .meta({ id: 'ActivityEvent' })

export const ActivityFilter = z.object({
  action: ActivityAction.optional(),
  type: z.enum(['module', 'provider']).optional(),
  namespace: z.string().min(1).max(64).optional(),
  since: z.iso.datetime().optional().meta({ description: 'ISO 8601 in UTC; from this moment on.' }),
})
export type ActivityFilter = z.infer<typeof ActivityFilter>

export const ActivityQuery = PageQuery.extend(ActivityFilter.shape)
