import { expect, test } from 'vitest'
import { refusedBy } from './exit.ts'

test.each([
  ['body/email Invalid email address', 'email: Invalid email address'],
  ['body/groupMappings/0/role must be a role', 'groupMappings/0/role: must be a role'],
  ['There is no organization body/x of that name.', 'There is no organization body/x of that name.'],
])('%j is said as %j', (detail, said) => {
  expect(refusedBy(400, { code: 'request-malformed', detail } as Parameters<typeof refusedBy>[1]).message).toBe(said)
})
