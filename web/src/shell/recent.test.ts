/** What counts as a visit. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let visitOf: typeof import('./recent.ts').visitOf
beforeAll(async () => {
  vi.stubGlobal('document', { getElementById: () => null })
  vi.stubGlobal('location', { host: 'registry.example.com' })
  ;({ visitOf } = await import('./recent.ts'))
})
afterAll(() => void vi.unstubAllGlobals())

const module = { namespace: 'acme', name: 'vpc', system: 'aws' }

test.each([
  ['module', '/modules/acme/vpc/aws/1.0.0', { ...module, version: '1.0.0' }, '/modules/acme/vpc/aws'],
  ['moduleInputs', '/modules/acme/vpc/aws/inputs', module, '/modules/acme/vpc/aws'],
  ['provider', '/providers/acme/cloud', { namespace: 'acme', type: 'cloud' }, '/providers/acme/cloud'],
  [
    'mirroredModule',
    '/mirror/registry.opentofu.org/acme/vpc/aws',
    { hostname: 'registry.opentofu.org', ...module },
    '/mirror/registry.opentofu.org/acme/vpc/aws',
  ],
] as const)('%s at %s is a visit', (name, pathname, params, to) => {
  expect(visitOf({ name: name as never, pathname, params })?.to).toBe(to)
})

test.each([
  ['namespace', '/namespaces/acme', { namespace: 'acme' }],
  ['search', '/search', {}],
  [undefined, '/modules/acme/vpc/aws/nowhere', module],
] as const)('%s at %s is none', (name, pathname, params) => {
  expect(visitOf({ name, pathname, params })).toBeUndefined()
})
