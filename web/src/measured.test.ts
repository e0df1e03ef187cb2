import { expect, test } from 'vitest'
import { saysTooLittle } from './measured.ts'

test.each([
  ['1.2.0', '1.2.1', 'patch', false],
  ['1.2.0', '1.2.1', 'minor', true],
  ['1.2.0', '1.3.0', 'major', true],
  ['1.2.0', '2.0.0', 'major', false],
  ['0.4.0', '0.4.1', 'minor', false],
  ['0.4.0', '0.4.1', 'major', true],
  ['0.4.0', '0.5.0', 'major', false],
] as const)('from %s to %s a %s step is too much: %s', (measuredFrom, version, measuredStep, expected) => {
  expect(saysTooLittle({ version, measuredFrom, measuredStep })).toBe(expected)
})

test('what was not measured says enough', () => {
  expect(saysTooLittle({ version: '1.0.0', measuredFrom: null, measuredStep: null })).toBe(false)
})
