/** Which versions may be published, and their order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from './refusal.ts'
import { compareVersions, parseVersion, precedenceKey } from './semver.ts'

test.each([
  ['1.2.3', { major: 1, minor: 2, patch: 3, prerelease: '', build: '', core: '1.2.3' }],
  ['0.0.0', { major: 0, minor: 0, patch: 0, prerelease: '', build: '', core: '0.0.0' }],
  ['1.0.0-rc.1', { prerelease: 'rc.1', build: '', core: '1.0.0-rc.1' }],
  ['1.0.0-0.x-y.--', { prerelease: '0.x-y.--', core: '1.0.0-0.x-y.--' }],
  ['1.0.0+001.a-b', { prerelease: '', build: '001.a-b', core: '1.0.0' }],
  ['1.0.0-a+b-c.1', { prerelease: 'a', build: 'b-c.1', core: '1.0.0-a' }],
  ['9007199254740991.0.0', { major: 9007199254740991 }],
])('%s is a version', (text, parts) => {
  const version = parseVersion(text)

  expect(version).toMatchObject({ text, ...parts })
})

test('one leading v is left out of the canonical text', () => {
  const version = parseVersion('v1.2.0-rc.1+7')

  expect(version.text).toBe('1.2.0-rc.1+7')
})

test.each([
  ['', 'it is empty'],
  ['v', 'it is empty'],
  ['1.2', 'has 2'],
  ['1.2.3.4', 'has 4'],
  ['latest', 'has 1'],
  ['1..3', 'a number is missing'],
  ['1.2.', 'a number is missing'],
  ['1.2.x', '"x" is not a number'],
  ['vv1.2.3', '"v1" is not a number'],
  ['V1.2.3', '"V1" is not a number'],
  [' 1.2.3', '" 1" is not a number'],
  ['1.2.3\n', '"3\\n" is not a number'],
  ['1.٢.3', 'is not a number'],
  ['01.2.3', '01 starts with a zero'],
  ['1.2.3-01', '01 starts with a zero'],
  ['9007199254740992.0.0', 'is larger than'],
  ['1.0.0-9007199254740992', 'is larger than'],
  ['1.2.3-', 'prerelease has an empty part'],
  ['1.2.3-a..b', 'prerelease has an empty part'],
  ['1.2.3-a_b', 'prerelease "a_b" has other characters'],
  ['1.2.3-é', 'has other characters'],
  ['1.2.3+', 'build metadata has an empty part'],
  ['1.2.3+a+b', 'build metadata "a+b" has other characters'],
  ['1.2.3-a\n', 'has other characters'],
  [`1.2.3-${'a'.repeat(123)}`, 'longer than 128'],
])('%j is refused', (text, reason) => {
  const parse = () => parseVersion(text)

  expect(parse).toThrow(Refusal)
  expect(parse).toThrow(reason)
})

// The example of semver.org §11, with its neighbours.
const ascending = [
  '0.9.9',
  '1.0.0-0',
  '1.0.0-2',
  '1.0.0-10',
  '1.0.0-10.0',
  '1.0.0--',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-alpha-1',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1-a',
  '1.0.1',
  '1.0.9',
  '1.0.10',
  '1.2.0',
  '1.10.0',
  '2.0.0',
  '10.0.0',
]

test('versions and their keys stand in the order of SemVer', () => {
  const versions = ascending.toReversed().map(parseVersion)

  const byPrecedence = versions.toSorted(compareVersions).map(({ text }) => text)
  const byKey = versions.toSorted((a, b) => byteOrder(precedenceKey(a), precedenceKey(b))).map(({ text }) => text)

  expect(byPrecedence).toEqual(ascending)
  expect(byKey).toEqual(ascending)
})

test('the byte order of keys is the order of versions, whatever the versions', () => {
  fc.assert(
    fc.property(anyVersion, anyVersion, (a, b) => {
      const [left, right] = [parseVersion(a), parseVersion(b)]

      const order = Math.sign(byteOrder(precedenceKey(left), precedenceKey(right)))

      expect(order).toBe(Math.sign(compareVersions(left, right)))
    }),
    { numRuns: 5000 },
  )
})

test('a parsed version reads back as the same version', () => {
  fc.assert(
    fc.property(anyVersion, (text) => {
      const version = parseVersion(text)

      expect(version.text).toBe(text)
      expect(`${version.core}${version.build && `+${version.build}`}`).toBe(text)
      expect(compareVersions(version, parseVersion(version.core))).toBe(0)
    }),
  )
})

test('any other text is refused, never a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
      expect(() => parseVersion(`${text}.`)).toThrow(Refusal)
    }),
  )
})

const byteOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

// Few distinct values, so that two versions often share what comes first.
const anyNumber = fc
  .oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(99, 100, Number.MAX_SAFE_INTEGER))
  .map(String)
const anyWord = fc
  .oneof(fc.stringMatching(/^[a-b0-1-]{1,4}$/), fc.constantFrom('alpha', 'alpha-1', 'rc', 'Z', 'z', '-', '0a'))
  .filter((word) => !/^[0-9]+$/.test(word))
const anyPrerelease = fc.oneof(
  fc.constant(''),
  fc.array(fc.oneof(anyNumber, anyWord), { minLength: 1, maxLength: 4 }).map((parts) => `-${parts.join('.')}`),
)
const anyBuild = fc.oneof(fc.constant(''), fc.constantFrom('+1', '+01.b', '+-'))
const anyVersion = fc
  .tuple(anyNumber, anyNumber, anyNumber, anyPrerelease, anyBuild)
  .map(([major, minor, patch, prerelease, build]) => `${major}.${minor}.${patch}${prerelease}${build}`)
  .filter((text) => text.length <= 128)
