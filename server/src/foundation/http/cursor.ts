/** Keyset cursors: the sort key of the last item of a page, opaque to the client. */
import { Refusal } from '../refusal.ts'

export const cursorOf = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

export function readCursor(cursor: string | undefined): string[] {
  if (cursor === undefined) return []
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(keys) && keys.every((key) => typeof key === 'string' && !key.includes('\0'))) return keys
  } catch {}
  throw new Refusal(
    'malformed',
    'cursor-invalid',
    'The cursor is not one that this registry gave out.',
    'Start again without a cursor.',
  )
}
