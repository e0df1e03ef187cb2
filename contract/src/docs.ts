/** The documentation inside the registry, as the API speaks of it. */
import * as z from 'zod'

export const DocsKind = z.enum(['start', 'how-to', 'reference', 'explanation', 'decisions', 'project'])
export type DocsKind = z.infer<typeof DocsKind>

export const DocsEntry = z
  .object({
    address: z.string().meta({ description: 'Of the page, below the registry.', example: '/docs/configuration' }),
    title: z.string(),
    kind: DocsKind,
    section: z
      .object({ id: z.string(), title: z.string() })
      .nullable()
      .meta({ description: 'The part of the page that was found; its id is the anchor. Null: the page as a whole.' }),
    excerpt: z.string().meta({ description: 'What the page is about, or the text around what was found.' }),
  })
  .meta({ id: 'DocsEntry' })
export type DocsEntry = z.infer<typeof DocsEntry>

export const DocsQuery = z.object({
  q: z.string().max(200).optional().meta({ description: 'Words that all have to be in a section.' }),
})

export const DocsText = z
  .object({
    address: z.string(),
    title: z.string(),
    kind: DocsKind,
    html: z.string().meta({ description: 'Safe to be shown as it is; without the heading of the page.' }),
    headings: z.array(z.object({ id: z.string(), text: z.string(), level: z.number().int() })),
    markdown: z.string().meta({ description: 'Address of the same as Markdown.', example: '/docs/configuration.md' }),
  })
  .meta({ id: 'DocsText' })
export type DocsText = z.infer<typeof DocsText>

export const DocsParams = z.object({ page: z.string().max(100) })
export const DocsErrorParams = z.object({ code: z.string().max(100) })
