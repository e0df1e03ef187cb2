/** What a client verifies of a provider, and refuses when it was spoiled on its way (C-52 … C-60, C-63). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Dist,
  type DistOptions,
  makeDist,
  makeSigningKey,
  sign,
  type TestKey,
} from '../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../server/test/registry.ts'
import {
  addKey,
  allPlatforms,
  binaryElsewhere,
  changing,
  changingJson,
  documentOf,
  findRequest,
  isMetadata,
  isSignature,
  isSums,
  isZip,
  plain,
  platform,
  publish,
  servingInstead,
  sha256,
  withSignature,
  zipName,
} from './providers.ts'
import { eachProgram } from './terraform.ts'
import { eachWay } from './ways.ts'

const provider = 'acme/greeter'
const other = allPlatforms.find((each) => each !== platform)!
const init = ['init', '-input=false']

let registry: TestRegistry
let dist: Dist
let key: TestKey
let stranger: TestKey
beforeAll(async () => {
  registry = await startRegistry()
  await registry.given.namespace('acme')
  key = await makeSigningKey()
  stranger = await makeSigningKey({ name: 'Somebody else' })
  await addKey(registry, 'acme', key)
  dist = await release()
  await publish(registry, 'acme', dist)
})
afterAll(() => registry?.stop())

const release = (options: Partial<DistOptions> = {}) =>
  makeDist({ type: 'greeter', version: '1.0.0', platforms: allPlatforms, ...options })

const armored = (signature: Buffer) =>
  Buffer.from(
    `-----BEGIN PGP SIGNATURE-----\n\n${signature.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PGP SIGNATURE-----\n`,
  )

/** Where a changed byte does not make another length. */
function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ 1
  return copy
}

/** A line of the sums with another checksum. */
const otherChecksum = (sums: Buffer, filename: string) =>
  String(sums).replace(new RegExp(`^[0-9a-f]{64}(?= {2}${filename}$)`, 'm'), '0'.repeat(64))

