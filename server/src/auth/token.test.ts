/** The text of an API key: what it looks like, how much chance is in it, and how typing mistakes are noticed. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashToken, isTokenShaped, newToken, shownPrefix } from './token.ts'

const tokens = Array.from({ length: 500 }, () => newToken('tfr_'))

test('a key is its prefix and 49 letters and digits, and has its shape', () => {
  for (const token of tokens) expect(token).toMatch(/^tfr_[0-9A-Za-z]{49}$/)
  expect(tokens.every(isTokenShaped)).toBe(true)
})

test('the checksum is the CRC-32 of the random part in base 62, as other scanners compute it', () => {
  const random = 'The0Quick1Brown2Fox3Jumps4Over5The6Lazy7Dog'
  // CRC-32 0x53c51728, worked out with another implementation.
  expect(isTokenShaped(`tfr_${random}1X71MO`)).toBe(true)
})

test('the pattern that the documentation gives to secret scanners finds every key', () => {
  const source = readFileSync(new URL('./token.ts', import.meta.url), 'utf8')
  const pattern = new RegExp(/`(\\btfr_.*?\\b)`/.exec(source)![1]!)

  for (const token of tokens) expect(pattern.exec(`key = "${token}"`)?.[0]).toBe(token)
})

test('no two keys are alike, and the random part holds 256 bits', () => {
  expect(new Set(tokens).size).toBe(tokens.length)
  expect(43 * Math.log2(62)).toBeGreaterThan(256)
})

test('every character is about equally likely', () => {
  const counts = new Map<string, number>()
  for (const token of tokens) for (const one of token.slice(4, 47)) counts.set(one, (counts.get(one) ?? 0) + 1)
  const expected = (tokens.length * 43) / 62

  expect(counts.size).toBe(62)
  // Six standard deviations either way: one false alarm in millions of runs.
  for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected))
})

test('one wrong character is noticed', () => {
  const character = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  fc.assert(
    fc.property(fc.constantFrom(...tokens), fc.integer({ min: 4, max: 52 }), character, (token, at, other) => {
      fc.pre(token[at] !== other)

      expect(isTokenShaped(token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
    }),
    { numRuns: 1000 },
  )
})

test('two neighbours exchanged are noticed', () => {
  for (const token of tokens) {
    const at = 4 + (token.charCodeAt(10) % 42)
    if (token[at] === token[at + 1]) continue

    expect(isTokenShaped(token.slice(0, at) + token[at + 1] + token[at] + token.slice(at + 2))).toBe(false)
  }
})

const [token] = tokens as [string]

test.each([
  ['nothing', ''],
  ['the prefix alone', 'tfr_'],
  ['a key that is cut', token.slice(0, -1)],
  ['a key without its first characters', token.slice(5)],
  ['a key and more', `${token}x`],
  ['a key and a line break', `${token}\n`],
  ['a key and a space', `${token} `],
  ['a made-up key', `tfr_${'a'.repeat(49)}`],
  ['another kind of token', `ghp_${'a'.repeat(36)}`],
  ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl'],
])('%s is not shaped like a key', (_what, text) => {
  expect(isTokenShaped(text)).toBe(false)
})

test('keys that were made with another prefix keep their shape', () => {
  expect(isTokenShaped(newToken('acme-'))).toBe(true)
  expect(isTokenShaped(newToken(''))).toBe(true)
})

test('what is kept is the SHA-256 of all of it, and what is shown its first four random characters', () => {
  expect(hashToken(token)).toEqual(createHash('sha256').update(token).digest())
  expect(shownPrefix(token, 'tfr_')).toBe(token.slice(0, 8))
})
