/** Ids of public keys, against those that a library reads. */
import { generateKey } from 'openpgp'
import { expect, test } from 'vitest'
import { keyIdOf } from './armored-key.ts'

test.each(['rsa', 'curve25519'] as const)('the id of a key of %s', async (type) => {
  const options = { userIDs: [{ name: 'Acme' }], format: 'object' as const }
  const { publicKey } = await generateKey(
    type === 'rsa' ? { ...options, type, rsaBits: 2048 } : { ...options, type: 'ecc', curve: 'ed25519Legacy' },
  )

  expect(keyIdOf(publicKey.armor())).toBe(publicKey.getKeyID().toHex().toUpperCase())
})

test.each(['', 'x', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n-----END PGP PUBLIC KEY BLOCK-----'])(
  '%j is no key',
  (text) => {
    expect(keyIdOf(text)).toBeUndefined()
  },
)
