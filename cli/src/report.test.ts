import { expect, test } from 'vitest'
import { plain } from './report.ts'

test.each([
  ['as it is', 'as it is'],
  ['Grüße, 日本語', 'Grüße, 日本語'],
  ['a\tb\nc', 'a b c'],
  ['red \u001b[31mtext\u001b[0m', 'red  [31mtext [0m'],
  ['title \u009d0;x\u0007', 'title  0;x '],
  ['two\u2028lines\r\n', 'two lines '],
])('text of others, %j, cannot steer a terminal or break a line', (text, shown) => {
  expect(plain(text)).toBe(shown)
})
