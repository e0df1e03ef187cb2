/**
 * The text of an API key: prefix, 43 random letters and digits (256 bits), and a checksum of six.
 * The checksum (CRC-32 of the 43 in base 62, as GitHub's tokens have it) lets a mistyped or made-up key be refused
 * without asking anyone, and secret scanners be sure. For them, with the default prefix: `\btfr_[0-9A-Za-z]{49}\b`
 */
import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const randomLength = 43
const checksumLength = 6
/** How much of a key lists and logs may show. */
const shownLength = 4

/** @param prefix `auth.api_keys.prefix`, by default `tfr_` */
export function newToken(prefix: string): string {
  const random = randomText(randomLength)
  return prefix + random + checksum(random)
}

/** True when the text can be a key at all; says nothing about whether it is one. */
export function isTokenShaped(text: string): boolean {
  const body = text.slice(-(randomLength + checksumLength))
  return /^[0-9A-Za-z]{49}$/.test(body) && checksum(body.slice(0, randomLength)) === body.slice(randomLength)
}

/** What is kept of a key. A slow hash would defend a guessable secret; this one is random. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export const shownPrefix = (token: string, prefix: string) => token.slice(0, prefix.length + shownLength)

const checksum = (text: string) => inAlphabet(crc32(text)).padStart(checksumLength, '0')

function inAlphabet(value: number): string {
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor(rest / alphabet.length))
    text = alphabet[rest % alphabet.length] + text
  return text
}

// Bytes of 248 and more are thrown away: 248 is a multiple of 62, so every character is equally likely.
function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += alphabet[byte % 62]
  }
  return text
}
