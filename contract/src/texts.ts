/**
 * Texts that people write and others read: PostgreSQL keeps no zero character and no half of a pair, and
 * terminals obey control characters.
 */
import * as z from 'zod'

/** One line, such as a name. */
export const Line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line without control characters')

export const maxDescriptionLength = 2000

export const Description = z
  .string()
  .max(maxDescriptionLength, `must be of ${maxDescriptionLength} characters at most`)
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'must be without control characters')
