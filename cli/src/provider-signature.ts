/** Whether a namespace would accept a signature, asked here so that nothing is sent in vain; the registry asks again. */
import type { Key, SignaturePacket } from 'openpgp'
import { exit, Failure } from './exit.ts'

type KnownKey = { keyId: string; armored: string }

const signAgain = 'Sign the finished file: gpg --detach-sign SHA256SUMS, or cadastre sign provider DIST --key FILE'

/** @throws Failure verification, when the signature is not one of these keys over exactly this content */
export async function verifySignature(
  content: Buffer,
  signature: Buffer,
  keys: KnownKey[],
  namespace: string,
): Promise<void> {
  const packet = await theOnePacket(signature)
  const issuer = packet.issuerKeyID.toHex().toUpperCase()
  // Loaded late: most commands do without it.
  const { createMessage, enums } = await import('openpgp')
  for (const known of keys) {
    const key = await readKnown(known)
    // null: whatever the date. An expired key is accepted, as terraform does.
    const signer = await key?.getSigningKey(packet.issuerKeyID, null).catch(() => undefined)
    if (!signer) continue
    const [data] = (await createMessage({ binary: new Uint8Array(content) })).packets
    const fits = await packet
      .verify(signer.keyPacket, enums.signature.binary, data!, packet.created ?? undefined, true)
      .then(
        () => true,
        () => false,
      )
    if (fits) return
    throw failure(
      'signature-wrong',
      `The signature is by ${issuer}, and does not fit SHA256SUMS: it was changed after signing.`,
      signAgain,
    )
  }
  throw unknownKey(issuer, keys, namespace)
}

const readKnown = async ({ armored }: KnownKey): Promise<Key | undefined> =>
  (await import('openpgp')).readKey({ armoredKey: armored }).catch(() => undefined)

async function theOnePacket(bytes: Buffer): Promise<SignaturePacket> {
  const pgp = await import('openpgp')
  const text = bytes.toString('latin1')
  // A byte order mark may stand before the armour.
  const armored = /^(?:\xef\xbb\xbf)?\s*(-----BEGIN .*)/s.exec(text)?.[1]
  const read = armored
    ? pgp.readSignature({ armoredSignature: armored })
    : pgp.readSignature({ binarySignature: new Uint8Array(bytes) })
  const { packets } = await read.catch(() => ({ packets: [] }))
  const [packet, ...others] = packets
  if (packet instanceof pgp.SignaturePacket && others.length === 0) {
    const unsupported = await faultOf(packet)
    if (unsupported) throw unsupportedSignature(unsupported)
    return packet
  }
  throw failure(
    'signature-unreadable',
    'This is not a detached OpenPGP signature: the .sig is empty, damaged, or something else.',
    signAgain,
  )
}

/** What the makers of signatures most often get wrong; the registry knows more. */
async function faultOf({ signatureType, hashAlgorithm }: SignaturePacket): Promise<string | undefined> {
  const { enums } = await import('openpgp')
  const { sha224, sha256, sha384, sha512 } = enums.hash
  if (signatureType === enums.signature.text) return 'it is over a text and not over bytes, as gpg --textmode makes it'
  if (signatureType !== enums.signature.binary) return 'it is not one over a file'
  return [sha224, sha256, sha384, sha512].some((good) => good === hashAlgorithm) ? undefined : 'its digest is not SHA-2'
}

const unsupportedSignature = (fault: string) =>
  failure('signature-unsupported', `Terraform would not accept the signature: ${fault}.`, signAgain)

const unknownKey = (issuer: string, keys: KnownKey[], namespace: string) =>
  failure(
    'signature-unknown-key',
    keys.length > 0
      ? `The signature is by ${issuer}; registered keys: ${keys.map(({ keyId }) => keyId).join(', ')}.`
      : `The signature is by ${issuer}, and ${namespace} has no signing keys yet.`,
    `Add the key that signed: cadastre key add ${namespace} FILE`,
  )

const failure = (code: string, sentence: string, hint: string) => new Failure(exit.verification, code, sentence, hint)
