/** The index of OpenTofu's docs API (https://api.opentofu.org), read with suspicion: only what is used of it. Pure. */
import * as z from 'zod'
import { count, date, lowerPart, part, saidText, tag, text } from './registry-api-shapes.ts'

const maxItems = 500_000
const maxVersions = 50_000

export const ModuleIndex = z.object({ modules: z.array(z.unknown()).max(maxItems) })
export const ProviderIndex = z.object({ providers: z.array(z.unknown()).max(maxItems) })

/** As much as says where it comes among the others. */
export const Addressed = z.object({
  addr: z.object({ namespace: z.string(), name: z.string(), target: z.string().default('') }),
})

const copiedFrom = z
  .object({ display: saidText })
  .nullish()
  .transform((address) => address?.display ?? '')

const said = {
  description: saidText,
  popularity: count,
  fork_of: copiedFrom,
  fork_of_link: saidText,
  is_blocked: z.boolean().nullish(),
  blocked_reason: saidText,
  versions: z.array(z.object({ id: tag, published: date })).max(maxVersions),
}

export const IndexedModule = z.object({
  addr: z.object({ namespace: part, name: part, target: lowerPart }),
  ...said,
})
export type IndexedModule = z.output<typeof IndexedModule>

export const IndexedProvider = z.object({
  addr: z.object({ namespace: lowerPart, name: lowerPart }),
  warnings: z.array(text).max(100).nullish(),
  ...said,
})
export type IndexedProvider = z.output<typeof IndexedProvider>