eachProgram((program) =>
  eachWay((way) => {
    const installing = async (front = plain, what = provider) => {
      const machine = await way.machine(program, registry.url, { provider: what, front })
      return { front: machine.front, ...(await machine.cli.run(...init)) }
    }

    test('C-52 file name, sums, checksum and zip say the same, and the key that signed is named', async () => {
      const { front, code, text } = await installing()

      const { filename, shasum } = documentOf(front, isMetadata)
      const zip = front.seen.find((request) => request.method === 'GET' && isZip(request))!.answer.body
      expect(code, text).toBe(0)
      expect(text).toMatch(new RegExp(`\\((self-)?signed, key ID ${key.keyId}\\)`))
      expect(filename).toBe(zipName(dist))
      expect(shasum).toBe(sha256(zip))
      expect(String(findRequest(front, isSums).answer.body)).toContain(`${shasum}  ${filename}\n`)
    })

    test('C-52 a checksum that the sums do not have would be an error', async () => {
      const { code, text } = await installing(
        changingJson(isMetadata, (document) => {
          document.shasum = '0'.repeat(64)
          delete document.packages
        }),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/checksum list has unexpected SHA-256 hash [0-9a-f]{64} \(expected 0{64}\)/)
    })

    test('C-52 a file name that the sums do not have would be an error', async () => {
      const { code, text } = await installing(
        changingJson(isMetadata, (document) => {
          document.filename = 'another.zip'
        }),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/checksum list has no SHA-256 hash for "another\.zip"/)
    })

    test('C-53 the sums are served as they were signed: a line for every platform, and nothing else', async () => {
      const { front, code } = await installing()

      const sums = String(findRequest(front, isSums).answer.body)
      expect(code).toBe(0)
      expect(sums).toBe(dist.sums)
      for (const line of sums.slice(0, -1).split('\n')) expect(line).toMatch(/^[0-9a-f]{64} {2}[^ */\\]+$/)
      for (const each of allPlatforms) expect(sums).toContain(`  ${zipName(dist, each)}\n`)
    })

    test('C-53 a file that is marked as binary is hidden from the client', async () => {
      const marked = changing(isSums, (reply) => ({ ...reply, body: String(reply.body).replaceAll('  ', ' *') }))

      const { code, text } = await installing(marked)

      expect(code).toBe(1)
      expect(text).toMatch(/checksum list has no SHA-256 hash for "terraform-provider-greeter_1\.0\.0_/)
    })

    test('C-54 a blank line at the end crashes the client', async () => {
      const sums = `${dist.sums}\n`
      const signed = withSignature(dist, await sign(Buffer.from(sums), key))

      const { code, text } = await installing(servingInstead({ ...signed, sums }))

      expect(text).toMatch(/panic: runtime error: index out of range/)
      expect(code).toBe(11)
    })

    test('C-55 the signature is served binary, also when it was sent armored', async () => {
      const type = newType()
      const made = await release({ type })
      const binary = made.files.get(made.signatureName)!
      await publish(registry, 'acme', withSignature(made, armored(binary)))

      const { front, code, text } = await installing(plain, `acme/${type}`)

      expect(code, text).toBe(0)
      expect(findRequest(front, isSignature).answer.body).toEqual(binary)
    })

    test('C-55 an armored one would be an error', async () => {
      const { code, text } = await installing(
        changing(isSignature, (reply) => ({ ...reply, body: armored(Buffer.from(reply.body)) })),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/error checking signature: openpgp: invalid data: tag byte does not have MSB set/)
    })

    test('C-56 a registry that lists another key is not believed', async () => {
      const { code, text } = await installing(
        changingJson(isMetadata, ({ signing_keys }) => {
          signing_keys.gpg_public_keys[0].ascii_armor = stranger.armoredPublic
        }),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/authentication signature from unknown issuer/)
    })

    test('C-57 a new key signs new versions, and the old ones stay installable', async () => {
      const [namespace, next] = [`rotating-${newType()}`, await makeSigningKey({ name: 'The next one' })]
      await registry.given.namespace(namespace)
      await addKey(registry, namespace, key)
      await publish(registry, namespace, await release())
      await addKey(registry, namespace, next)
      await publish(registry, namespace, await release({ version: '1.1.0', key: next }))

      const [old, latest] = [
        await way.machine(program, registry.url, { provider: `${namespace}/greeter`, version: '1.0.0' }),
        await way.machine(program, registry.url, { provider: `${namespace}/greeter` }),
      ]
      const [first, second] = [await old.cli.run(...init), await latest.cli.run(...init)]
      const removal = await registry.admin.send(
        'DELETE',
        `/api/v1/namespaces/${namespace}/signing-keys/${key.fingerprint}`,
      )

      expect([first.code, second.code]).toEqual([0, 0])
      expect(first.text).toMatch(new RegExp(`v1\\.0\\.0 \\((self-)?signed, key ID ${key.keyId}\\)`))
      expect(second.text).toMatch(new RegExp(`v1\\.1\\.0 \\((self-)?signed, key ID ${next.keyId}\\)`))
      expect(removal.status).toBe(409)
    })

    test('C-57 the client tries every key that is listed', async () => {
      const { code, text } = await installing(
        changingJson(isMetadata, ({ signing_keys }) => {
          signing_keys.gpg_public_keys.unshift({ key_id: stranger.keyId, ascii_armor: stranger.armoredPublic })
        }),
      )

      expect(code, text).toBe(0)
    })

    test('C-57 without a key nothing is installed', async () => {
      const { code, text } = await installing(
        changingJson(isMetadata, ({ signing_keys }) => {
          signing_keys.gpg_public_keys = []
        }),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/authentication signature from unknown issuer|not signed with a valid signing key/)
    })

    test('C-58 there is no trust signature, since another one than HashiCorp’s would be an error', async () => {
      const { front } = await installing()
      const { code, text } = await installing(
        changingJson(isMetadata, ({ signing_keys }) => {
          signing_keys.gpg_public_keys[0].trust_signature = armored(dist.files.get(dist.signatureName)!).toString()
        }),
      )

      expect(documentOf(front, isMetadata).signing_keys.gpg_public_keys).toMatchObject([
        { key_id: key.keyId, trust_signature: '' },
      ])
      if (program.name === 'terraform') expect(text).toMatch(/error (decoding|verifying) trust signature/)
      expect(code).toBe(program.name === 'terraform' ? 1 : 0)
    })

    test('C-59 a zip that was changed on its way is refused', async () => {
      const { code, text } = await installing(
        changing(isZip, (reply) => ({ ...reply, body: flipped(Buffer.from(reply.body), 50) })),
      )

      expect(code).toBe(1)
      expect(text).toMatch(/archive has incorrect checksum zh:[0-9a-f]{64} \(expected zh:[0-9a-f]{64}\)/)
    })

    test.each([
      ['this platform', platform, /checksum list has unexpected SHA-256 hash/],
      ['another platform', other, /error checking signature: openpgp: invalid signature/],
    ])('C-60 sums that were changed on their way for %s are refused', async (_what, which, says) => {
      const { code, text } = await installing(
        changing(isSums, (reply) => ({ ...reply, body: otherChecksum(Buffer.from(reply.body), zipName(dist, which)) })),
      )

      expect(code).toBe(1)
      expect(text).toMatch(says)
    })

    test('C-63 a registry that has one cannot be installed from', async () => {
      const { code, text } = await installing(servingInstead(await release({ change: binaryElsewhere })))

      expect(code).toBe(1)
      expect(text).toMatch(
        /provider binary not found: could not find executable file starting with terraform-provider-greeter/,
      )
    })

    test.each([
      ['RSA', { type: 'rsa' }],
      ['a subkey', { signingSubkey: true }],
      ['a key that has expired', { expired: true }],
    ] as const)('what was signed with %s installs', async (_what, options) => {
      const [namespace, owner] = [`keys-${newType()}`, await makeSigningKey(options)]
      await registry.given.namespace(namespace)
      await addKey(registry, namespace, owner)
      await publish(registry, namespace, await release({ key: owner }))

      const { code, text } = await installing(plain, `${namespace}/greeter`)

      expect(code, text).toBe(0)
      expect(text).toMatch(/\((self-)?signed, key ID [0-9A-F]{16}\)/)
    })
  }),
)

let types = 0
function newType(): string {
  types += 1
  return `greeter-${types}`
}
