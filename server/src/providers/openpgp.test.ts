/** Signing keys and signatures as people make them, with openpgp.js and with gpg, and as nobody should. */
import fc from 'fast-check'
import {
  createCleartextMessage,
  generateKey,
  type PrivateKey,
  readPrivateKey,
  revokeKey,
  sign as signMessage,
} from 'openpgp'
import { afterAll, describe, expect, test } from 'vitest'
import { hasGpg, startGpg } from '../../test/gpg.ts'
import { type KeyOptions, makeSigningKey, sign, type TestKey } from '../../test/provider-dist.ts'
import { Refusal } from '../foundation/refusal.ts'
import { binarySignature, type KnownKey, readSigningKey, verifySignature } from './openpgp.ts'

const sums = Buffer.from(`${'0'.repeat(64)}  terraform-provider-fake_1.0.0_linux_amd64.zip\n`)

const known = async (armored: string): Promise<KnownKey> => ({ id: '1', ...(await readSigningKey(armored)) })

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )

const armor = (bytes: Uint8Array, kind = 'SIGNATURE') =>
  `-----BEGIN PGP ${kind}-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP ${kind}-----\n`

describe('a signing key', () => {
  test.each<[string, KeyOptions]>([
    ['Ed25519', {}],
    ['RSA 3072', { type: 'rsa' }],
  ])('of %s is read with what people know it by', async (algorithm, options) => {
    const made = await makeSigningKey(options)

    const key = await readSigningKey(made.armoredPublic)

    expect(key).toMatchObject({
      fingerprint: made.fingerprint,
      keyId: made.fingerprint.slice(-16),
      signers: [made.fingerprint],
      algorithm,
      userId: 'Acme releases <releases@acme.example>',
      expiresAt: null,
    })
  })

  test('with a signing subkey names both as signers', async () => {
    const { armoredPublic, fingerprint } = await makeSigningKey({ signingSubkey: true })

    const { signers } = await readSigningKey(armoredPublic)

    expect(signers).toHaveLength(2)
    expect(signers[0]).toBe(fingerprint)
  })

  test('that has expired is read, and says since when', async () => {
    const { armoredPublic } = await makeSigningKey({ expired: true })

    expect((await readSigningKey(armoredPublic)).expiresAt).toEqual(new Date('2020-01-02T00:00:00Z'))
  })

  test('may come indented, with other text around it and with the line ends of Windows', async () => {
    const { armoredPublic, fingerprint } = await makeSigningKey()

    const pasted = `My key:\r\n${armoredPublic.trim().split('\n').join('\r\n    ')}\r\n\r\nThanks!`

    expect((await readSigningKey(pasted)).fingerprint).toBe(fingerprint)
  })

  test('is handed out without control characters in its user id', async () => {
    const { armoredPublic } = await makeSigningKey({ name: 'Acme\u202e\u0007 releases' })

    expect((await readSigningKey(armoredPublic)).userId).toBe('Acme releases <releases@acme.example>')
  })

  test('is handed out alone: what it does not need to verify signatures is gone', async () => {
    const { publicKey } = await generateKey({
      type: 'rsa',
      rsaBits: 2048,
      userIDs: [{ name: 'Acme' }],
      subkeys: [{ type: 'curve25519' }, { type: 'rsa', rsaBits: 2048 }],
    })

    const { armored, fingerprint } = await readSigningKey(publicKey)

    const again = await readSigningKey(armored)
    expect(again.fingerprint).toBe(fingerprint)
    expect(again.armored).toBe(armored)
    expect(armored.length).toBeLessThan(publicKey.length / 2)
  })

  test('that is private is refused in so many words', async () => {
    const { armoredPrivate } = await makeSigningKey()

    const disguised = armoredPrivate.replaceAll('PRIVATE', 'PUBLIC')

    await expect(readSigningKey(armoredPrivate)).rejects.toMatchObject({
      code: 'key-private',
      message: expect.stringContaining('It was not kept'),
    })
    expect(await codeOf(readSigningKey(disguised))).toBe('key-private')
    expect(await codeOf(readSigningKey('-----BEGIN OPENSSH PRIVATE KEY-----\nx\n'))).toBe('key-private')
  })

  test('comes by itself', async () => {
    const [one, other] = await Promise.all([makeSigningKey(), makeSigningKey({ name: 'Other' })])

    const blocks = `${one.armoredPublic}\n${other.armoredPublic}`

    expect(await codeOf(readSigningKey(blocks))).toBe('key-several')
    expect(await codeOf(readSigningKey(await inOneBlock([one, other])))).toBe('key-several')
  })

  test('that is revoked is refused', async () => {
    const { armoredPrivate } = await makeSigningKey({ name: 'Revoked' })

    const { publicKey } = await revokeKey({ key: await readPrivateKey({ armoredKey: armoredPrivate }) })

    expect(await codeOf(readSigningKey(publicKey))).toBe('key-revoked')
  })

  test.each<[string, Kind]>([
    ['Ed25519 of RFC 9580', { type: 'curve25519' }],
    ['Ed448', { type: 'curve448' }],
    ['version 6', { type: 'rsa', rsaBits: 2048, config: { v6Keys: true } }],
  ])('of %s, which terraform cannot read, is refused', async (_, options) => {
    const { publicKey } = await generateKey({ ...options, userIDs: [{ name: 'A' }] })

    expect(await codeOf(readSigningKey(publicKey))).toBe('key-unsupported')
  })

  test.each([
    ['nothing', '', 'key-unreadable'],
    ['something else', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA', 'key-unreadable'],
    ['a block that is cut', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ', 'key-unreadable'],
    ['a block that holds nothing', armor(Buffer.alloc(0), 'PUBLIC KEY BLOCK'), 'key-unreadable'],
    ['more than 64 KB', 'x'.repeat(65 * 1024), 'key-too-large'],
  ])('is not %s', async (_, text, code) => {
    expect(await codeOf(readSigningKey(text))).toBe(code)
  })

  test('with hundreds of signatures of its own is not worked through', async () => {
    const key = await publicOf(await makeSigningKey())

    const [certification] = key.users[0]!.selfCertifications
    key.users[0]!.selfCertifications.push(...Array.from({ length: 100 }, () => certification!))

    expect(await codeOf(readSigningKey(key.armor()))).toBe('key-too-large')
  })

  test('loses what others changed on it', async () => {
    const [mine, other] = await Promise.all([makeSigningKey({ name: 'Mine' }), makeSigningKey({ name: 'Foreign' })])
    const [key, foreign] = await Promise.all([publicOf(mine), publicOf(other)])

    key.users.push(...foreign.users)
    const { armored } = await readSigningKey(key.armor())

    expect(armored).toBe((await readSigningKey(mine.armoredPublic)).armored)
  })
})

describe('a signature', () => {
  test.each<[string, KeyOptions]>([
    ['Ed25519', {}],
    ['RSA', { type: 'rsa' }],
    ['a signing subkey', { signingSubkey: true }],
  ])('by %s is verified', async (_, options) => {
    const key = await makeSigningKey(options)
    const signer = await known(key.armoredPublic)
    const foreign = await known((await makeSigningKey({ name: 'Other' })).armoredPublic)

    const verified = await verifySignature(sums, await sign(sums, key), [foreign, signer])

    expect(verified).toEqual({ key: signer, expired: false })
  })

  test('by a key that has expired since is accepted, and said to be', async () => {
    const key = await makeSigningKey({ expired: true })

    const verified = await verifySignature(sums, await sign(sums, key), [await known(key.armoredPublic)])

    expect(verified.expired).toBe(true)
  })

  test('does not fit a file that was changed after signing', async () => {
    const key = await makeSigningKey()
    const signature = await sign(sums, key)

    for (const changed of [
      Buffer.from(`${sums}\n`),
      Buffer.from(sums.toString().replace('\n', '\r\n')),
      Buffer.alloc(0),
    ])
      await expect(verifySignature(changed, signature, [await known(key.armoredPublic)])).rejects.toMatchObject({
        code: 'signature-wrong',
      })
  })

  test('by a foreign key is refused with both ids', async () => {
    const [mine, foreign] = await Promise.all([makeSigningKey(), makeSigningKey({ name: 'Foreign' })])

    const refused = verifySignature(sums, await sign(sums, foreign), [await known(mine.armoredPublic)])

    await expect(refused).rejects.toMatchObject({
      code: 'signature-unknown-key',
      message: `The signature is by ${foreign.keyId}; registered keys: ${mine.keyId}.`,
    })
  })

  test('is refused with the way to add a key where there is none', async () => {
    const key = await makeSigningKey()

    await expect(verifySignature(sums, await sign(sums, key), [])).rejects.toMatchObject({
      code: 'signature-unknown-key',
      message: expect.stringContaining(key.keyId),
      hint: expect.stringContaining('cadastre key add'),
    })
  })

  test('in armour is converted, and a binary one left as it is', async () => {
    const signature = await sign(sums, await makeSigningKey())

    expect(await binarySignature(Buffer.from(armor(signature)))).toEqual(signature)
    expect(await binarySignature(signature)).toEqual(signature)
  })

  test('stands alone in its file', async () => {
    const signature = await sign(sums, await makeSigningKey())

    expect(await codeOf(binarySignature(Buffer.concat([signature, signature])))).toBe('signature-unsupported')
  })

  test('is put together as it has to be, in the part that is not signed, too', async () => {
    const key = await makeSigningKey()
    const signature = await sign(sums, key)

    const { packet, hashedEnd } = partsOf(signature)
    const unhashed = packet.subarray(hashedEnd + 2)
    const expiryOfOneByte = Buffer.from([2, 9, 1])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(packet.readUInt16BE(hashedEnd) + expiryOfOneByte.length)
    const loose = Buffer.concat([packet.subarray(0, hashedEnd), length, expiryOfOneByte, unhashed])

    const changed = Buffer.concat([Buffer.from([0xc2, loose.length]), loose])
    expect(await codeOf(verifySignature(sums, changed, [await known(key.armoredPublic)]))).toBe('signature-unreadable')
  })

  test('does not come from the future, unless clocks merely differ', async () => {
    const key = await makeSigningKey()
    const privateKey = await readPrivateKey({ armoredKey: key.armoredPrivate })

    const signedIn2040 = await signedAt(privateKey, new Date('2040-01-01T00:00:00Z'))
    const inAMinute = await signedAt(privateKey, new Date(Date.now() + 60_000))

    expect(await codeOf(verifySignature(sums, signedIn2040, [await known(key.armoredPublic)]))).toBe(
      'signature-unsupported',
    )
    expect(await codeOf(verifySignature(sums, inAMinute, [await known(key.armoredPublic)]))).toBe('accepted')
  })

  test('of a text in the clear is none', async () => {
    const { armoredPrivate } = await makeSigningKey()
    const clear = await signMessage({
      message: await createCleartextMessage({ text: sums.toString() }),
      signingKeys: await readPrivateKey({ armoredKey: armoredPrivate }),
    })

    await expect(binarySignature(Buffer.from(clear))).rejects.toMatchObject({
      code: 'signature-unreadable',
      message: expect.stringContaining('clear-signed'),
    })
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'signature-empty'],
    ['white space', Buffer.from(' \n'), 'signature-empty'],
    ['text', Buffer.from('not a signature'), 'signature-unreadable'],
    ['armour around nothing', Buffer.from(armor(Buffer.alloc(0))), 'signature-unreadable'],
    ['a page of HTML', Buffer.from('<!doctype html><title>404</title>'), 'signature-unreadable'],
    ['17 KB', Buffer.alloc(17 * 1024, 0xc2), 'signature-unreadable'],
  ])('is not %s', async (_, bytes, code) => {
    expect(await codeOf(binarySignature(bytes))).toBe(code)
    expect(await codeOf(verifySignature(sums, bytes, []))).toBe(code)
  })

  test('is not a key', async () => {
    const { armoredPublic } = await makeSigningKey()

    expect(await codeOf(binarySignature(Buffer.from(armoredPublic)))).toBe('signature-unreadable')
  })
})

describe('whatever comes', () => {
  test('as a key is refused, or read as the key that it is', async () => {
    const { armoredPublic, fingerprint } = await makeSigningKey({ signingSubkey: true })
    const bytes = Buffer.from((await publicOf({ armoredPublic } as TestKey)).write())

    await fc.assert(
      fc.asyncProperty(mutationsOf(bytes), async (mutated) => {
        const read = await readSigningKey(armor(mutated, 'PUBLIC KEY BLOCK')).catch((error) => error)
        if (!(read instanceof Error)) expect(read.fingerprint).toBe(fingerprint)
        else expect(read).toBeInstanceOf(Refusal)
      }),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await codeOf(readSigningKey(text))).not.toBe('accepted')
      }),
    )
  })

  test('as a signature is refused, or made by the key over these bytes', async () => {
    const key = await makeSigningKey()
    const keys = [await known(key.armoredPublic)]
    const signature = await sign(sums, key)

    await fc.assert(
      fc.asyncProperty(mutationsOf(signature), fc.boolean(), async (mutated, armored) => {
        const sent = armored ? Buffer.from(armor(mutated)) : mutated
        await codeOf(binarySignature(sent))
        await codeOf(verifySignature(sums, sent, keys))
        expect(await codeOf(verifySignature(Buffer.from('other'), sent, keys))).not.toBe('accepted')
      }),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (bytes) => {
        expect(await codeOf(verifySignature(sums, Buffer.from(bytes), keys))).not.toBe('accepted')
      }),
    )
  })
})

