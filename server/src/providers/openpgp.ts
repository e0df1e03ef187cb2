/**
 * OpenPGP as a registry needs it: reads signing keys, verifies detached signatures. What passes here has to pass in
 * terraform too, whose library reads less than ours, so both are narrow on purpose.
 */
import type { Key, SignaturePacket, Subkey } from 'openpgp'
import { ownParts, ownSignatures } from './openpgp-own-parts.ts'
import * as refuse from './openpgp-refusals.ts'
import { clockSkewMs, readSignaturePacket } from './signature-packet.ts'

export type ReadKey = {
  fingerprint: string
  keyId: string
  /** fingerprints of the key and those of its subkeys that may sign */
  signers: string[]
  /** `RSA 3072`, `Ed25519` */
  algorithm: string
  userId: string
  /** from when on nothing of it may sign */
  expiresAt: Date | null
  /** this key alone, as clients get it */
  armored: string
}

export type KnownKey = { id: string; fingerprint: string; keyId: string; armored: string; expiresAt: Date | null }

export type Verified = { key: KnownKey; expired: boolean }

const maxKeyKb = 64
/** Each is a computation; keys that people use have ten of them. */
const maxOwnSignatures = 64
/**
 * What gpg makes at most, and what Go reads of an exponent. Whoever sends a key decides on both, and beyond them a single
 * signature is minutes of computing, in which nobody is answered.
 */
const maxRsaBits = 8192
const maxExponentBytes = 3

const load = () => import('openpgp')

export async function readSigningKey(text: string): Promise<ReadKey> {
  const key = await theOneKey(text)
  const keyId = idOf(key)
  const { version } = key.keyPacket
  if (version !== 4) throw refuse.keyUnsupported(keyId, `of version ${version}`)
  const strength = strengthOf(key)
  if (strength === 'unsupported') throw refuse.keyUnsupported(keyId, algorithmOf(key))
  if (strength === 'weak') throw refuse.keyWeak(keyId, algorithmOf(key))
  if (strength === 'excessive') throw refuse.keyExcessive(keyId, maxRsaBits)
  // Anybody can put a wrong revocation into a copy of the key; the owner, who sends this one, would not.
  if (key.revocationSignatures.length > 0) throw refuse.keyRevoked(keyId)
  if (ownSignatures(key) > maxOwnSignatures) throw refuse.keyTooLarge(`${maxOwnSignatures} signatures of its own`)

  const own = await ownParts(await load(), key, (subkey) => strengthOf(subkey) === 'good')
  if (own.users.length === 0) throw refuse.keyUnreadable(`${keyId} has no user id that it has signed and not revoked`)
  const signers = await signersOf(own)
  if (signers.length === 0) throw refuse.keyCannotSign(keyId)
  const { user } = await own.getPrimaryUser()
  return {
    fingerprint: fingerprintOf(own),
    keyId,
    signers: [...new Set(signers.map(fingerprintOf))],
    algorithm: algorithmOf(own),
    userId: printable(user.userID?.userID ?? ''),
    expiresAt: await expiryOf(own, signers),
    armored: own.armor(),
  }
}

/** The detached signature over exactly these bytes, by one of the keys. An expired key is taken, as terraform does. */
export async function verifySignature(content: Buffer, signature: Buffer, keys: KnownKey[]): Promise<Verified> {
  const packet = await readSignaturePacket(await load(), signature)
  const issuer = packet.issuerKeyID.toHex().toUpperCase()
  for (const known of keys) {
    const key = await readKnown(known)
    const signer = await key?.getSigningKey(packet.issuerKeyID, null).catch(() => undefined)
    if (!key || !signer) continue
    if (!(await fits(packet, signer, content))) throw refuse.signatureWrong(issuer)
    const expiresAt = await expiryOf(key, [signer])
    return { key: known, expired: expiresAt !== null && expiresAt <= new Date() }
  }
  throw refuse.signatureUnknownKey(
    issuer,
    keys.map(({ keyId }) => keyId),
  )
}

/** A signature as clients need it: binary. One in armour is converted. */
export async function binarySignature(bytes: Buffer): Promise<Buffer> {
  const packet = await readSignaturePacket(await load(), bytes)
  const { PacketList } = await load()
  const alone = new PacketList<SignaturePacket>()
  alone.push(packet)
  return Buffer.from(alone.write())
}

/** The id of the key, or the subkey, that made a signature. */
export const issuerOf = async (signature: Buffer): Promise<string> =>
  (await readSignaturePacket(await load(), signature)).issuerKeyID.toHex().toUpperCase()

