import { expect, test } from 'vitest'
import { parseVersion } from '../../server/src/foundation/semver.ts'
import { publishedVersion } from './version-text.ts'

test.each(['1.2.3', 'v1.2.3', '0.0.0', '1.0.0-rc.1', '1.0.0-0a', '1.0.0--', '1.0.0+b.01', '1.0.0-a.b+c', '10.20.30'])(
  '%s is a version, here and for the registry',
  (text) => {
    expect(publishedVersion(text)).toBe(parseVersion(text).text)
  },
)

test.each([
  '',
  'v',
  'vv1.0.0',
  'V1.0.0',
  '1',
  '1.2',
  '1.2.3.4',
  '01.2.3',
  '1.2.3-',
  '1.2.3-01',
  '1.2.3-a..b',
  '1.2.3+',
  '1.2.3 ',
  ' 1.2.3',
  '1.2.3\n',
  '1.2.x',
  `1.0.0-${'a'.repeat(130)}`,
])('%j is none, here and for the registry', (text) => {
  expect(() => publishedVersion(text)).toThrow('not a SemVer 2 version')
  expect(() => parseVersion(text)).toThrow()
})
