import { expect, test } from 'vitest'
import { expiry, spanSeconds } from './expiry.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['12h', '2026-01-01T12:00:00.000Z'],
  ['90d', '2026-04-01T00:00:00.000Z'],
  ['8w', '2026-02-26T00:00:00.000Z'],
  ['2030-01-31', '2030-01-31T00:00:00.000Z'],
  ['2030-01-31T12:00Z', '2030-01-31T12:00:00.000Z'],
  ['2030-01-31T12:00:00+02:00', '2030-01-31T10:00:00.000Z'],
])('%s is %s', (text, time) => {
  expect(expiry(text, now)).toBe(time)
})

test.each([
  '',
  'soon',
  '90',
  'd',
  '-1d',
  '90m',
  '2030-13-01',
  '2030-02-31T99:00:00Z',
  'January 2030',
  '0d',
  '2025-12-31',
])('%j is refused', (text) => {
  expect(() => expiry(text, now)).toThrow()
})

test.each([
  ['0h', 0],
  ['12h', 43_200],
  ['7d', 604_800],
  ['2w', 1_209_600],
])('a span of %s is %i seconds', (text, seconds) => {
  expect(spanSeconds(text)).toBe(seconds)
})

test.each(['', '12', '12m', '-1h', '2030-01-31'])('%j is no span', (text) => {
  expect(() => spanSeconds(text)).toThrow('Write a span')
})
