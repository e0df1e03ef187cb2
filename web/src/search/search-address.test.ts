/** Narrowing a search changes its address and nothing else of it. */
import { searchQuery, typedFilters } from '@cadastre/contract/search-page'
import { expect, test } from 'vitest'
import { hasFilters, ofKind, withoutFilters, withParameter, wordsOf } from './search-address.ts'

const at = new URLSearchParams('q=vpc+aws&ns=acme&sort=updated')

test.each([
  ['ns', 'other', '/search?q=vpc+aws&ns=other&sort=updated'],
  ['kind', 'module', '/search?q=vpc+aws&ns=acme&sort=updated&kind=module'],
  ['ns', '', '/search?q=vpc+aws&sort=updated'],
])('%s becomes "%s", and the rest stays', (key, value, address) => {
  expect(withParameter(at, key, value)).toBe(address)
})

test('without its filters a search has its words and its order still', () => {
  expect(hasFilters(at)).toBe(true)
  expect(withoutFilters(at)).toBe('/search?q=vpc+aws&sort=updated')
  expect(hasFilters(new URLSearchParams('q=vpc'))).toBe(false)
  expect(withoutFilters(new URLSearchParams('ns=acme'))).toBe('/search')
})

test('filters are asked for as they would be typed, before the words', () => {
  expect(searchQuery(at)).toEqual({ q: 'ns:acme vpc aws', sort: 'updated', facets: true })
  expect(typedFilters(new URLSearchParams({ ns: 'a" b', kind: ' ' }))).toBe('ns:"a b"')
})

test('only plain words are set off in what is found', () => {
  expect(wordsOf('platform/vpc -old ns:acme "two words"')).toEqual(['platform', 'vpc', 'two', 'words'])
})

test('another kind is asked for in one place alone, wherever it was said before', () => {
  expect(ofKind(new URLSearchParams('q=kind%3Ainput+cidr&ns=acme&sort=updated'), 'output')).toBe(
    '/search?q=cidr&ns=acme&kind=output',
  )
  expect(ofKind(new URLSearchParams('q=cidr&kind=input'), undefined)).toBe('/search?q=cidr')
})
