/** Signing keys that nobody makes by accident: what they cost whoever looks at them, and what they may not break. */
import { createHash, randomBytes } from 'node:crypto'
import { armor, enums, readKey } from 'openpgp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSigningKey, verifySignature } from '../src/providers/openpgp.ts'
import { processorMs } from './processor-time.ts'
import { makeSigningKey } from './provider-dist.ts'
import { publishProvider, trustKey } from './published-provider.ts'
import { startRegistry, type TestRegistry } from './registry.ts'

let registry: TestRegistry
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
})
afterAll(() => registry.stop())

// Of a digest that the library's quick way does not know, so that the slow one computes, and in the thread that answers.
const sha224 = { id: 11, name: 'sha224' }

test.each([
  ['an RSA modulus of 32768 bits', 32_768, 3],
  ['an RSA exponent as long as its modulus', 8_192, 1_024],
  ['both', 32_768, 4_096],
])('a key with %s is refused before anything is computed with it', async (_what, modulusBits, exponentBytes) => {
  const key = rsaKey(modulusBits / 8, exponentBytes, 60)
  const startedAt = processorMs()

  const refused = await readSigningKey(key).catch((error) => error)

  expect(refused).toMatchObject({ reason: 'invalid', code: expect.stringMatching(/^key-(excessive|too-large)$/) })
  expect(processorMs() - startedAt).toBeLessThan(2_000)
})

test('a copy of a key without its signing subkey leaves the versions that this one signed installable', async () => {
  const key = await makeSigningKey({ signingSubkey: true })
  await trustKey(registry.admin, 'acme', key)
  const dist = await publishProvider(registry.admin, 'acme', { type: 'greeter', version: '1.0.0', key })
  const copy = await readKey({ armoredKey: key.armoredPublic })
  copy.subkeys = []

  const added = await registry.admin.send('POST', '/api/v1/namespaces/acme/signing-keys', { armored: copy.armor() })

  expect(added.json.outcome).toBe('already-added')
  const { json } = await registry.anonymous.get('/v1/providers/acme/greeter/1.0.0/download/linux/amd64')
  const known = { ...(await readSigningKey(json.signing_keys.gpg_public_keys[0].ascii_armor)), id: '1' }
  await verifySignature(Buffer.from(dist.sums), dist.files.get(dist.signatureName)!, [known])
})

test('a namespace takes no more keys than can be sent to everybody who asks for them', async () => {
  await registry.given.namespace('keyring')
  const [namespace] = await registry.sql("select id from namespaces where name = 'keyring'")
  await registry.sql(
    `insert into signing_keys (namespace_id, fingerprint, key_id, signers, algorithm, armored, added_by)
     select $1, lpad(n::text, 40, '0'), lpad(n::text, 16, '0'), '{}', 'RSA 3072', 'armour', 'somebody'
     from generate_series(1, 50) n`,
    [namespace.id],
  )
  const { armoredPublic } = await makeSigningKey({ name: 'One more' })

  const added = await registry.admin.send('POST', '/api/v1/namespaces/keyring/signing-keys', { armored: armoredPublic })

  expect([added.status, added.json.code]).toEqual([409, 'signing-keys-too-many'])
  expect((await registry.admin.get('/api/v1/namespaces/keyring/signing-keys')).json.items).toHaveLength(50)
})

/** With self-signatures whose digests are right, so that only the computation can tell that they are not. */
function rsaKey(modulusBytes: number, exponentBytes: number, signatures: number): string {
  const created = Buffer.from('65000000', 'hex')
  const key = Buffer.concat([Buffer.of(4), created, Buffer.of(1), odd(modulusBytes), odd(exponentBytes)])
  const keyHashed = Buffer.concat([Buffer.of(0x99), uint(key.length, 2), key])
  const keyId = createHash('sha1').update(keyHashed).digest().subarray(12)
  const user = Buffer.from('Acme releases <releases@acme.example>')
  const userHashed = Buffer.concat([Buffer.of(0xb4), uint(user.length, 4), user])
  const subpackets = Buffer.concat([Buffer.of(5, 2), created, Buffer.of(2, 27, 3)])
  const head = Buffer.concat([Buffer.of(4, 0x13, 1, sha224.id), uint(subpackets.length, 2), subpackets])
  const hashed = Buffer.concat([keyHashed, userHashed, head, Buffer.of(4, 0xff), uint(head.length, 4)])
  const digest = createHash(sha224.name).update(hashed).digest()
  const issuer = Buffer.concat([Buffer.of(9, 16), keyId])
  const signature = () => {
    const number = odd(modulusBytes)
    number[2]! &= 0x7f
    return Buffer.concat([head, uint(issuer.length, 2), issuer, digest.subarray(0, 2), number])
  }
  const count = Math.min(signatures, Math.floor(40_000 / modulusBytes))
  const signed = Array.from({ length: count }, () => packet(2, signature()))
  return armor(enums.armor.publicKey, Buffer.concat([packet(6, key), packet(13, user), ...signed]))
}

/** A multi-precision integer of so many bytes, with its length in bits before it. */
function odd(bytes: number): Buffer {
  const number = randomBytes(bytes)
  number[0]! |= 0x80
  number[bytes - 1]! |= 1
  return Buffer.concat([uint(bytes * 8, 2), number])
}

const packet = (tag: number, body: Buffer) => Buffer.concat([Buffer.of(0xc0 | tag, 0xff), uint(body.length, 4), body])

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
