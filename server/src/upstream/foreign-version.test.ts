/** Versions of other registries: kept as they are, listed where clients can read them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foreignVersions } from './foreign-version.ts'

const shown = (kind: 'module' | 'provider', ...tags: string[]) =>
  foreignVersions(
    kind,
    tags.map((tag) => ({ tag })),
  ).versions.map(({ version, core, listed }) => `${version} ${core}${listed ? '' : ' hidden'}`)

test.each([
  ['1.2.3', '1.2.3 1.2.3'],
  ['v1.2.3', '1.2.3 1.2.3'],
  ['1.2.3+b1', '1.2.3+b1 1.2.3'],
  ['v2.6', '2.6 2.6.0'],
  ['v1', '1 1.0.0'],
  ['1.2-rc1', '1.2-rc1 1.2.0-rc1'],
  ['20102020093709', '20102020093709 20102020093709.0.0'],
  ['1.2.3.4', '1.2.3.4 1.2.3.4 hidden'],
  ['latest', 'latest latest hidden'],
  ['01.2.3', '01.2.3 01.2.3 hidden'],
])('the tag %s of a module is %s', (tag, wanted) => {
  expect(shown('module', tag)).toEqual([wanted])
})

test.each([
  ['1.2.3', '1.2.3 1.2.3'],
  ['0.1', '0.1 0.1 hidden'],
  ['v1.2.3', 'v1.2.3 v1.2.3 hidden'],
])('the version %s of a provider is %s: one bad one would poison the list', (tag, wanted) => {
  expect(shown('provider', tag)).toEqual([wanted])
})

test('of two that are one version to a client the one written in full is listed, else the first', () => {
  expect(shown('module', 'v1', '1.0.0', 'v1.0.0')).toEqual(['1 1.0.0#2 hidden', '1.0.0 1.0.0', '1.0.0 1.0.0#3 hidden'])
  expect(shown('provider', '1.0.0+b2', '1.0.0+b1')).toEqual(['1.0.0+b2 1.0.0', '1.0.0+b1 1.0.0#2 hidden'])
})

test('what must not be published is kept, and not listed', () => {
  const { versions, problems } = foreignVersions('provider', [{ tag: '6.1.0', forbidden: 'broken' }])

  expect(versions).toMatchObject([{ version: '6.1.0', listed: false }])
  expect(problems).toEqual(['"6.1.0" must not be published (broken): kept, not listed'])
})

test('whatever is given, nothing is lost and nothing is twice', () => {
  const tag = fc.oneof(fc.string(), fc.stringMatching(/^v?\d{1,2}(\.\d{1,2}){0,3}(-[a-z]\d)?(\+b)?$/))
  fc.assert(
    fc.property(fc.constantFrom('module' as const, 'provider' as const), fc.array(tag), (kind, tags) => {
      const { versions } = foreignVersions(
        kind,
        tags.map((one) => ({ tag: one })),
      )

      expect(versions.map((version) => version.tag)).toEqual(tags)
      expect(new Set(versions.map(({ core }) => core)).size).toBe(tags.length)
    }),
    { numRuns: 300 },
  )
})