async function theOneKey(text: string): Promise<Key> {
  if (Buffer.byteLength(text) > maxKeyKb * 1024) throw refuse.keyTooLarge(`${maxKeyKb} KB`)
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(text)) throw refuse.keyPrivate()
  const blocks = text.match(/-----BEGIN PGP PUBLIC KEY BLOCK-----/g) ?? []
  if (blocks.length > 1) throw refuse.keySeveral(blocks.length)
  if (!blocks[0]) throw refuse.keyUnreadable('it has no line "-----BEGIN PGP PUBLIC KEY BLOCK-----"')
  const { readKeys } = await load()
  // Indented, as a key from a YAML file is.
  const block = text.slice(text.indexOf(blocks[0])).replace(/^[ \t]+/gm, '')
  const keys = await readKeys({ armoredKeys: block }).catch(() => {
    throw refuse.keyUnreadable('the block is damaged, or holds something else')
  })
  if (keys.some((key) => key.isPrivate())) throw refuse.keyPrivate()
  if (keys.length > 1) throw refuse.keySeveral(keys.length)
  return keys[0]!
}

const readKnown = async ({ armored }: KnownKey): Promise<Key | undefined> =>
  (await load()).readKey({ armoredKey: armored }).catch(() => undefined)

async function fits(packet: SignaturePacket, signer: Key | Subkey, content: Buffer): Promise<boolean> {
  const { createMessage, enums } = await load()
  const [data] = (await createMessage({ binary: new Uint8Array(content) })).packets
  const later = new Date(Date.now() + clockSkewMs)
  return packet.verify(signer.keyPacket, enums.signature.binary, data!, later, true).then(
    () => true,
    () => false,
  )
}

/** The key and its subkeys, those alone that may sign, expired or not. */
async function signersOf(key: Key): Promise<(Key | Subkey)[]> {
  const signers: (Key | Subkey)[] = []
  for (const part of key.getKeys()) {
    const signer = await key.getSigningKey(part.getKeyID(), null).catch(() => undefined)
    if (signer) signers.push(signer)
  }
  return signers
}

/** When the key expires, or before it the last of its signers. */
async function expiryOf(key: Key, signers: (Key | Subkey)[]): Promise<Date | null> {
  const ends = await Promise.all(
    signers.map((signer) => ('mainKey' in signer ? signer.getExpirationTime() : key.getExpirationTime())),
  )
  const end = Math.min(Number(await key.getExpirationTime()), Math.max(...ends.map(Number)))
  return Number.isFinite(end) ? new Date(end) : null
}

function strengthOf(key: Key | Subkey): 'good' | 'weak' | 'excessive' | 'unsupported' {
  const { algorithm, bits = 0, curve = '' } = key.getAlgorithmInfo()
  if (algorithm === 'dsa' || algorithm === 'elgamal') return 'weak'
  // Some programs make keys of 2048 bits whose first one is zero.
  if (/^rsa/.test(algorithm)) return bits < 2047 ? 'weak' : isModest(key, bits) ? 'good' : 'excessive'
  if (algorithm === 'eddsaLegacy') return curve === 'ed25519Legacy' ? 'good' : 'unsupported'
  return algorithm === 'ecdsa' && /^nistP/.test(curve) ? 'good' : 'unsupported'
}

function isModest({ keyPacket }: Key | Subkey, bits: number): boolean {
  const { e } = keyPacket.publicParams as { e: Uint8Array }
  return bits <= maxRsaBits && e.length <= maxExponentBytes
}

function algorithmOf(key: Key): string {
  const { algorithm, bits, curve } = key.getAlgorithmInfo()
  if (/^rsa/.test(algorithm)) return `RSA ${bits}`
  if (algorithm === 'eddsaLegacy') return 'Ed25519'
  if (algorithm === 'ecdsa') return `ECDSA ${String(curve).replace(/^nistP/, 'P-')}`
  if (algorithm === 'ed25519' || algorithm === 'ed448')
    return `${algorithm.replace('ed', 'Ed')} in the form of RFC 9580`
  return `${algorithm.toUpperCase()} ${bits ?? ''}`.trim()
}

const fingerprintOf = (key: Key | Subkey) => key.getFingerprint().toUpperCase()
const idOf = (key: Key) => fingerprintOf(key).slice(-16)

/** A user id is whatever its owner wrote; here it is one short line. */
const printable = (text: string) => text.replace(/\p{C}/gu, '').trim().slice(0, 200)
