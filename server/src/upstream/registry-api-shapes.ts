/** What registry HTTP APIs answer, read with suspicion: only what is used, and no more of it than fits. Pure. */
import * as z from 'zod'
import { withoutControls } from '../foundation/one-line.ts'

const maxListed = 1000
const maxVersions = 50_000
const maxPlatforms = 500
const maxWritten = 64 * 1024
const maxText = 4096
/** Before it there was nothing to publish. */
const firstDate = new Date('2000-01-01')
const lastDate = new Date('2100-01-01')

/** A text that PostgreSQL keeps and a terminal survives. */
export const text = z
  .string()
  .max(maxWritten)
  .transform((written) => withoutControls(written).slice(0, maxText))
export const saidText = text.nullish().transform((said) => said ?? '')
/** Of what people are led to: nothing but the web. */
const webAddress = saidText.transform((said) => (/^https?:\/\//i.test(said) ? said : ''))
export const part = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,127}$/i)
export const lowerPart = part.transform((name) => name.toLowerCase())
export const tag = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,256}$/u)
export const count = z
  .int()
  .nonnegative()
  .nullish()
  .transform((said) => said ?? undefined)
/** One that cannot be, or that PostgreSQL cannot keep, is one that is not said: some languages write the year 0 or 1 for it. */
export const date = z
  .string()
  .nullish()
  .transform((said) => {
    const read = new Date(said ?? Number.NaN)
    return read >= firstDate && read < lastDate ? read : undefined
  })

export const Discovery = z.object({ 'modules.v1': z.string().optional(), 'providers.v1': z.string().optional() })

export const ModulePage = z.object({
  meta: z.object({ next_offset: z.int().nullish() }).nullish(),
  modules: z.array(z.unknown()).max(maxListed),
})

export const ListedModule = z.object({
  namespace: part,
  name: part,
  provider: lowerPart,
  version: saidText,
  description: saidText,
  source: webAddress,
  published_at: date,
  downloads: count,
  verified: z.boolean().optional(),
})
export type ListedModule = z.output<typeof ListedModule>

export const ModuleVersions = z.object({
  modules: z.array(z.object({ versions: z.array(z.object({ version: tag })).max(maxVersions) })).min(1),
})
export type ModuleVersions = z.output<typeof ModuleVersions>

/** JSON:API (https://jsonapi.org/format/#fetching-pagination). */
export const ProviderPage = z.object({
  data: z.array(z.unknown()).max(maxListed),
  meta: z
    .object({ pagination: z.object({ 'next-page': z.int().nullish(), 'total-count': count }).nullish() })
    .nullish(),
})

const ProviderAttributes = z.object({
  namespace: lowerPart,
  name: lowerPart,
  description: saidText,
  source: webAddress,
  downloads: count,
  tier: saidText,
  warning: saidText,
})
export const ListedProvider = z.object({ attributes: ProviderAttributes }).transform(({ attributes }) => attributes)
export type ListedProvider = z.output<typeof ListedProvider>

export const ProviderVersions = z.object({
  versions: z
    .array(
      z.object({
        version: tag,
        protocols: z.array(text).max(100).nullish(),
        platforms: z
          .array(z.object({ os: part, arch: part }))
          .max(maxPlatforms)
          .nullish(),
      }),
    )
    .max(maxVersions),
  warnings: z.array(text).max(100).nullish(),
})
export type ProviderVersions = z.output<typeof ProviderVersions>

/** Of one provider, with what is known of its versions beside their names. */
export const DatedVersions = z.object({
  included: z
    .array(
      z.object({
        type: z.string(),
        attributes: z.object({ version: tag, 'published-at': date, downloads: count }).partial(),
      }),
    )
    .max(maxVersions)
    .nullish(),
})
export type DatedVersions = z.output<typeof DatedVersions>

/** What cannot be read, as its problem quotes it. */
export const quotedItem = (item: unknown) => withoutControls(JSON.stringify(item) ?? 'nothing').slice(0, 200)
