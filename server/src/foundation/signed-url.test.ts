/** Addresses that carry their own permission: what clients do to a query keeps them valid, and nothing else does. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { urlSigner } from './signed-url.ts'

const [minuteMs, start] = [60_000, Date.UTC(2030, 0, 1)]
const path = '/archives/modules/acme/vpc/aws/1.0.0+b1/0123.tar.gz'
const signerAt = (now: number, secret = 'secret') => urlSigner(Buffer.from(secret), () => now)
const signer = signerAt(start)
const signed = signer.sign(path)
const query = signed.slice(path.length + 1)

test('a signed path is the path with an expiry and a signature', () => {
  expect(signed).toMatch(
    /^\/archives\/modules\/acme\/vpc\/aws\/1\.0\.0\+b1\/0123\.tar\.gz\?expires=\d{10}&signature=[\w-]{43}$/,
  )
  expect(signer.verify(signed)).toBe('valid')
})

test.each([0, 1, 2 * minuteMs, 5 * minuteMs - 1])(
  'made %i ms into a bucket, it lives for at least 15 minutes',
  (ms) => {
    const made = start + ms
    const url = signerAt(made).sign(path)

    expect(signerAt(made + 15 * minuteMs).verify(url)).toBe('valid')
    expect(signerAt(made + 20 * minuteMs).verify(url)).toBe('expired')
  },
)

test('it expires to the millisecond, and stays expired', () => {
  expect(signerAt(start + 20 * minuteMs - 1).verify(signed)).toBe('valid')
  expect(signerAt(start + 20 * minuteMs).verify(signed)).toBe('expired')
  expect(signerAt(start + 1e12).verify(signed)).toBe('expired')
})

test('it is the same to the letter throughout a bucket, and another in the next', () => {
  const inBucket = [0, 1, 3 * minuteMs, 5 * minuteMs - 1].map((ms) => signerAt(start + ms).sign(path))

  expect(new Set(inBucket)).toEqual(new Set([signed]))
  expect(signerAt(start + 5 * minuteMs).sign(path)).not.toBe(signed)
  expect(signerAt(start + 5 * minuteMs).bucket()).toBe(signer.bucket() + 1)
})

test('processes with the same secret agree, others do not', () => {
  expect(signerAt(start).sign(path)).toBe(signed)
  expect(signerAt(start, 'another').sign(path)).not.toBe(signed)
  expect(signerAt(start, 'another').verify(signed)).toBe('wrong')
})

test.each([
  ['sorted by name', sorted(query)],
  ['in another order', query.split('&').reverse().join('&')],
  ['with empty parameters', `&${query}&&`],
  ['percent-encoded without need', query.replace('expires', '%65xpires')],
  ['with archive', `archive=tar.gz&${query}`],
  ['with checksum', `${query}&checksum=sha256:00`],
  ['with terraform-get', `${query}&terraform-get=1`],
  ['with all of them, twice', `archive=&archive=zip&${query}&checksum&checksum=md5:0&terraform-get=1&terraform-get=1`],
])('%s it is still valid', (_how, query) => {
  expect(signer.verify(`${path}?${query}`)).toBe('valid')
})

test('the parameters of a signed path may change their order and their spelling', () => {
  const url = signer.sign(`${path}?b=2&a=x+y&c=%C3%BC&flag`)
  const [, given = ''] = url.split('?')

  expect(signer.verify(`${path}?${sorted(given)}`)).toBe('valid')
  expect(signer.verify(url.replace('x+y', 'x%20y').replace('%C3%BC', 'ü').replace('flag', 'flag='))).toBe('valid')
  expect(signer.verify(url.replace('b=2', 'b=3'))).toBe('wrong')
  expect(signer.verify(url.replace('&flag', ''))).toBe('wrong')
})

test.each([
  ['another file', signed.replace('0123', '0124')],
  ['another version', signed.replace('1.0.0', '1.0.1')],
  ['a path that means the same', signed.replace('/acme', '/./acme')],
  ['an encoded path', signed.replace('/aws/', '%2Faws%2F')],
  ['another case', signed.replace('/acme', '/Acme')],
  ['a later expiry', signed.replace(/expires=\d+/, (all) => `${all}0`)],
  ['no expiry', signed.replace(/expires=\d+&/, '')],
  ['a second expiry behind', `${signed}&expires=9999999999`],
  ['a second expiry in front', signed.replace('?', '?expires=9999999999&')],
  ['an empty expiry more', signed.replace('?', '?expires=&')],
  ['an expiry in another case', `${signed}&Expires=9999999999`],
  ['one parameter more', `${signed}&x=1`],
  ['an empty parameter more', `${signed}&x`],
  ['a parameter behind a second "?"', `${signed}?x=1`],
  ['no signature', signed.replace(/&signature=.*/, '')],
  ['an empty signature', signed.replace(/signature=.*/, 'signature=')],
  ['a cut signature', signed.slice(0, -1)],
  ['a longer signature', `${signed}A`],
  ['another signature in front', signed.replace('?', `?signature=${'A'.repeat(43)}&`)],
  ['a signature of other letters', signed.replace(/signature=.*/, `signature=${'ü'.repeat(43)}`)],
  ['the signature of another path', `${path}?${signer.sign('/other').split('?')[1]}`],
  ['no query', path],
  ['nothing', ''],
])('with %s it is wrong', (_how, url) => {
  expect(signer.verify(url)).toBe('wrong')
})

test('any one character changed makes it wrong', () => {
  const wrong = [...signed].map((character, index) => {
    const other = character === 'x' ? 'y' : 'x'
    return signer.verify(signed.slice(0, index) + other + signed.slice(index + 1))
  })

  expect(new Set(wrong)).toEqual(new Set(['wrong']))
})

test('nothing made up is valid, and nothing throws', () => {
  const name = fc.oneof(fc.constantFrom('expires', 'signature', 'archive', '__proto__', ''), fc.string())
  const pairs = fc.array(fc.tuple(name, fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '9999999999'))))
  const url = fc.oneof(
    fc.string({ unit: 'binary' }),
    pairs.map((pairs) => `${path}?${pairs.map((pair) => pair.join('=')).join('&')}`),
    pairs.map((pairs) => `${path}?${new URLSearchParams(pairs)}`),
  )
  fc.assert(
    fc.property(url, (url) => {
      expect(signer.verify(url)).toBe('wrong')
    }),
    { numRuns: 2000 },
  )
})

test('whatever is signed is valid, in any order, and not with one parameter more', () => {
  const names = fc
    .string({ unit: 'grapheme' })
    .filter((name) => !['archive', 'checksum', 'terraform-get', 'signature', 'expires'].includes(name))
  const parameters = fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' })), { maxLength: 5 })
  fc.assert(
    fc.property(parameters, names, (parameters, more) => {
      const url = signer.sign(parameters.length > 0 ? `${path}?${new URLSearchParams(parameters)}` : path)
      const [, given = ''] = url.split('?')

      expect(signer.verify(url)).toBe('valid')
      expect(signer.verify(`${path}?${sorted(given)}`)).toBe('valid')
      expect(signer.verify(`${url}&${new URLSearchParams([[more, '1']])}`)).toBe('wrong')
    }),
  )
})

/** As Go writes a query again: sorted by name, repeated names in the order they had. */
function sorted(query: string): string {
  const parameters = new URLSearchParams(query)
  parameters.sort()
  return parameters.toString()
}
