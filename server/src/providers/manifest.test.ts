/** Which manifests are read, and what they say. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../foundation/refusal.ts'
import { readManifest } from './manifest.ts'

const manifestOf = (versions: unknown) =>
  Buffer.from(JSON.stringify({ version: 1, metadata: { protocol_versions: versions } }))

test.each([
  [['6.0'], ['6.0']],
  [['5.0'], ['5.0']],
  [['5'], ['5.0']],
  [
    ['6.0', '5.0'],
    ['5.0', '6.0'],
  ],
  [
    ['5.10', '5.9', '5.1'],
    ['5.1', '5.9', '5.10'],
  ],
  [['5', '5.0', '5.0'], ['5.0']],
  [
    ['6', '4', '5.2'],
    ['4.0', '5.2', '6.0'],
  ],
])('the protocols %j are read as %j', (written, read) => {
  expect(readManifest(manifestOf(written))).toEqual({ protocols: read })
})

test('fields that are not known are left alone', () => {
  const bytes = Buffer.from('{"version":1,"metadata":{"protocol_versions":["6.0"],"more":1},"more":{}}\n')

  expect(readManifest(bytes)).toEqual({ protocols: ['6.0'] })
})

test.each<[what: string, code: string, bytes: Buffer]>([
  ['nothing', 'manifest-invalid', Buffer.alloc(0)],
  ['a text', 'manifest-invalid', Buffer.from('protocol 6')],
  ['half of it', 'manifest-invalid', Buffer.from('{"version":1,')],
  ['bytes that are not UTF-8', 'manifest-invalid', Buffer.from('{"version":1,"x":"\xff"}', 'latin1')],
  [
    'a byte order mark',
    'manifest-invalid',
    Buffer.from('\ufeff{"version":1,"metadata":{"protocol_versions":["6.0"]}}'),
  ],
  ['null', 'manifest-invalid', Buffer.from('null')],
  ['a list', 'manifest-invalid', Buffer.from('[]')],
  ['no version', 'manifest-invalid', Buffer.from('{"metadata":{"protocol_versions":["6.0"]}}')],
  ['version 2', 'manifest-invalid', Buffer.from('{"version":2,"metadata":{"protocol_versions":["6.0"]}}')],
  [
    'the version as a text',
    'manifest-invalid',
    Buffer.from('{"version":"1","metadata":{"protocol_versions":["6.0"]}}'),
  ],
  ['no metadata', 'manifest-invalid', Buffer.from('{"version":1}')],
  ['metadata that is null', 'manifest-invalid', Buffer.from('{"version":1,"metadata":null}')],
  ['metadata that is a list', 'manifest-invalid', Buffer.from('{"version":1,"metadata":[]}')],
  ['no protocols', 'manifest-invalid', Buffer.from('{"version":1,"metadata":{}}')],
  ['an empty list', 'manifest-invalid', manifestOf([])],
  ['a text instead of a list', 'manifest-invalid', manifestOf('6.0')],
  ['a number', 'manifest-invalid', manifestOf([6])],
  ['null in the list', 'manifest-invalid', manifestOf(['6.0', null])],
  ['33 protocols', 'manifest-invalid', manifestOf(Array.from({ length: 33 }, (_, index) => `6.${index}`))],
  ['protocol 3', 'manifest-protocol', manifestOf(['3.0'])],
  ['protocol 7', 'manifest-protocol', manifestOf(['7.0'])],
  ['protocol 60', 'manifest-protocol', manifestOf(['60'])],
  ['three numbers', 'manifest-protocol', manifestOf(['6.0.0'])],
  ['a leading zero', 'manifest-protocol', manifestOf(['06.0'])],
  ['a leading zero behind the dot', 'manifest-protocol', manifestOf(['6.01'])],
  ['nothing behind the dot', 'manifest-protocol', manifestOf(['6.'])],
  ['a "v"', 'manifest-protocol', manifestOf(['v6.0'])],
  ['a line break behind', 'manifest-protocol', manifestOf(['6.0\n'])],
  ['an empty text', 'manifest-protocol', manifestOf([''])],
  ['more than 64 KB', 'manifest-too-large', Buffer.from(`${manifestOf(['6.0'])}${' '.repeat(64 * 1024)}`)],
])('%s is refused', (_what, code, bytes) => {
  expect(() => readManifest(bytes)).toThrow(expect.objectContaining({ code, hint: expect.stringMatching(/6\.0/) }))
})

test('any JSON is read or refused', () => {
  const protocol = fc.oneof(fc.constantFrom('4', '5.0', '6.0', '6.1'), fc.string(), fc.jsonValue())
  const shape = fc.record({
    version: fc.oneof(fc.constant(1), fc.jsonValue()),
    metadata: fc.oneof(fc.record({ protocol_versions: fc.array(protocol) }), fc.jsonValue()),
  })
  fc.assert(
    fc.property(fc.oneof(shape, fc.jsonValue()), (value) => {
      try {
        const { protocols } = readManifest(Buffer.from(JSON.stringify(value)))
        expect(protocols.length).toBeGreaterThan(0)
        for (const protocol of protocols) expect(protocol).toMatch(/^[456]\.(0|[1-9][0-9]*)$/)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        expect(error.code).toMatch(/^manifest-/)
      }
    }),
    { numRuns: 1000 },
  )
})
