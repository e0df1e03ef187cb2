/** `cadastre key`: whose signatures a namespace accepts. */
import { spawn } from 'node:child_process'
import { generateKey, readPrivateKey } from 'openpgp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDist, makeSigningKey, type TestKey, writeDist } from '../../server/test/provider-dist.ts'
import { startRegistry, type TestRegistry } from '../../server/test/registry.ts'
import { cadastreProgram, type Desk, desk } from './cadastre.ts'
import { wayTo } from './registry-way.ts'

let registry: TestRegistry
let token: string
let key: TestKey
let here: Desk

beforeAll(async () => {
  registry = await startRegistry()
  for (const name of ['acme', 'empty', 'used', 'ageing']) await registry.given.namespace(name)
  token = await registry.given.key(['providers:write'])
  key = await makeSigningKey()
})
afterAll(() => registry.stop())
beforeEach(() => {
  here = desk({ TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token })
  here.write({ 'key.asc': key.armoredPublic })
})
afterEach(() => here.clear())

const rowOf = ({ fingerprint, keyId }: TestKey) =>
  `${fingerprint}\t${keyId}\tEd25519\tAcme releases <releases@acme.example>\tnever\t0`

const keysOf = async (namespace: string) =>
  (await registry.admin.get(`/api/v1/namespaces/${namespace}/signing-keys`)).json.items

/** With something to read on stdin. */
async function runWith(input: string, args: string[]): Promise<{ code: number; out: string }> {
  const env = { PATH: process.env.PATH, HOME: here.home, TFR_CLI_HOST: registry.url, TFR_CLI_TOKEN: token }
  const child = spawn(process.execPath, [cadastreProgram, ...args], {
    cwd: here.folder,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text
  })
  return { code: await new Promise((resolve) => child.once('close', (code) => resolve(code ?? -1))), out }
}

describe('key add', () => {
  test('adds a key from a file, lists it, and says so when it is there already', async () => {
    const added = await here.run(['key', 'add', 'acme', 'key.asc'])
    const again = await here.run(['key', 'add', 'acme', 'key.asc', '--json'])
    const listed = await here.run(['key', 'list', 'acme'])

    expect(added).toMatchObject({ code: 0, out: `${rowOf(key)}\tadded\n` })
    expect(added.err).toContain(`Added signing key ${key.keyId} to acme.\n`)
    expect(again.json).toMatchObject({
      schema: 'cadastre.key.add.v1',
      data: { outcome: 'already-added', key: { fingerprint: key.fingerprint } },
    })
    expect(listed).toMatchObject({ code: 0, out: `${rowOf(key)}\n`, err: '' })
  })

  test('reads stdin for -', async () => {
    const other = await makeSigningKey({ name: 'From stdin' })

    const added = await runWith(`Some words in front\n${other.armoredPublic}`, ['key', 'add', 'acme', '-'])

    expect(added).toMatchObject({ code: 0, out: expect.stringContaining(other.fingerprint) })
  })

  test('warns of a key that has expired or will soon', async () => {
    const expired = await makeSigningKey({ expired: true })
    const { publicKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: [{ name: 'Soon', email: 'soon@acme.example' }],
      keyExpirationTime: 10 * 24 * 60 * 60,
    })
    here.write({ 'expired.asc': expired.armoredPublic, 'soon.asc': publicKey })

    const old = await here.run(['key', 'add', 'ageing', 'expired.asc'])
    const soon = await here.run(['key', 'add', 'ageing', 'soon.asc'])
    const listed = await here.run(['key', 'list', 'ageing'])

    expect(old.err).toContain(`Warning: Signing key ${expired.keyId} expired on 2020-01-02`)
    expect(soon.err).toMatch(/Warning: Signing key [0-9A-F]{16} expires on \d{4}-\d\d-\d\d\. Extend it/)
    expect(listed.err.match(/^Warning: /gm)).toHaveLength(2)
  })

  const privateKeys: [what: string, text: () => string | Promise<string>][] = [
    ['an OpenPGP one', () => key.armoredPrivate],
    ['one behind a public one', () => `${key.armoredPublic}\n${key.armoredPrivate}`],
    ['one in CRLF', () => key.armoredPrivate.replaceAll('\n', '\r\n')],
    ['an OpenSSH one', () => '-----BEGIN OPENSSH PRIVATE KEY-----\n'],
  ]

  test.each(privateKeys)('sends nothing of a private key: %s', async (_what, text) => {
    const way = await wayTo(registry.url)
    here.write({ 'private.asc': await text() })

    const refused = await here.run(['key', 'add', 'empty', 'private.asc'], { env: { TFR_CLI_HOST: way.url } })

    expect(refused).toMatchObject({ code: 6, out: '' })
    expect(refused.err).toContain('private.asc is a private key. Nothing of it was sent.\n')
    expect(way.requests).toEqual([])
    way.close()
  })

  test('refuses what is no key in armour, a file that is not there, and what the registry refuses', async () => {
    const binaryKey = (await readPrivateKey({ armoredKey: key.armoredPrivate })).write()
    here.write({ 'binary.gpg': Buffer.from(binaryKey), 'big.asc': 'x'.repeat(70_000) })
    here.write({ 'broken.asc': '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnonsense\n' })

    expect(await here.run(['key', 'add', 'empty', 'binary.gpg'])).toMatchObject({
      code: 6,
      err: expect.stringContaining('gpg --armor --export KEY'),
    })
    expect(await here.run(['key', 'add', 'empty', 'big.asc'])).toMatchObject({ code: 6 })
    expect(await here.run(['key', 'add', 'empty', 'none.asc'])).toMatchObject({ code: 2 })
    expect(await here.run(['key', 'add', 'empty', 'broken.asc'])).toMatchObject({
      code: 6,
      err: expect.stringContaining('This is not a public OpenPGP key'),
    })
    expect(await here.run(['key', 'add', 'nobody', 'key.asc'])).toMatchObject({ code: 4 })
    expect(await keysOf('empty')).toEqual([])
  })
})