describe.skipIf(!hasGpg)('with gpg (skipped where there is none)', () => {
  const gpg = hasGpg ? startGpg() : undefined!
  afterAll(() => gpg?.stop())

  test.each([
    ['rsa2048', 'RSA 2048'],
    ['ed25519', 'Ed25519'],
    ['nistp256', 'ECDSA P-256'],
    ['nistp521', 'ECDSA P-521'],
  ])('a key of %s is read and its signatures verified', async (algorithm, shown) => {
    const fingerprint = gpg.makeKey(`${algorithm} <${algorithm}@acme.example>`, algorithm, 'sign')
    const key = await known(gpg.publicKey(fingerprint))

    const signature = gpg.sign(sums, fingerprint)
    const armored = gpg.sign(sums, fingerprint, '--armor')

    expect(key).toMatchObject({ fingerprint, algorithm: shown, userId: `${algorithm} <${algorithm}@acme.example>` })
    expect(await verifySignature(sums, signature, [key])).toEqual({ key, expired: false })
    expect(await verifySignature(sums, await binarySignature(armored), [key])).toEqual({ key, expired: false })
  })

  test('a key that may only certify is refused until it has a subkey that signs', async () => {
    const fingerprint = gpg.makeKey('certify <certify@acme.example>', 'ed25519', 'cert')

    expect(await codeOf(readSigningKey(gpg.publicKey(fingerprint)))).toBe('key-cannot-sign')

    gpg.run(['--quick-add-key', fingerprint, 'ed25519', 'sign', 'never'])
    const key = await known(gpg.publicKey(fingerprint))
    expect(await verifySignature(sums, gpg.sign(sums, fingerprint), [key])).toEqual({ key, expired: false })
  })

  test('a signature stays good when the life of its key is extended later', async () => {
    const past = ['--faked-system-time', '20240101T000000!']
    const fingerprint = gpg.makeKey('extended <extended@acme.example>', 'ed25519', 'sign', past)
    const signature = gpg.sign(sums, fingerprint, ...past)

    gpg.run(['--quick-set-expire', fingerprint, '1y'])
    const key = await known(gpg.publicKey(fingerprint))

    expect(key.expiresAt).toBeInstanceOf(Date)
    expect(await verifySignature(sums, signature, [key])).toEqual({ key, expired: false })
  })

  test.each([
    ['dsa2048', 'key-weak'],
    ['rsa1024', 'key-weak'],
    ['secp256k1', 'key-unsupported'],
    ['brainpoolP256r1', 'key-unsupported'],
  ])('a key of %s is refused', async (algorithm, code) => {
    const fingerprint = gpg.makeKey(`${algorithm} <${algorithm}@acme.example>`, algorithm, 'sign')

    expect(await codeOf(readSigningKey(gpg.publicKey(fingerprint)))).toBe(code)
  })

  test('a signature that terraform would refuse is refused', async () => {
    const past = ['--faked-system-time', '20240101T000000!']
    const fingerprint = gpg.makeKey('odd <odd@acme.example>', 'rsa2048', 'sign', past)
    const other = gpg.makeKey('odd2 <odd2@acme.example>', 'ed25519', 'sign')
    const key = await known(gpg.publicKey(fingerprint))

    const odd = {
      text: gpg.sign(sums, fingerprint, '--textmode'),
      'weak digest': gpg.sign(sums, fingerprint, '--digest-algo', 'SHA1'),
      'two in one': gpg.sign(sums, fingerprint, '--local-user', other),
      expired: gpg.sign(sums, fingerprint, ...past, '--default-sig-expire', '1d'),
    }

    for (const [what, signature] of Object.entries(odd))
      expect(await codeOf(verifySignature(sums, signature, [key])), what).toBe('signature-unsupported')
    expect(await codeOf(binarySignature(gpg.run(['--local-user', fingerprint, '--sign'], sums)))).toBe(
      'signature-unreadable',
    )
  })

  test('a revoked key is refused', async () => {
    const fingerprint = gpg.makeKey('gone <gone@acme.example>', 'ed25519', 'sign')

    gpg.revoke(fingerprint)

    expect(await codeOf(readSigningKey(gpg.publicKey(fingerprint)))).toBe('key-revoked')
  })

  test('a revoked subkey no longer signs, and its key goes on', async () => {
    const fingerprint = gpg.makeKey('half <half@acme.example>', 'ed25519', 'sign')
    gpg.run(['--quick-add-key', fingerprint, 'ed25519', 'sign', 'never'])
    const bySubkey = gpg.sign(sums, fingerprint)

    gpg.revokeSubkey(fingerprint)
    const key = await known(gpg.publicKey(fingerprint))

    expect(await codeOf(verifySignature(sums, bySubkey, [key]))).toBe('signature-unknown-key')
    expect(await codeOf(verifySignature(sums, gpg.sign(sums, fingerprint), [key]))).toBe('accepted')
  })

  test('the key as clients get it is one that gpg takes, and verifies with', async () => {
    const signing = await makeSigningKey({ signingSubkey: true, name: 'Back' })

    const { armored } = await readSigningKey(signing.armoredPublic)

    gpg.run(['--import'], armored)
    expect(gpg.run(['--with-colons', '--list-keys', signing.fingerprint]).toString()).toContain('Back')
  })
})

