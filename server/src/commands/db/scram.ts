/** A password as PostgreSQL keeps it. Sent in this form, the password itself never comes near the server's log. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

const iterations = 4096

/** 192 random bits in letters that need no quoting anywhere: in a shell, an address, an env file. */
export const randomPassword = () => randomBytes(24).toString('base64url')

/** https://www.postgresql.org/docs/current/catalog-pg-authid.html; the password has to be plain ASCII. */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(key('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${key('Server Key').toString('base64')}`
}
