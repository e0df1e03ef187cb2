/** Every way a signing key or a signature can be refused, in the words its owner reads. Nothing here decides. */
import { Refusal } from '../foundation/refusal.ts'

const makeAnother = 'Make another one with `gpg --quick-generate-key "NAME <EMAIL>" rsa4096 sign never`.'
const exportIt = 'Send what `gpg --armor --export KEY` prints.'
const signAgain = 'Sign the finished file: `gpg --detach-sign SHA256SUMS`, or `cadastre sign provider DIST --key FILE`.'

export const keyTooLarge = (limit: string) =>
  new Refusal(
    'too-large',
    'key-too-large',
    `A signing key has at most ${limit}.`,
    'Leave out pictures and what others signed: `gpg --armor --export-options export-minimal --export KEY`.',
  )
export const keyUnreadable = (detail: string) =>
  new Refusal('invalid', 'key-unreadable', `This is not a public OpenPGP key: ${detail}.`, exportIt)
export const keyPrivate = () =>
  new Refusal(
    'invalid',
    'key-private',
    'This is a private key. It was not kept, but it has left your hands: whoever can read logs or histories on the way may have it.',
    `Consider it known to others, revoke it, and sign with a new one. ${exportIt}`,
  )
export const keySeveral = (count: number) =>
  new Refusal('invalid', 'key-several', `These are ${count} keys.`, `Add them one at a time. ${exportIt}`)
export const keyCannotSign = (keyId: string) =>
  new Refusal(
    'invalid',
    'key-cannot-sign',
    `Key ${keyId} may not sign: neither it nor a valid subkey of it has the signing flag.`,
    'Add a subkey that may: `gpg --quick-add-key FINGERPRINT rsa4096 sign`, then send the key again.',
  )
export const keyRevoked = (keyId: string) =>
  new Refusal('invalid', 'key-revoked', `Key ${keyId} is revoked, and terraform refuses what it signed.`, makeAnother)
export const keyWeak = (keyId: string, algorithm: string) =>
  new Refusal('invalid', 'key-weak', `Key ${keyId} is too weak: ${algorithm}.`, makeAnother)
export const keyExcessive = (keyId: string, maxBits: number) =>
  new Refusal(
    'invalid',
    'key-excessive',
    `Key ${keyId} takes too much computing: RSA of ${maxBits} bits at most, with an exponent of 24 bits at most, is taken.`,
    makeAnother,
  )
export const keyUnsupported = (keyId: string, kind: string) =>
  new Refusal(
    'invalid',
    'key-unsupported',
    `Key ${keyId} is ${kind}, which terraform cannot read. RSA, Ed25519 as gpg writes it, and ECDSA on the NIST curves work.`,
    makeAnother,
  )

export const signatureEmpty = () => new Refusal('invalid', 'signature-empty', 'The signature is empty.', signAgain)
export const signatureUnreadable = (detail: string) =>
  new Refusal(
    'invalid',
    'signature-unreadable',
    `This is not a detached OpenPGP signature: ${detail}.`,
    'Send the file that `gpg --detach-sign SHA256SUMS` writes, SHA256SUMS.sig.',
  )
export const signatureUnsupported = (detail: string) =>
  new Refusal('invalid', 'signature-unsupported', `Terraform would not accept the signature: ${detail}.`, signAgain)
export const signatureUnknownKey = (issuer: string, keyIds: string[]) =>
  new Refusal(
    'invalid',
    'signature-unknown-key',
    keyIds.length > 0
      ? `The signature is by ${issuer}; registered keys: ${keyIds.join(', ')}.`
      : `The signature is by ${issuer}, and the namespace has no signing keys yet.`,
    'Add the key that signed: `cadastre key add NAMESPACE FILE`.',
  )
export const signatureWrong = (keyId: string) =>
  new Refusal(
    'invalid',
    'signature-wrong',
    `The signature is by ${keyId}, and does not fit this file: it was changed after signing.`,
    signAgain,
  )
