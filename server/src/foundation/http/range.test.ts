/** Byte ranges: which part of a thing is asked for. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRange } from './range.ts'

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=0-', { start: 0, end: 99 }],
  ['bytes=99-', { start: 99, end: 99 }],
  ['bytes=90-200', { start: 90, end: 99 }],
  ['bytes=-1', { start: 99, end: 99 }],
  ['bytes=-100', { start: 0, end: 99 }],
  ['bytes=-500', { start: 0, end: 99 }],
  ['Bytes=5-6', { start: 5, end: 6 }],
  [`bytes=5-${'9'.repeat(400)}`, { start: 5, end: 99 }],
  [`bytes=-${'9'.repeat(400)}`, { start: 0, end: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=100-200', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  [`bytes=${'9'.repeat(30)}-`, 'unsatisfiable'],
  ['bytes=9-3', undefined],
  ['bytes=200-100', undefined],
  ['bytes=-', undefined],
  ['bytes=', undefined],
  ['bytes=0-1,5-6', undefined],
  ['bytes=a-b', undefined],
  ['bytes=0x1-2', undefined],
  ['bytes=--1', undefined],
  ['items=0-1', undefined],
  ['0-1', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s of 100 bytes is %j', (header, range) => {
  expect(readRange(header, undefined, '"etag"', 100)).toEqual(range)
})

test.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('of nothing, %s cannot be had', (header) => {
  expect(readRange(header, undefined, '"etag"', 0)).toBe('unsatisfiable')
})

test.each([
  ['"etag"', { start: 0, end: 9 }],
  ['"other"', undefined],
  ['W/"etag"', undefined],
  ['Tue, 01 Jan 2030 00:00:00 GMT', undefined],
  ['', undefined],
])('with If-Range %s it is %j', (ifRange, range) => {
  expect(readRange('bytes=0-9', ifRange, '"etag"', 100)).toEqual(range)
})

test('a range is never outside of the thing', () => {
  const number = fc.oneof(fc.nat(300), fc.constant(''), fc.bigInt({ min: 0n }))
  fc.assert(
    fc.property(number, number, fc.nat(200), (first, last, sizeBytes) => {
      const range = readRange(`bytes=${first}-${last}`, undefined, '"etag"', sizeBytes)

      if (typeof range === 'object') {
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThan(sizeBytes)
      }
    }),
    { numRuns: 1000 },
  )
})
