/** What stands behind the question mark, and where a page of a list begins: the public registry speaks offsets. Pure. */
import * as z from 'zod'
import { Refusal } from '../../foundation/refusal.ts'

const usualLimit = 15
const largestLimit = 100

/** @throws malformed, naming what is wrong */
export function readAsked<Asked extends z.ZodType>(schema: Asked, query: unknown): z.output<Asked> {
  const read = schema.safeParse(query)
  if (read.success) return read.data
  const [{ path, message } = { path: [], message: '' }] = read.error.issues
  throw new Refusal('malformed', 'request-malformed', `The parameter ${path.join('.')} ${message}.`)
}

const one = { error: 'has to be given, once' }
const empty = (text: string | undefined) => (text === '' ? undefined : text)

export const askedText = z.string(one).max(300, 'is longer than 300 characters')

/** A filter; without a value it is none. */
export const filterText = askedText.optional().transform(empty)

const number = (most: number, least: number) =>
  z
    .string(one)
    .regex(/^\d{1,9}$/, 'is not a whole number')
    .transform(Number)
    .refine((read) => read >= least, `is below ${least}`)
    .transform((read) => Math.min(read, most))

/** Who asks for more than there is on a page gets the largest. */
export const pageSize = number(largestLimit, 1)
export const pageNumber = number(Number.MAX_SAFE_INTEGER, 1)

/** The forms in which programs write yes and no. */
export const yesOrNo = z
  .string(one)
  .regex(/^(1|t|true|0|f|false|)$/i, 'is neither true nor false')
  .transform((text) => /^(1|t|true)$/i.test(text))

export const Paging = z.object({
  limit: pageSize.default(usualLimit),
  offset: number(Number.MAX_SAFE_INTEGER, 0).default(0),
})
export type Paging = z.output<typeof Paging>

export type ListMeta = {
  limit: number
  current_offset: number
  next_offset?: number
  next_url?: string
  prev_offset?: number
  prev_url?: string
}

/**
 * @param path of this list, from the root of the host
 * @param filters go along to the pages beside this one
 */
export function listMeta(
  { limit, offset }: Paging,
  path: string,
  filters: Record<string, string | boolean | undefined>,
  hasMore: boolean,
): ListMeta {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== false)
  const urlAt = (at: number) => {
    const parameters = new URLSearchParams()
    for (const [key, value] of given) parameters.set(key, String(value))
    parameters.set('limit', String(limit))
    parameters.set('offset', String(at))
    parameters.sort()
    return `${path}?${parameters}`
  }
  const [next, previous] = [offset + limit, Math.max(0, offset - limit)]
  return {
    limit,
    current_offset: offset,
    ...(hasMore ? { next_offset: next, next_url: urlAt(next) } : {}),
    ...(offset > 0 ? { prev_offset: previous, prev_url: urlAt(previous) } : {}),
  }
}