test('key list says what fills an empty list', async () => {
  expect(await here.run(['key', 'list', 'empty'])).toMatchObject({
    code: 0,
    out: '',
    err: 'empty has no signing keys, so no provider can be published into it.\nNext, add one:  cadastre key add empty key.asc\n',
  })
})

describe('key remove', () => {
  const given = async () => {
    const other = await makeSigningKey({ name: 'Acme releases' })
    here.write({ 'other.asc': other.armoredPublic })
    expect(await here.run(['key', 'add', 'acme', 'other.asc'])).toMatchObject({ code: 0 })
    return other
  }

  test.each([
    ['by its fingerprint', ({ fingerprint }: TestKey) => fingerprint],
    ['by its key id', ({ keyId }: TestKey) => keyId.toLowerCase()],
    ['as gpg groups it', ({ fingerprint }: TestKey) => fingerprint.replace(/(.{4})/g, '$1 ').trim()],
    ['with 0x in front', ({ keyId }: TestKey) => `0x${keyId}`],
  ])('takes away a key that is named %s', async (_how, named) => {
    const other = await given()

    const removed = await here.run(['key', 'remove', 'acme', named(other), '--yes'])

    expect(removed).toMatchObject({ code: 0, out: `${rowOf(other)}\tremoved\n` })
    expect(removed.err).toContain(`Removing signing key ${other.fingerprint} (Ed25519, Acme releases <`)
    expect(await keysOf('acme')).not.toContainEqual(expect.objectContaining({ fingerprint: other.fingerprint }))
  })

  test('says what it would remove, and needs --yes', async () => {
    const other = await given()

    const refused = await here.run(['key', 'remove', 'acme', other.keyId])

    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toMatch(new RegExp(`^Removing signing key ${other.fingerprint} .*\\nSay --yes to do it\\.\\n$`))
    expect(await keysOf('acme')).toContainEqual(expect.objectContaining({ fingerprint: other.fingerprint }))
  })

  test('refuses one that versions need, one that is not there, and what is no key', async () => {
    await here.run(['key', 'add', 'used', 'key.asc'])
    await writeDist(await makeDist({ type: 'greeter', version: '1.0.0' }), `${here.folder}/dist`)
    expect(await here.run(['publish', 'provider', 'dist', '--namespace', 'used'])).toMatchObject({ code: 0 })

    expect(await here.run(['key', 'remove', 'used', key.keyId, '--yes'])).toMatchObject({
      code: 5,
      err: expect.stringContaining('has signed a version that could not be installed without it'),
    })
    expect(await here.run(['key', 'remove', 'used', '0123456789ABCDEF', '--yes'])).toMatchObject({ code: 4 })
    expect(await here.run(['key', 'remove', 'used', 'acme', '--yes'])).toMatchObject({ code: 2 })
  })
})
