/** Addresses are addresses however often they were asked about. */
import { expect, test } from 'vitest'
import { parseUrl } from './parse-url.ts'

test('letters beyond ASCII are letters for the ten thousandth time, too', () => {
  const hrefs = Array.from({ length: 10_000 }, () => parseUrl('https://bücher.example/größe')?.href)

  expect(new Set(hrefs)).toEqual(new Set(['https://xn--bcher-kva.example/gr%C3%B6%C3%9Fe']))
})

test.each([
  ['/a?b', 'https://git.example/x', 'https://git.example/a?b'],
  ['https://git.example', undefined, 'https://git.example/'],
  ['no address', undefined, undefined],
  ['//', 'https://git.example', undefined],
])('%s below %s is %s', (text, base, href) => {
  expect(parseUrl(text, base)?.href).toBe(href)
})
