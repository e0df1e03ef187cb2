/** A limit of a token is one, or it is refused. */
import { expect, test } from 'vitest'
import { namesIn, wrongNames } from './token-namespaces.ts'

test.each([' , ,', ' ', ',', '\t'])('%j is refused: it would limit nothing', (text) => {
  expect(wrongNames(text)).toMatch(/no name/)
})

test.each([
  ['', []],
  ['acme', ['acme']],
  [' acme,, other ', ['acme', 'other']],
])('%j is %j', (text, names) => {
  expect([wrongNames(text), namesIn(text)]).toEqual(['', names])
})
