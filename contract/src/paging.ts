/** Lists come as `{ items, next }`; `next` is an opaque cursor, null on the last page. */
import * as z from 'zod'

export const maxPageSize = 100

export const PageQuery = z.object({
  cursor: z.string().max(500).optional().meta({ description: 'The `next` of the page before.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxPageSize)
    .default(50)
    .meta({ description: `Items a page, 1 to ${maxPageSize}.` }),
})

/** Of modules and of providers. */
export const ListSort = z.enum(['address', 'updated', 'downloads']).default('address').meta({
  description: 'By address, by the date of the latest version, newest first, or by downloads, most first.',
})
export type ListSort = z.infer<typeof ListSort>
export const ListWords = z
  .string()
  .min(1)
  .max(100)
  // PostgreSQL keeps no text with a zero in it.
  .regex(/^[^\0]*$/, 'must be text')
  .optional()
  .meta({ description: 'A part of the address or of the description.' })

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })
