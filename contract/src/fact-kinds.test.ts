/** The sentences of the audit trail. That every kind has one is held by its type, which the server writes by. */
import { expect, test } from 'vitest'
import { factSubjects, factWords, restOf, verbOf } from './fact-kinds.ts'

test('every kind is found under what it is about', () => {
  for (const kind of Object.keys(factWords)) expect(factSubjects).toHaveProperty([`${kind.split('.')[0]}.`])
  for (const subject of Object.keys(factSubjects))
    expect(Object.keys(factWords).some((kind) => kind.startsWith(subject))).toBe(true)
})

test.each([
  ['session.created', 'done', {}, 'signed in as', ''],
  [
    'module.published',
    'refused',
    { code: 'x', detail: 'Version 1.0.0 is there.' },
    'tried to publish the module',
    'Version 1.0.0 is there.',
  ],
  ['sign_in.refused', 'refused', { why: 'password', count: 2 }, 'tried to sign in as', 'password'],
  [
    'member.changed',
    'done',
    { place: 'platform', before: [], after: ['admin'] },
    'changed the roles of',
    'everywhere: none → admin',
  ],
  ['namespace.changed', 'done', { from: 'private', to: 'public' }, 'changed the namespace', 'private → public'],
  ['of.tomorrow', 'done', {}, 'of.tomorrow', ''],
  ['constructor', 'done', {}, 'constructor', ''],
] as const)('%s, %s, is a sentence', (kind, outcome, details, verb, rest) => {
  expect([verbOf({ kind, outcome, details }), restOf({ kind, outcome, details })]).toEqual([verb, rest])
})
