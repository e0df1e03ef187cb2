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

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() })
