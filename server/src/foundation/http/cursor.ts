/** Pages of a list, and their cursors: the sort key of the last row of a page, opaque to the client. */
import * as z from 'zod'
import { Refusal } from '../refusal.ts'

export const cursorOf = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

// PostgreSQL keeps no text with a zero in it.
const keyText = z.string().refine((text) => !text.includes('\0'))

/**
 * A page of a list, made of one row more than fits on it.
 * @param keysOf what the list is sorted by
 */
export function pageOf<Row, Item>(
  found: Row[],
  limit: number,
  asItem: (row: Row) => Item,
  keysOf: (row: Row) => string[],
): { items: Item[]; next: string | null } {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  return { items: rows.map((row) => asItem(row)), next: last && found.length > limit ? cursorOf(keysOf(last)) : null }
}

/** @param key what each of its keys has to be */
export function readCursor(cursor: string | undefined, key: z.ZodType<string> = keyText): string[] {
  if (cursor === undefined) return []
  try {
    const keys = z.array(key).safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (keys.success) return keys.data
  } catch {}
  throw cursorInvalid()
}

/** Of a list that is sorted by numbers, greatest first, and then by names. @throws Refusal for what is of another list */
export function readRankedCursor(cursor: string | undefined, names: number): string[] {
  const keys = readCursor(cursor)
  const [rank = '0'] = keys
  if (keys.length === 0 || (keys.length === 1 + names && /^\d{1,18}$/.test(rank))) return keys
  throw cursorInvalid()
}

const cursorInvalid = () =>
  new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor is not one that this registry gave out.',
    'Start again without a cursor.',
  )
