/** Request ids: those of the proxy in front when they can be trusted to be harmless, else our own. */
import { expect, test } from 'vitest'
import { requestIds } from './request-id.ts'

const idFor = (given?: string | string[], ids = requestIds()) => ids({ headers: { 'x-request-id': given } })

test.each(['12345678', 'a.b_c-D9', 'x'.repeat(64), '0f8fad5b-d9cb-469f-a165-70867728950e'])('%s is taken', (given) => {
  expect(idFor(given)).toBe(given)
})

test.each([
  undefined,
  '',
  'short',
  'x'.repeat(65),
  'with a space',
  'line\nbreak1',
  'line-break\n',
  '"quoted12"',
  '<script>alert()</script>',
  'größe-größe',
  'one-of-two, two-of-two',
  ['12345678', '12345678'],
])('%j is not', (given) => {
  expect(idFor(given)).toMatch(/^[0-9a-z]+-1$/)
})

test('our own are acceptable, unique in a process and between processes', () => {
  const [one, two] = [requestIds(), requestIds()]
  const ids = [one, two].flatMap((next) => Array.from({ length: 1000 }, () => idFor(undefined, next)))

  expect(new Set(ids).size).toBe(2000)
  for (const id of ids) expect(idFor(id)).toBe(id)
})
