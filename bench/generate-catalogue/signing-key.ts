/** Public keys that are none: as long as one of RSA with 4,096 bits and in its form, the same for the same namespace. */
import { createHmac } from 'node:crypto'

const modulusBytes = 512
const exponent = Buffer.from('0011010001', 'hex')

/** https://www.rfc-editor.org/rfc/rfc4880#section-5.5.2 */
export function armoredKey(namespace: string): string {
  const modulus = noise(namespace)
  modulus[0]! |= 0x80
  const created = Buffer.from([0x60, 0, 0, 0])
  const bits = Buffer.from([(8 * modulusBytes) >> 8, (8 * modulusBytes) & 0xff])
  const body = Buffer.concat([Buffer.from([4]), created, Buffer.from([1]), bits, modulus, exponent])
  const packet = Buffer.concat([Buffer.from([0x99, body.length >> 8, body.length & 0xff]), body])
  const lines = packet.toString('base64').match(/.{1,64}/g)!
  return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${lines.join('\n')}\n-----END PGP PUBLIC KEY BLOCK-----\n`
}

const noise = (text: string) =>
  Buffer.concat(
    Array.from({ length: modulusBytes / 64 }, (_, index) =>
      createHmac('sha512', 'bench').update(`${text}${index}`).digest(),
    ),
  )
