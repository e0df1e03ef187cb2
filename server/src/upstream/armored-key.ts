/** The id of an armoured public key (https://www.rfc-editor.org/rfc/rfc4880#section-12.2), without the weight of a library. Pure. */
import { createHash } from 'node:crypto'

const armor =
  /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[^\n]+\n)*?\s*\n(?<body>[\s\S]*?)-----END PGP PUBLIC KEY BLOCK-----/
const publicKeyTag = 6

/** @returns 16 upper-case hex digits, or undefined for what is no key of version 4 */
export function keyIdOf(armored: string): string | undefined {
  const body = armor.exec(armored)?.groups?.body
  if (body === undefined) return undefined
  // The last line, which begins with `=`, is a checksum.
  const bytes = Buffer.from(body.replace(/^=.*$/m, ''), 'base64')
  const key = firstPacket(bytes)
  if (key === undefined || key[0] !== 4) return undefined
  const head = Buffer.from([0x99, key.length >> 8, key.length & 0xff])
  const fingerprint = createHash('sha1').update(head).update(key).digest('hex')
  return fingerprint.slice(-16).toUpperCase()
}

function firstPacket(bytes: Buffer): Buffer | undefined {
  const tag = bytes[0] ?? 0
  const isNew = (tag & 0x40) !== 0
  if ((tag & 0x80) === 0 || (isNew ? tag & 0x3f : (tag >> 2) & 0x0f) !== publicKeyTag) return undefined
  const [length, start] = isNew ? newLength(bytes) : oldLength(bytes, tag & 0x03)
  return bytes.length >= start + length ? bytes.subarray(start, start + length) : undefined
}

function newLength(bytes: Buffer): [number, number] {
  const first = bytes[1] ?? 0
  if (first < 192) return [first, 2]
  return [((first - 192) << 8) + (bytes[2] ?? 0) + 192, 3]
}

function oldLength(bytes: Buffer, kind: number): [number, number] {
  if (kind === 0) return [bytes[1] ?? 0, 2]
  return [((bytes[1] ?? 0) << 8) + (bytes[2] ?? 0), 3]
}
