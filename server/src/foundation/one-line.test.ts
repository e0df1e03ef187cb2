import { expect, test } from 'vitest'
import { evenlySpaced, inOneLine, withoutControls } from './one-line.ts'

test.each([
  ['odd\ta path\tGrüße, 日本語', 'odd\ta path\tGrüße, 日本語'],
  ['odd\tmodules/\u001b[31m\tred', 'odd\tmodules/\\u001b[31m\tred'],
  ['title \u009d0;x', 'title \\u009d0;x'],
  ['two\nlines\u2028and \u202emore', 'two\\u000alines\\u2028and \\u202emore'],
])('%j neither steers a terminal nor breaks a line', (text, shown) => {
  expect(inOneLine(text)).toBe(shown)
})

test('a line of JSON stays the same document', () => {
  const hostile = { path: 'title \u009d0;x\u0007\u202e', lines: 'a\nb\tc' }

  expect(JSON.parse(inOneLine(JSON.stringify(hostile)))).toEqual(hostile)
})

test.each([
  ['two\nlines', 'two lines'],
  ['a bell \u0007\u0007and half of a pair \ud83d', 'a bell  and half of a pair  '],
  ['Grüße \u{1f44b}', 'Grüße \u{1f44b}'],
])('%j is kept without its controls', (text, kept) => {
  expect(withoutControls(text)).toBe(kept)
})

test('prose that was wrapped and indented is the same as prose on one line', () => {
  expect(evenlySpaced('  A network,\n    with its\tsubnets.\n')).toBe('A network, with its subnets.')
})
