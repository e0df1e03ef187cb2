/** What PostgreSQL refused, read from its codes; drivers bring classes of their own. */

const codeOf = (error: unknown) => (error as { code?: string } | null)?.code

/** @param constraint when given, only that one */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return codeOf(error) === '23505' && (!constraint || (error as { constraint?: string }).constraint === constraint)
}
