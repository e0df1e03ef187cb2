/** Texts that people write and others read: PostgreSQL keeps no zero character, and terminals obey control characters. */
import { z } from 'zod'

/** One line, such as a name. */
export const Line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'must be one line without control characters')

export const maxDescriptionLength = 2000

export const Description = z
  .string()
  .max(maxDescriptionLength, `must be of ${maxDescriptionLength} characters at most`)
  .regex(/^[\P{Cc}\t\n\r]*$/u, 'must be without control characters')
