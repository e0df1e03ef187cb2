/** A signing key as its commands show it. */
import type { components } from '@cadastre/contract/openapi.gen'
import type { Cell } from '../report.ts'

export type SigningKey = components['schemas']['SigningKey']

const soonDays = 30
const dayMs = 24 * 60 * 60 * 1000

export const keyColumns = ['fingerprint', 'key id', 'algorithm', 'user id', 'expires', 'versions']

export const keyRow = ({ fingerprint, keyId, algorithm, userId, expiresAt, versions }: SigningKey): Cell[] => [
  fingerprint,
  keyId,
  algorithm,
  userId,
  expiresAt === null ? 'never' : day(expiresAt),
  versions,
]

export const keyLines = (key: SigningKey): string[] => [
  `Fingerprint  ${key.fingerprint}`,
  `Key id       ${key.keyId} (what terraform init prints)`,
  `Algorithm    ${key.algorithm}`,
  `User id      ${key.userId}`,
  `Expires      ${key.expiresAt === null ? 'never' : day(key.expiresAt)}`,
  `Versions     ${key.versions}`,
]

export function expiryWarnings(keys: SigningKey[], now = Date.now()): string[] {
  return keys.flatMap(({ keyId, expiresAt, expired }) => {
    if (expiresAt === null) return []
    if (expired)
      return [`Signing key ${keyId} expired on ${day(expiresAt)}: terraform accepts it, OpenTofu may be told not to.`]
    if (Date.parse(expiresAt) >= now + soonDays * dayMs) return []
    return [`Signing key ${keyId} expires on ${day(expiresAt)}. Extend it and add it again, or bring in another.`]
  })
}

const day = (time: string) => time.slice(0, 10)
