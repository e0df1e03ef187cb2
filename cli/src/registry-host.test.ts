import { expect, test } from 'vitest'
import { registryHost } from './registry-host.ts'

test.each<[text: string, base: string, key: string, loopback: boolean]>([
  ['registry.example.com', 'https://registry.example.com', 'registry.example.com', false],
  ['Registry.Example.COM:443', 'https://registry.example.com', 'registry.example.com', false],
  ['registry.example.com:8443', 'https://registry.example.com:8443', 'registry.example.com:8443', false],
  ['bücher.example', 'https://xn--bcher-kva.example', 'xn--bcher-kva.example', false],
  ['https://registry.example.com/tools/', 'https://registry.example.com/tools', 'registry.example.com', false],
  ['http://localhost:8080', 'http://localhost:8080', 'localhost:8080', true],
  ['http://127.9.0.1:8080/', 'http://127.9.0.1:8080', '127.9.0.1:8080', true],
  ['http://[::1]:8080', 'http://[::1]:8080', '[::1]:8080', true],
  ['http://registry.example.com', 'http://registry.example.com', 'registry.example.com:80', false],
  ['http://127.evil.example', 'http://127.evil.example', '127.evil.example:80', false],
  ['http://localhost.evil.example:80', 'http://localhost.evil.example', 'localhost.evil.example:80', false],
])('%s is the registry %s', (text, base, key, loopback) => {
  expect(registryHost(text, '--host')).toMatchObject({ base, key, loopback, plainHttp: base.startsWith('http:') })
})

test.each([
  '',
  ' ',
  'a b',
  'registry.example.com/path',
  'ftp://registry.example.com',
  'https://user:secret@registry.example.com',
  'http://a?x=1',
  'http://',
  'a@b.example',
  'registry.example.com?x',
])('%j is refused', (text) => {
  expect(() => registryHost(text, '--host')).toThrow('(--host) does not name a registry')
})
