/** The private key that signs on this machine. It is read, used and forgotten; nothing here sends anything. */
import { readFileSync } from 'node:fs'
import type { Key, PrivateKey, Subkey } from 'openpgp'
import type { Call } from '../call.ts'
import { exit, Failure, unreadable, usage } from '../exit.ts'
import { askSecret } from '../secret-input.ts'

export type SigningKey = {
  fingerprint: string
  keyId: string
  /** what the registry has to know */
  publicKey: string
  /** ids by which signatures of this key name it */
  ids: string[]
  sign(content: Buffer): Promise<Buffer>
}

const keyVariable = 'TFR_CLI_SIGNING_KEY'
const passphraseVariable = 'TFR_CLI_SIGNING_PASSPHRASE'

const load = () => import('openpgp')

/** @param file armoured or binary; without one the environment is asked for an armoured key */
export async function readSigningKey(call: Call, file: string | undefined): Promise<SigningKey> {
  const locked = await privateKey(file ? contentOf(file) : fromEnvironment(), file ?? keyVariable)
  const signer = await signerOf(locked)
  const key = signer.keyPacket.isDecrypted() ? locked : await unlocked(call, locked)
  const { createMessage, sign } = await load()
  const fingerprint = key.getFingerprint().toUpperCase()
  return {
    fingerprint,
    keyId: fingerprint.slice(-16),
    publicKey: key.toPublic().armor(),
    ids: key.getKeyIDs().map((id) => id.toHex().toUpperCase()),
    async sign(content) {
      const message = await createMessage({ binary: new Uint8Array(content) })
      const signingKeyIDs = signer.getKeyID()
      return Buffer.from(await sign({ message, signingKeys: key, signingKeyIDs, detached: true, format: 'binary' }))
    },
  }
}

/** The id of the key that made a signature, armoured or not; `undefined` when it is none. */
export async function signerOfSignature(signature: Buffer): Promise<string | undefined> {
  const { readSignature } = await load()
  const isArmored = signature.subarray(0, 5).toString() === '-----'
  const read = isArmored
    ? readSignature({ armoredSignature: signature.toString() })
    : readSignature({ binarySignature: new Uint8Array(signature) })
  const made = await read.catch(() => undefined)
  return made?.getSigningKeyIDs()[0]?.toHex().toUpperCase()
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw usage(unreadable(file, error))
  }
}

function fromEnvironment(): Buffer {
  const armored = process.env[keyVariable]
  if (armored) return Buffer.from(armored)
  throw usage('There is no key to sign with.', `Give --key FILE, or set ${keyVariable} to the armoured private key.`)
}

async function privateKey(content: Buffer, place: string): Promise<PrivateKey> {
  const { readKeys } = await load()
  const blocks = blocksIn(content.toString())
  const read = blocks[0] ? readKeys({ armoredKeys: blocks[0] }) : readKeys({ binaryKeys: new Uint8Array(content) })
  const keys = await read.catch(() => [])
  const [key] = keys
  if (!key) throw usage(`${place} does not hold an OpenPGP key.`, exportIt)
  const count = keys.length + Math.max(blocks.length - 1, 0)
  if (count > 1) throw usage(`${place} holds ${count} keys.`, `Give one of them. ${exportIt}`)
  if (!key.isPrivate()) throw usage(`${place} holds a public key, and signing takes the private one.`, exportIt)
  return key
}

/** Armoured keys, without the indentation of a YAML file; where there are private ones, those alone. */
function blocksIn(text: string): string[] {
  const blocks = text.replace(/^[ \t]+/gm, '').match(/^-----BEGIN PGP .*?^-----END PGP [^\n]*/gms) ?? []
  const ofPrivate = blocks.filter((block) => block.includes('PRIVATE KEY BLOCK'))
  return ofPrivate.length > 0 ? ofPrivate : blocks
}

/** The key itself or a subkey of it that may sign now and is here with its private half. */
async function signerOf(key: PrivateKey): Promise<Key | Subkey> {
  const keyId = key.getKeyID().toHex().toUpperCase()
  let reason: unknown
  for (const { keyPacket } of [...key.subkeys, key]) {
    const signer = await key.getSigningKey(keyPacket.getKeyID()).catch((error) => {
      reason = error
    })
    if (!signer || lacksPrivateHalf(signer)) continue
    if (isReadByTerraform(key) && isReadByTerraform(signer)) return signer
    throw refused(
      'key-unsupported',
      `Terraform cannot read keys of the kind of ${keyId}: RSA of 2048 bits or more, Ed25519 as gpg writes it, and ECDSA on the NIST curves work.`,
    )
  }
  const end = await key.getExpirationTime()
  if (end instanceof Date && end <= new Date()) {
    throw refused('key-expired', `Key ${keyId} expired on ${end.toISOString().slice(0, 10)}.`, 'Extend it first.')
  }
  throw refused(
    'key-cannot-sign',
    `Nothing in key ${keyId} may sign with the private half that is here${reason instanceof Error ? `: ${reason.message}` : ''}.`,
    exportIt,
  )
}

/** gpg leaves the primary key out of what --export-secret-subkeys writes, and a card keeps its own. */
function lacksPrivateHalf({ keyPacket }: Key | Subkey): boolean {
  return 'isDummy' in keyPacket && (keyPacket.isDummy() || keyPacket.isMissingSecretKeyMaterial())
}

/** The registry asks for the same: what its clients cannot read, it does not take. */
function isReadByTerraform(key: Key | Subkey): boolean {
  const { algorithm, bits = 0, curve = '' } = key.getAlgorithmInfo()
  if (key.keyPacket.version !== 4) return false
  if (/^rsa/.test(algorithm)) return bits >= 2047
  if (algorithm === 'eddsaLegacy') return curve === 'ed25519Legacy'
  return algorithm === 'ecdsa' && /^nistP/.test(curve)
}

async function unlocked(call: Call, key: PrivateKey): Promise<PrivateKey> {
  const { decryptKey } = await load()
  const question = `Key ${key.getKeyID().toHex().toUpperCase()} is protected by a passphrase.`
  const passphrase =
    process.env[passphraseVariable] ||
    (await askSecret(call, question, 'Passphrase', `Set ${passphraseVariable}; nobody can be asked here.`))
  return decryptKey({ privateKey: key, passphrase }).catch(() => {
    throw usage('The passphrase does not fit the key.', `It comes from ${passphraseVariable}, or is asked for.`)
  })
}

const exportIt = 'gpg --armor --export-secret-keys KEY prints one.'

const refused = (code: string, message: string, hint?: string) => new Failure(exit.content, code, message, hint)
