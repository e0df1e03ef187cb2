/** Every way in which the files of a version can fail to make one. Nothing here decides. */
import { Refusal } from '../foundation/refusal.ts'

export const shaSumsMissing = (filename: string) =>
  new Refusal('invalid', 'shasums-missing', `${filename} has not arrived.`, 'Send it before you publish the version.')

export const signatureMissing = (filename: string) =>
  new Refusal(
    'invalid',
    'signature-missing',
    `${filename} has not arrived: without a signature nobody can install the version.`,
    'Sign SHA256SUMS with gpg --detach-sign, or with cadastre sign provider.',
  )

export const zipsMissing = (filenames: string[]) =>
  new Refusal(
    'invalid',
    'zip-missing',
    `SHA256SUMS names ${list(filenames)}, and ${filenames.length === 1 ? 'it has' : 'they have'} not arrived.`,
    'Send every file that SHA256SUMS names; clients trust each of its lines.',
  )

export const zipDiffers = (filename: string, why: 'unnamed' | 'other bytes') =>
  why === 'unnamed'
    ? new Refusal(
        'invalid',
        'zip-not-named',
        `SHA256SUMS does not name ${filename}, so the signature does not cover it.`,
        'Make SHA256SUMS over every file of the version and sign it again.',
      )
    : new Refusal(
        'invalid',
        'zip-differs',
        `${filename} does not have the SHA-256 that SHA256SUMS gives it.`,
        'Make SHA256SUMS anew after the last build and sign it again, or send the file that was signed.',
      )

export const stagedChanged = () =>
  new Refusal(
    'conflict',
    'files-changed',
    'Files of this version arrived while it was being published.',
    'Publish it again.',
  )

export const keyLost = (fingerprint: string) =>
  new Refusal(
    'conflict',
    'signing-key-removed',
    `Signing key ${fingerprint} was removed while the version was being published.`,
    'Add the key again, or sign with one of the others.',
  )

const list = (filenames: string[]) =>
  filenames.length <= 4 ? filenames.join(', ') : `${filenames.slice(0, 4).join(', ')} and ${filenames.length - 4} more`
