/** The one packet of a detached signature, of a kind that clients accept. Whether it fits anything is asked elsewhere. */
import type { SignaturePacket } from 'openpgp'
import { signatureEmpty, signatureUnreadable, signatureUnsupported } from './openpgp-refusals.ts'
import { isWellFormed } from './signature-form.ts'

type Library = typeof import('openpgp')

const maxBytes = 16 * 1024

/** A signature may seem to come from the future by as much as clocks differ. */
export const clockSkewMs = 5 * 60 * 1000

/** @param bytes binary or in armour */
export async function readSignaturePacket(pgp: Library, bytes: Buffer): Promise<SignaturePacket> {
  const text = bytes.toString('latin1')
  if (text.trim() === '') throw signatureEmpty()
  if (bytes.length > maxBytes) throw signatureUnreadable('it is too long')
  if (/^-----BEGIN PGP SIGNED MESSAGE-----/m.test(text)) throw signatureUnreadable('it is a clear-signed text')
  // A byte order mark may stand before the armour.
  const armored = /^(?:\xef\xbb\xbf)?\s*(-----BEGIN .*)/s.exec(text)?.[1]
  const read = armored
    ? pgp.readSignature({ armoredSignature: armored })
    : pgp.readSignature({ binarySignature: new Uint8Array(bytes) })
  const { packets } = await read.catch(() => {
    throw signatureUnreadable('it is damaged, or something else')
  })
  if (packets.length > 1) throw signatureUnsupported(`the file holds ${packets.length} of them`)
  const [packet] = packets
  if (!(packet instanceof pgp.SignaturePacket) || packet.version !== 4)
    throw signatureUnsupported('it is not one of version 4')
  if (!isWellFormed(packet.write())) throw signatureUnreadable('it is damaged')
  const fault = faultOf(pgp, packet)
  if (fault) throw signatureUnsupported(fault)
  return packet
}

function faultOf({ enums }: Library, packet: SignaturePacket): string | undefined {
  const { signatureType, hashAlgorithm, unknownSubpackets, rawNotations, issuerKeyID } = packet
  if (signatureType === enums.signature.text)
    return 'it is over a text and not over bytes, as `gpg --textmode` makes it'
  if (signatureType !== enums.signature.binary) return 'it is not one over a file'
  const { sha224, sha256, sha384, sha512 } = enums.hash
  if (![sha224, sha256, sha384, sha512].some((good) => good === hashAlgorithm)) return 'its digest is not SHA-2'
  if ([...unknownSubpackets, ...rawNotations].some(({ critical }) => critical))
    return 'it demands that something unknown is understood'
  if (/^0*$/.test(issuerKeyID.toHex())) return 'it does not say which key made it'
  const created = packet.created!
  if (created.getTime() > Date.now() + clockSkewMs) return `it is of ${created.toISOString()}, which is yet to come`
  return packet.getExpirationTime() <= new Date() ? 'it has expired' : undefined
}