/** Of a signature in a packet of less than 192 bytes. */
function partsOf(signature: Buffer) {
  const packet = signature.subarray(2)
  return { packet, hashedEnd: 6 + packet.readUInt16BE(4) }
}

async function publicOf({ armoredPublic }: TestKey) {
  const { readKey } = await import('openpgp')
  return readKey({ armoredKey: armoredPublic })
}

async function inOneBlock(keys: TestKey[]): Promise<string> {
  const all = await Promise.all(keys.map(publicOf))
  return armor(Buffer.concat(all.map((key) => key.write())), 'PUBLIC KEY BLOCK')
}

async function signedAt(signingKeys: PrivateKey, date: Date): Promise<Buffer> {
  const { createMessage } = await import('openpgp')
  const message = await createMessage({ binary: new Uint8Array(sums) })
  return Buffer.from(await signMessage({ message, signingKeys, date, detached: true, format: 'binary' }))
}

type Kind = Pick<Parameters<typeof generateKey>[0], 'type' | 'rsaBits' | 'config'>

/** One to three bytes changed, or a piece cut out or doubled. */
function mutationsOf(bytes: Buffer) {
  const place = fc.nat(bytes.length - 1)
  const changed = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = Buffer.from(bytes)
    for (const [at, value] of changes) copy[at] = value
    return copy
  })
  const cut = fc.tuple(place, place).map(([a, b]) => Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)]))
  return fc.oneof(changed, cut)
}
