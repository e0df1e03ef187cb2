import { expect, test } from 'vitest'
import { jsonLine, plain } from './report.ts'

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

test('a line of JSON is the same document, and cannot steer a terminal, either', () => {
  const hostile = {
    name: 'title \u009d0;x\u0007 \u001b[31m',
    '\u202eyek': ['\u2066turned\u2028', 'Grüße, 日本語\u007f'],
  }

  const line = jsonLine(hostile)

  expect(JSON.parse(line)).toEqual(hostile)
  expect(line).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u)
  expect(line).toContain('Grüße, 日本語')
})
