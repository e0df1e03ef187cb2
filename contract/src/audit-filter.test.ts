/** Whatever a fact is about, the link to all about it is taken. */
import { expect, test } from 'vitest'
import { AuditFilter } from './audit.ts'
import { filterBeginning } from './audit-filter.ts'

test.each([
  ['acme/vpc/aws 1.2.0', 18],
  ['a'.repeat(500), 300],
  [`${'a'.repeat(299)}😀`, 299],
  ['acme\u0007vpc', 4],
])('%j', (subject, length) => {
  const beginning = filterBeginning(subject)

  expect(AuditFilter.safeParse({ subject: beginning }).success).toBe(true)
  expect(subject.startsWith(beginning)).toBe(true)
  expect(beginning).toHaveLength(length)
})
