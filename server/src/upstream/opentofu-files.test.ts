/** Files of an OpenTofu registry, also those that nobody should have written. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBlacklist, readModuleFile, readProviderFile, Unreadable } from './opentofu-files.ts'
import { moduleFileOf, providerFileOf } from './opentofu-layout.ts'

const sha256 = 'a'.repeat(64)
const target = {
  os: 'linux',
  arch: 'amd64',
  filename: 'x.zip',
  download_url: 'https://x.example/x.zip',
  shasum: sha256,
}
const version = {
  version: '1.0.0',
  protocols: ['5.0'],
  shasums_url: 'https://x.example/sums',
  shasums_signature_url: 'https://x.example/sums.sig',
  targets: [{ ...target, h1: 'h1:x=', size: 12 }],
  discovered: '2026-06-28T20:03:36.357669257Z',
}

test('a provider file of today is read and written back to the byte', () => {
  const file = {
    repository: 'https://github.com/a/b',
    versions: [version, { ...version, version: '0.9.0' }],
    warnings: ['moved'],
  }
  const text = JSON.stringify(file, null, 2)

  const read = readProviderFile(text)

  expect(read.problems).toEqual([])
  expect(providerFileOf(read)).toBe(text)
})

test('a module file is read and written back to the byte', () => {
  const text = JSON.stringify({ versions: [{ version: 'v1.0.0' }, { version: '0.9' }] }, null, 2)

  expect(moduleFileOf(readModuleFile(text).versions.map(({ tag }) => tag))).toBe(text)
})

test.each([
  ['an unknown field', { versions: [], extra: 1 }, 'the field "extra" is not known, and not kept'],
  ['a version without one', { versions: [{}] }, '{} is no version: skipped'],
  [
    'a sum that is none',
    { versions: [{ ...version, targets: [{ ...target, shasum: 'x' }] }] },
    'is no platform: skipped',
  ],
  ['a platform twice', { versions: [{ ...version, targets: [target, target] }] }, 'linux_amd64 is there twice'],
  ['a zero in a text', { versions: [{ version: '1\0' }] }, 'is no version: skipped'],
  ['half a character', { versions: [{ version: '\ud800' }] }, 'is no version: skipped'],
])('%s is reported, and the rest is taken', (_what, file, problem) => {
  expect(readProviderFile(JSON.stringify(file)).problems.join()).toContain(problem)
})

test.each(['', '{', '[]', '{"versions":{}}', '{}'])('%j is not read at all', (text) => {
  expect(() => readProviderFile(text)).toThrow(Unreadable)
  expect(() => readModuleFile(text)).toThrow(Unreadable)
})

test('the list of what must not be published names modules and providers', () => {
  const text = JSON.stringify({
    providers: [{ namespace: 'HashiCorp', name: 'aws', version: '6.1.0', reason: 'broken' }],
    modules: [{ namespace: 'acme', name: 'vpc', target: 'aws', version: 'v1.0.0', reason: 'wrong' }],
  })

  expect([...readBlacklist(text)]).toEqual([
    ['provider hashicorp/aws 6.1.0', 'broken'],
    ['module acme/vpc/aws 1.0.0', 'wrong'],
  ])
})

test('any JSON is read, or is not, and nothing else happens', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.json().map((json) => `{"versions":[${json}]}`),
      ),
      (text) => {
        for (const read of [readProviderFile, readModuleFile, readBlacklist]) {
          try {
            read(text)
          } catch (error) {
            expect(error).toBeInstanceOf(Unreadable)
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a file that is nested deeply is read, or is not', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)

  expect(() => readModuleFile(`{"versions":${deep}}`)).not.toThrow(RangeError)
})
