/** Keyset cursors: the sort key of the last item of a page, opaque to the client. */
import * as z from 'zod'
import { Refusal } from '../refusal.ts'

export const cursorOf = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

// PostgreSQL keeps no text with a zero in it.
const keyText = z.string().refine((text) => !text.includes('\0'))

/** @param key what each of its keys has to be */
export function readCursor(cursor: string | undefined, key: z.ZodType<string> = keyText): string[] {
  if (cursor === undefined) return []
  try {
    const keys = z.array(key).safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (keys.success) return keys.data
  } catch {}
  throw new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor is not one that this registry gave out.',
    'Start again without a cursor.',
  )
}
