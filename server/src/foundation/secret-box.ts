/** Secrets that have to be read again, such as a password for somewhere else: encrypted before they go into the database. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from './refusal.ts'

export type SecretBox = {
  /** @param belongsTo what the secret is of: moved to another row it does not open */
  seal(secret: string, belongsTo: string): Buffer
  /** @throws unavailable when it was sealed with another key, or for something else, or was changed since */
  open(sealed: Buffer, belongsTo: string): string
}

/** The first byte says how the rest is encrypted, so that another way can come without touching what is there. */
const aes256Gcm = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes + tagBytes

/** @param key 32 bytes, derived from the registry's encryption key for this purpose alone */
export function secretBox(key: Buffer): SecretBox {
  return {
    seal(secret, belongsTo) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo))
      const encrypted = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(aes256Gcm), nonce, cipher.getAuthTag(), encrypted])
    },
    open(sealed, belongsTo) {
      if (sealed.length < headBytes || sealed[0] !== aes256Gcm) throw unreadable(belongsTo)
      const nonce = sealed.subarray(1, 1 + nonceBytes)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(belongsTo))
        .setAuthTag(sealed.subarray(1 + nonceBytes, headBytes))
      const opened = decipher.update(sealed.subarray(headBytes))
      try {
        return Buffer.concat([opened, decipher.final()]).toString('utf8')
      } catch {
        throw unreadable(belongsTo)
      }
    },
  }
}

const unreadable = (belongsTo: string) =>
  new Refusal(
    'unavailable',
    'secret-unreadable',
    `The secret of ${belongsTo} cannot be read: it was encrypted with another key than security.encryption_key says now, or was changed since.`,
    'Give the registry the key that it had, or set the secret anew.',
  )
