/** Cursors come back as they were given out; anything else is refused. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { cursorOf, readCursor } from './cursor.ts'

test('no cursor is the beginning', () => {
  expect(readCursor(undefined)).toEqual([])
})

test('a cursor comes back as it was given out, and needs no escaping in an address', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  fc.assert(
    fc.property(fc.array(text), (keys) => {
      const cursor = cursorOf(keys)

      expect(readCursor(cursor)).toEqual(keys)
      expect(cursor).toMatch(/^[\w-]+$/)
    }),
  )
})

const encoded = (text: string) => Buffer.from(text).toString('base64url')

test.each([
  ['nothing', ''],
  ['no JSON', encoded('acme')],
  ['an object', encoded('{"0":"acme"}')],
  ['a text', encoded('"acme"')],
  ['a number within', encoded('["acme",1]')],
  ['null within', encoded('[null]')],
  ['a list within', encoded('[["acme"]]')],
  ['a NUL, which PostgreSQL cannot store', encoded('["a\\u0000"]')],
  ['other characters', '???'],
  ['half of a cursor', cursorOf(['acme', 'vpc']).slice(0, 8)],
  ['very deep lists', encoded('['.repeat(10_000))],
])('%s is refused', (_what, cursor) => {
  expect(() => readCursor(cursor)).toThrow(Refusal)
})

test('whatever comes is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.json().map(encoded)), (cursor) => {
      try {
        expect(readCursor(cursor).every((key) => typeof key === 'string')).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ reason: 'malformed', code: 'cursor-invalid' })
      }
    }),
    { numRuns: 1000 },
  )
})
