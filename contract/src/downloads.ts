/** How often something was downloaded over time: in periods of UTC, and by what it can be split. */
import * as z from 'zod'

export const downloadPeriods = ['day', 'week', 'month'] as const
export const downloadSplits = ['none', 'major', 'version', 'client'] as const

/** More than a leap year by days, and than seven years by weeks. */
export const maxPeriods = 400
export const maxSeries = 500
/** Series times periods of one answer. */
export const maxNumbers = 20_000

export const DownloadsQuery = z.object({
  by: z.enum(downloadPeriods).default('day').meta({ description: 'How long a period is; weeks begin on Monday.' }),
  split: z
    .enum(downloadSplits)
    .default('none')
    .meta({ description: 'What has a series of its own: each major version, each version, or each client.' }),
  from: z.iso.date().optional().meta({
    description: 'A day in UTC; its period is the first. Without it: 30 days, 26 weeks or 12 months.',
    example: '2026-01-01',
  }),
  to: z.iso
    .date()
    .optional()
    .meta({ description: 'A day in UTC; its period is the last. Without it, or ahead: today.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(maxSeries)
    .default(10)
    .meta({ description: `Series, 1 to ${maxSeries}: those with the most downloads; all others are summed up.` }),
})
export type DownloadsQuery = z.infer<typeof DownloadsQuery>

const Numbers = z.array(z.number().int()).meta({ description: 'One for each period.' })

export const DownloadsSeries = z
  .object({
    name: z.string().meta({ description: 'As it was split: 1.2.0, 1, or terraform.', example: '1.2.0' }),
    total: z.number().int(),
    downloads: Numbers,
  })
  .meta({ id: 'DownloadsSeries' })
export type DownloadsSeries = z.infer<typeof DownloadsSeries>

export const Downloads = z
  .object({
    address: z.string().meta({ example: 'acme/vpc/aws' }),
    by: z.enum(downloadPeriods),
    split: z.enum(downloadSplits),
    from: z.iso.date().meta({ description: 'The first day of the first period.' }),
    to: z.iso.date().meta({ description: 'The last day; before the end of the last period when that is not over.' }),
    periods: z.array(z.iso.date()).meta({ description: 'The first day of each, oldest first.' }),
    total: z.number().int(),
    downloads: Numbers,
    series: z
      .array(DownloadsSeries)
      .meta({ description: 'Most downloads first; what has none in this time is left out.' }),
    others: DownloadsSeries.extend({ count: z.number().int() })
      .omit({ name: true })
      .nullable()
      .meta({ description: 'The sum of the `count` series that are past the limit; null: there are none.' }),
    published: z.array(z.object({ version: z.string(), publishedAt: z.iso.datetime() })).meta({
      description: 'Versions that were published in this time and are not deleted, oldest first; the newest 500.',
    }),
  })
  .meta({ id: 'Downloads' })
export type Downloads = z.infer<typeof Downloads>
