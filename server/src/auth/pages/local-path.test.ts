/** No sign-in leads anywhere but to an address of ours. */
import { expect, test } from 'vitest'
import { localPath } from './local-path.ts'

test.each([
  ['/', '/'],
  ['/modules/acme/vpc/aws', '/modules/acme/vpc/aws'],
  ['/oauth/authorize?client_id=x&redirect_uri=http%3A%2F%2Flocalhost%3A10009%2Flogin', undefined],
  ['/a#b', '/a#b'],
  ['/a?next=//evil.example', '/a?next=//evil.example'],
])('%s is kept', (wanted, kept = wanted) => {
  expect(localPath(wanted)).toBe(kept)
})

test.each([
  undefined,
  ['/a', '/b'],
  '',
  'evil',
  'https://evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%2f%2fevil.example',
  '/%2F/evil.example',
  '/%5cevil.example',
  '/./\\evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e%2e//evil.example',
  '/a/../%2fevil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/a\r\nset-cookie: x=y',
  '/a b',
  ' /a',
  '/\u00e9',
  `/${'a'.repeat(3_000)}`,
])('%j leads to the start', (wanted) => {
  expect(localPath(wanted)).toBe('/')
})
