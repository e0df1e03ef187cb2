/** The command that a refused person is told is one that works where they are. */
import { expect, test } from 'vitest'
import { howToSignIn } from './sign-in-hint.ts'

test.each([
  ['https://registry.example.com', 'Sign in: terraform login registry.example.com'],
  ['https://registry.example.com:8443', 'Sign in: terraform login registry.example.com:8443'],
  ['https://example.com/registry', 'Sign in: terraform login example.com'],
  ['http://localhost:8080', 'Sign in: cadastre login http://localhost:8080'],
  ['http://localhost:8080/registry', 'Sign in: cadastre login http://localhost:8080/registry'],
  ['HOST', 'Sign in: terraform login HOST'],
])('of %s', (baseUrl, said) => {
  expect(typeof howToSignIn === 'function' && howToSignIn(baseUrl)).toBe(said)
})
